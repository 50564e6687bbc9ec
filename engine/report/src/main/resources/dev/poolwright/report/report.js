"use strict";
// Draws the runs of each pair from the data block: strips that share one time axis, with the chain's moments across all.
(() => {
  const data = JSON.parse(document.getElementById("poolwright-data").textContent);
  const NS = "http://www.w3.org/2000/svg";
  const LEFT = 44, RIGHT = 12, HEIGHT = 104, BADGE = 20;

  function svg(name, attributes, parent, text) {
    const node = document.createElementNS(NS, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  function html(name, className, parent, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    parent.appendChild(node);
    return node;
  }

  // Steps of 1, 2 or 5 times a power of ten, so that axes read well.
  function step(range, most) {
    const raw = range / Math.max(1, most), power = Math.pow(10, Math.floor(Math.log10(raw)));
    return [1, 2, 5, 10].map(n => n * power).find(n => n >= raw * 0.999);
  }

  const number = value => value >= 1000 ? Math.round(value).toLocaleString("en") :
    String(Math.round(value * 10) / 10);

  function frame(parent, width, height, x, column, axis) {
    const root = svg("svg", {viewBox: `0 0 ${width} ${height}`, height}, parent);
    if (column.warmUp > 0) svg("rect", {class: "warm", x: x(0), y: 0, width: x(column.warmUp) - x(0), height: height - axis}, root);
    for (const fault of column.faults)
      svg("rect", {class: "fault", x: x(fault.from), y: 0, width: Math.max(1, x(fault.to) - x(fault.from)), height: height - axis}, root);
    return root;
  }

  function badges(parent, width, x, column) {
    const rows = [], places = column.chain.map(joint => {
      const at = Math.min(width - RIGHT - 9, Math.max(LEFT + 9, x(joint.at)));
      let row = rows.findIndex(end => at - end >= BADGE);
      if (row < 0) row = rows.push(-Infinity) - 1;
      rows[row] = at;
      return {at, row};
    });
    const labels = column.faults.length ? 18 : 0, height = labels + Math.max(1, rows.length) * BADGE + 4;
    const root = frame(parent, width, height, x, column, 0);
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", "moments of the chain");
    let free = -Infinity;
    for (const fault of column.faults) {
      const at = x(fault.from) + 4;
      if (at < free || at > width - 60) continue;
      free = at + svg("text", {x: at, y: 12}, root, fault.label).getComputedTextLength() + 10;
    }
    column.chain.forEach((joint, i) => {
      const {at, row} = places[i], y = labels + row * BADGE + 10;
      svg("line", {class: "mark", x1: x(joint.at), x2: x(joint.at), y1: y + 9, y2: height}, root);
      const group = svg("g", {}, root);
      svg("title", {}, group, joint.label);
      svg("circle", {class: "badge", cx: at, cy: y, r: 9}, group);
      svg("text", {class: "badge-text", x: at, y: y + 4}, group, i + 1);
    });
  }

  // Values are [time, value] and hold until the next one.
  function valueAt(points, time) {
    let low = 0, high = points.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (points[middle][0] <= time) low = middle; else high = middle - 1;
    }
    return points[low][1];
  }

  function strip(parent, width, x, column, one, last) {
    const figure = html("figure", "strip", parent);
    const caption = html("figcaption", "", figure);
    html("span", "name", caption, one.title);
    let colour = 0;
    const lines = one.lines.map(line => {
      const key = html("span", "key", caption), className = line.limit ? "limit" : "s" + colour++ % 3;
      html("i", className, key);
      key.append(line.name + " ");
      return {line, className, shown: html("b", "", key)};
    });
    const axis = last ? 22 : 4, height = HEIGHT + axis;
    const highest = Math.max(1, ...one.lines.flatMap(line => line.points.map(point => point[1])));
    const tick = Math.max(one.whole ? 1 : 0, step(highest, 3)), top = Math.ceil(highest / tick) * tick;
    const y = value => 8 + (HEIGHT - 8) * (1 - value / top);
    const root = frame(figure, width, height, x, column, axis);
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", one.title);
    for (let value = 0; value <= top + tick / 2; value += tick) {
      svg("line", {class: value === 0 ? "axis" : "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value)}, root);
      svg("text", {x: LEFT - 6, y: y(value) + 4, "text-anchor": "end"}, root, number(value));
    }
    if (last) {
      const every = step(column.duration, width / 80);
      for (let time = 0; time <= column.duration + every / 100; time += every)
        svg("text", {x: x(time), y: HEIGHT + 17, "text-anchor": "middle"}, root, number(time) + " s");
    }
    for (const joint of column.chain) svg("line", {class: "mark", x1: x(joint.at), x2: x(joint.at), y1: 0, y2: HEIGHT}, root);
    for (const {line, className} of lines) {
      let path = "";
      line.points.forEach(([time, value], i) => {
        path += i === 0 ? `M${x(time).toFixed(1)} ${y(value).toFixed(1)}` : `H${x(time).toFixed(1)}V${y(value).toFixed(1)}`;
      });
      if (line.points.length) svg("path", {class: className, d: path + `H${x(column.duration).toFixed(1)}`}, root);
    }
    const cross = svg("line", {class: "cross", y1: 0, y2: HEIGHT, visibility: "hidden"}, root);
    return {root, point(time) {
      cross.setAttribute("visibility", time === null ? "hidden" : "visible");
      if (time !== null) { cross.setAttribute("x1", x(time)); cross.setAttribute("x2", x(time)); }
      for (const {line, shown} of lines)
        shown.textContent = time === null || !line.points.length ? "" : number(valueAt(line.points, time));
    }};
  }

  function draw(place, column) {
    place.textContent = "";
    const width = Math.max(280, place.clientWidth);
    const x = time => LEFT + (width - LEFT - RIGHT) * Math.min(1, time / column.duration);
    if (column.chain.length || column.faults.length) badges(place, width, x, column);
    const strips = column.strips.map((one, i) => strip(place, width, x, column, one, i === column.strips.length - 1));
    for (const {root} of strips) {
      root.addEventListener("pointermove", event => {
        const box = root.getBoundingClientRect();
        const share = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
        strips.forEach(other => other.point(share < 0 || share > 1 ? null : share * column.duration));
      });
      root.addEventListener("pointerleave", () => strips.forEach(other => other.point(null)));
    }
  }

  // Shares of waits by length; the same bins for every column, so that the shapes can be compared.
  function waits(place, pair) {
    place.textContent = "";
    if (!pair.waits.lines.some(line => line.shares.length)) return;
    const width = Math.max(280, place.clientWidth), bins = pair.waits.bins;
    const figure = html("figure", "strip", place), caption = html("figcaption", "", figure);
    html("span", "name", caption, "share of waits by length");
    const root = svg("svg", {viewBox: `0 0 ${width} 132`, height: 132, role: "img", "aria-label": "waits by length"}, figure);
    const highest = Math.max(0.01, ...pair.waits.lines.flatMap(line => line.shares));
    const tick = step(highest * 100, 3), top = Math.ceil(highest * 100 / tick) * tick;
    const slot = (width - LEFT - RIGHT) / bins.length, y = share => 8 + 96 * (1 - share * 100 / top);
    for (let value = 0; value <= top + tick / 2; value += tick) {
      svg("line", {class: value === 0 ? "axis" : "grid", x1: LEFT, x2: width - RIGHT, y1: y(value / 100), y2: y(value / 100)}, root);
      svg("text", {x: LEFT - 6, y: y(value / 100) + 4, "text-anchor": "end"}, root, number(value) + " %");
    }
    const skip = Math.ceil(54 / slot);
    bins.forEach((label, i) => {
      if (i % skip === 0) svg("text", {x: LEFT + (i + 0.5) * slot, y: 121, "text-anchor": "middle"}, root, label);
    });
    const drawn = pair.waits.lines.filter(line => line.shares.length);
    drawn.forEach((line, i) => {
      const key = html("span", "key", caption);
      html("i", "s" + i, key);
      key.append(line.name);
      const bar = slot * 0.8 / drawn.length;
      line.shares.forEach((share, bin) => {
        if (share > 0) svg("rect", {style: `fill: var(--c${i})`, x: LEFT + bin * slot + slot * 0.1 + i * bar, y: y(share),
          width: Math.max(1, bar - 1), height: y(0) - y(share)}, root);
      });
    });
  }

  const redraws = [];
  data.pairs.forEach((pair, index) => {
    const place = document.getElementById("charts-" + index), tabs = document.getElementById("tabs-" + index);
    if (!place || !pair.columns.length) return;
    let shown = pair.columns[pair.first];
    const buttons = pair.columns.map(column => {
      const button = html("button", "", tabs, column.name);
      button.type = "button";
      button.addEventListener("click", () => { shown = column; redraw(); });
      return button;
    });
    function redraw() {
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(pair.columns[i] === shown)));
      draw(place, shown);
      waits(document.getElementById("waits-" + index), pair);
    }
    redraws.push(redraw);
    redraw();
  });
  let pending = 0;
  addEventListener("resize", () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(() => redraws.forEach(one => one())); });
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));
  document.documentElement.dataset.drawn = String(document.querySelectorAll("main svg").length);
})();
