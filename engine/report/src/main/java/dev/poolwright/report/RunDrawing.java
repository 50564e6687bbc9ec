package dev.poolwright.report;

import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Chain.Joint;
import java.util.List;
import java.util.Locale;

/**
 * One run as a drawing that needs nothing else: the strips of the report one above the other over the plan's time, and a line
 * at each moment of the chain. Readable on a light and on a dark page. Thread-safe.
 */
public final class RunDrawing {

    private static final int WIDTH = 760;
    private static final int LEFT = 44;
    private static final int RIGHT = 12;
    private static final int STRIP = 90;
    private static final int TITLE = 20;
    private static final int HEAD = 22;
    private static final int AXIS = 20;
    private static final List<String> COLOURS = List.of("#1f77b4", "#8c8c8c", "#d62728", "#2ca02c");

    private RunDrawing() {}

    public static String svg(JudgedRun run) {
        RunRecord record = run.record();
        double duration = record.header().durationNanos() * record.header().speed() / 1e9;
        List<Strips.Strip> strips = Strips.of(record).stream()
                .filter(strip ->
                        !strip.title().startsWith("service") && !strip.title().startsWith("server"))
                .toList();
        int height = HEAD + strips.size() * (STRIP + TITLE) + AXIS;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
                WIDTH,
                height,
                WIDTH,
                height,
                WIDTH,
                height));
        text(svg, LEFT, 15, "start", head(run));
        int top = HEAD;
        for (Strips.Strip strip : strips) {
            strip(svg, strip, record, duration, top);
            top += STRIP + TITLE;
        }
        axis(svg, duration, top);
        for (Joint joint : run.verdict().chain().joints()) {
            double x = x(joint.atNanos() * record.header().speed() / 1e9, duration);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#d62728\" stroke-dasharray=\"3 3\"><title>%s</title></line>%n",
                    x,
                    x,
                    HEAD,
                    top,
                    escaped(joint.link().toString())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String head(JudgedRun run) {
        String chain = run.verdict().chain().toString();
        return run.record().header().fleet() + " in " + run.record().header().scenario() + ", "
                + run.record().source() + ": " + run.verdict().outcome() + (chain.isEmpty() ? "" : ", " + chain);
    }

    private static void strip(StringBuilder svg, Strips.Strip strip, RunRecord record, double duration, int top) {
        double bin = record.binNanos() * record.header().speed() / 1e9;
        double highest = strip.lines().stream()
                .flatMap(line -> line.series().values().stream())
                .mapToDouble(value -> strip.counts() ? value / bin : value)
                .max()
                .orElse(1);
        double most = Math.max(1, highest);
        int bottom = top + TITLE + STRIP - 6;
        text(svg, LEFT, top + 14, "start", strip.title());
        text(svg, LEFT - 6, bottom + 4, "end", "0");
        text(svg, LEFT - 6, top + TITLE + 8, "end", String.format(Locale.ROOT, "%.0f", most));
        int key = WIDTH - RIGHT;
        for (int i = strip.lines().size() - 1; i >= 0; i--) {
            Strips.Line line = strip.lines().get(i);
            String colour = line.limit() ? "#000000" : COLOURS.get(i % COLOURS.size());
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>%n",
                    key,
                    top + 14,
                    colour,
                    escaped(line.name())));
            key -= line.name().length() * 7 + 14;
            path(svg, strip, line, bin, duration, bottom, most, colour);
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#999999\"/>%n",
                LEFT,
                WIDTH - RIGHT,
                bottom,
                bottom));
    }

    private static void path(
            StringBuilder svg,
            Strips.Strip strip,
            Strips.Line line,
            double bin,
            double duration,
            int bottom,
            double most,
            String colour) {
        List<Downsampling.Point> points = strip.counts()
                ? Downsampling.counts(line.series().values())
                : Downsampling.level(line.series().values());
        svg.append("<path fill=\"none\" stroke=\"").append(colour).append('"');
        svg.append(line.limit() ? " stroke-dasharray=\"6 3\"" : "").append(" d=\"");
        boolean first = true;
        for (Downsampling.Point point : points) {
            double x = x((point.bin() + (strip.counts() ? 0 : 1)) * bin, duration);
            double value = strip.counts() ? point.value() / bin : point.value();
            double y = bottom - (STRIP - 12) * value / most;
            svg.append(String.format(Locale.ROOT, first ? "M%.1f %.1f" : "H%.1fV%.1f", x, y));
            first = false;
        }
        svg.append("\"/>\n");
    }

    private static void axis(StringBuilder svg, double duration, int top) {
        double step = duration > 60 ? 20 : duration > 20 ? 5 : 2;
        for (double time = 0; time <= duration; time += step) {
            text(svg, (int) x(time, duration), top + 12, "middle", String.format(Locale.ROOT, "%.0f s", time));
        }
    }

    private static double x(double seconds, double duration) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.min(1, seconds / Math.max(1e-9, duration));
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#333333\">%s</text>%n",
                x,
                y,
                anchor,
                escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
