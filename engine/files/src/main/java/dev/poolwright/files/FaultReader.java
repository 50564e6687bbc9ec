package dev.poolwright.files;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.ProxyFault;
import dev.poolwright.model.scenario.ProxyFault.Kind;
import dev.poolwright.model.scenario.ProxyFault.State;
import dev.poolwright.model.scenario.ProxyFault.Way;
import dev.poolwright.model.scenario.ProxyFault.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one fault or event. */
final class FaultReader {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long LEAST_BITS = 800;
    private static final double LEAST_CONNECTS = 0.001;
    private static final int MOST_BYTES = 1 << 30;
    private static final int MOST_SLICE = 1 << 16;
    private static final List<String> ALONE = List.of(
            "path_cap",
            "latency",
            "bandwidth",
            "stall",
            "reset",
            "half_open",
            "slow_close",
            "refuse",
            "accept_silent",
            "cut_after",
            "slicing",
            "idle_cut_off",
            "connect_rate",
            "slow_connect",
            "server_full",
            "server_shutdown",
            "server_crash",
            "cannot_connect_now",
            "wrong_password",
            "slow_auth",
            "result_break",
            "statement_error",
            "fail_over");
    private static final List<String> OF_SERVICES = List.of("leak", "start_instances", "restart_instances");
    private static final Form<Way> WAY = words("way", Way.values());
    private static final Form<State> STATE = words("state", State.values());
    private static final Form<Kind> ERROR = words("error", Kind.values());
    private static final Form<String> DIRECTION = Form.name("direction", List.of("to_client", "to_server"));

    private static final Form<String> ADDRESS = new Form<>("HOST:PORT", text -> {
        if (!text.matches("\\[?[A-Za-z0-9_.:-]{1,250}]?:[0-9]{1,5}")) {
            throw new Form.Unreadable("not an address", "write for example 127.0.0.1:5433");
        }
        return text;
    });

    private final Form<String> words;
    private final Optional<Fleet> fleet;

    /** Faults that happen to the parts of a fleet at moments of a run. */
    FaultReader(Fleet fleet) {
        this(Optional.of(fleet));
    }

    private FaultReader(Optional<Fleet> fleet) {
        this.fleet = fleet;
        List<String> known = new ArrayList<>(ALONE);
        if (fleet.isPresent()) {
            known.addAll(OF_SERVICES);
        }
        this.words = Form.name("fault", known);
    }

    /** Faults of a proxy that stands alone: they happen to whatever passes it. */
    static FaultReader alone() {
        return new FaultReader(Optional.empty());
    }

    private static <E extends Enum<E>> Form<E> words(String what, E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return Form.word(what, words);
    }

    /** The fault, or empty after a problem with its word. */
    Optional<Fault> read(Section section) {
        String word = section.need("fault", words, "");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Duration at = fleet.isPresent()
                ? section.need("at", Forms.DURATION, Duration.ZERO)
                : section.get("at", Forms.DURATION, Duration.ZERO);
        Fault fault = switch (word) {
            case "path_cap" ->
                new Fault.PathCap(
                        path(section),
                        at,
                        lasts(section),
                        section.need("connections", Forms.count(1, MOST), 1),
                        fleet.isPresent()
                                ? section.need("scale_out_delay", Forms.DURATION, Duration.ZERO)
                                : section.get("scale_out_delay", Forms.DURATION, Duration.ZERO));
            case "latency" -> latency(section, at);
            case "slow_connect" -> new Fault.SlowConnect(server(section), at, lasts(section), adds(section));
            case "server_full" ->
                new Fault.ServerFull(
                        server(section), at, lasts(section), section.need("connections", Forms.count(0, MOST), 0));
            case "reset" -> new Fault.Reset(path(section), at, share(section));
            case "leak" ->
                new Fault.Leak(
                        service(section), at, lasts(section), Math.max(1e-6, section.need("share", Forms.SHARE, 0.01)));
            case "start_instances" ->
                new Fault.StartInstances(service(section), at, section.need("count", Forms.count(1, MOST), 1));
            case "restart_instances" -> new Fault.RestartInstances(service(section), at);
            default -> ofProxy(word, section, at);
        };
        section.done();
        return Optional.of(fault);
    }

    private Fault latency(Section section, Duration at) {
        Duration adds = adds(section);
        Duration jitter = section.get("jitter", Forms.DURATION, Duration.ZERO);
        if (jitter.compareTo(adds) > 0) {
            section.wrong("jitter", "longer than the latency", jitter.toMillis() + "ms", "0s to adds", "");
        }
        return new Fault.Latency(path(section), at, lasts(section), adds, jitter);
    }

    private Fault ofProxy(String word, Section section, Duration at) {
        return switch (word) {
            case "bandwidth" ->
                new ProxyFault.Bandwidth(onPath(section, at), bandwidth(section), yes(section, "grows"));
            case "stall" -> new ProxyFault.Stall(onPath(section, at), section.get("way", WAY, Way.BOTH));
            case "half_open" -> new ProxyFault.HalfOpen(onPath(section, at));
            case "slow_close" -> new ProxyFault.SlowClose(onPath(section, at), adds(section));
            case "refuse" -> new ProxyFault.Refuse(onPath(section, at));
            case "accept_silent" -> new ProxyFault.AcceptSilent(onPath(section, at));
            case "cut_after" ->
                new ProxyFault.CutAfter(
                        onPath(section, at),
                        section.need("bytes", Forms.count(0, MOST_BYTES), 0),
                        section.get("direction", DIRECTION, "to_client").equals("to_server"),
                        yes(section, "reset"));
            case "slicing" ->
                new ProxyFault.Slicing(
                        onPath(section, at),
                        section.need("bytes", Forms.count(1, MOST_SLICE), 1),
                        upToADay(section, "pause", section.get("pause", Forms.DURATION, Duration.ZERO)));
            case "idle_cut_off" ->
                new ProxyFault.IdleCutOff(
                        onPath(section, at),
                        upToADay(section, "after", section.need("after", Forms.SOME_TIME, Duration.ofSeconds(1))),
                        yes(section, "reset"));
            case "connect_rate" -> new ProxyFault.ConnectRate(onPath(section, at), rate(section));
            default -> ofServer(word, section, onServer(section, at));
        };
    }

    private Fault ofServer(String word, Section section, When when) {
        return switch (word) {
            case "server_shutdown" -> new ProxyFault.ServerShutdown(when);
            case "server_crash" -> new ProxyFault.ServerCrash(when);
            case "cannot_connect_now" ->
                new ProxyFault.CannotConnectNow(when, section.get("state", STATE, State.STARTING_UP));
            case "wrong_password" -> new ProxyFault.WrongPassword(when);
            case "slow_auth" -> new ProxyFault.SlowAuth(when, adds(section));
            case "result_break" ->
                new ProxyFault.ResultBreak(when, section.get("rows", Forms.count(0, MOST), 0), yes(section, "cut"));
            case "statement_error" ->
                new ProxyFault.StatementError(
                        when,
                        section.get("statement", Forms.count(1, MOST), 1),
                        section.get("error", ERROR, Kind.SERIALIZATION_FAILURE));
            default -> new ProxyFault.FailOver(when, fleet.isPresent() ? "" : section.get("to", ADDRESS, ""));
        };
    }

    private When onPath(Section section, Duration at) {
        return new When(path(section), at, lasts(section), share(section));
    }

    private When onServer(Section section, Duration at) {
        return new When(server(section), at, lasts(section), share(section));
    }

    private String path(Section section) {
        return on(section, "path", fleet.map(all -> all.paths().keySet()));
    }

    private String server(Section section) {
        return on(section, "server", fleet.map(all -> all.servers().keySet()));
    }

    private String service(Section section) {
        return on(section, "service", fleet.map(all -> all.services().keySet()));
    }

    private static String on(Section section, String what, Optional<Set<String>> names) {
        return names.isEmpty() ? "" : section.need("on", Form.name(what, names.get()), "");
    }

    /** Of a proxy that stands alone, zero is until it is lifted. */
    private Duration lasts(Section section) {
        return fleet.isPresent()
                ? section.need("for", Forms.SOME_TIME, Duration.ofSeconds(1))
                : section.get("for", Forms.SOME_TIME, Duration.ZERO);
    }

    private static double share(Section section) {
        return section.get("share", Forms.SOME_SHARE, 1.0);
    }

    private static boolean yes(Section section, String key) {
        return section.get(key, Forms.YES_NO, false);
    }

    private static Duration adds(Section section) {
        return upToADay(section, "adds", section.need("adds", Forms.SOME_TIME, Duration.ofSeconds(1)));
    }

    private static Duration upToADay(Section section, String key, Duration time) {
        if (time.compareTo(LONGEST) > 0) {
            section.wrong(key, "too long", time.toHours() + "h", "up to 1d", "");
        }
        return time;
    }

    private static long bandwidth(Section section) {
        long bits = section.need("rate", Forms.BANDWIDTH, LEAST_BITS);
        if (bits < LEAST_BITS) {
            section.wrong("rate", "too low", bits + " bits a second", "0.8kbps or more", "");
        }
        return bits;
    }

    private static double rate(Section section) {
        double perSecond = section.need("rate", Forms.RATE, 1.0);
        if (perSecond < LEAST_CONNECTS) {
            section.wrong("rate", "too low", perSecond + "/s", "0.001/s or more", "");
        }
        return perSecond;
    }
}
