package dev.poolwright.files;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.scenario.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads one fault or event. */
final class FaultReader {

    private static final Form<String> WORDS = Form.name(
            "fault",
            List.of(
                    "path_cap",
                    "latency",
                    "slow_connect",
                    "server_full",
                    "reset",
                    "leak",
                    "start_instances",
                    "restart_instances"));

    private final Form<String> path;
    private final Form<String> server;
    private final Form<String> service;

    FaultReader(Fleet fleet) {
        this.path = Form.name("path", fleet.paths().keySet());
        this.server = Form.name("server", fleet.servers().keySet());
        this.service = Form.name("service", fleet.services().keySet());
    }

    /** The fault, or empty after a problem with its word. */
    Optional<Fault> read(Section section) {
        String word = section.need("fault", WORDS, "");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Duration at = section.need("at", Forms.DURATION, Duration.ZERO);
        Fault fault = switch (word) {
            case "path_cap" ->
                new Fault.PathCap(
                        on(section, path),
                        at,
                        lasts(section),
                        section.need("connections", Forms.count(1, MOST), 1),
                        section.need("scale_out_delay", Forms.DURATION, Duration.ZERO));
            case "latency" -> new Fault.Latency(on(section, path), at, lasts(section), adds(section));
            case "slow_connect" -> new Fault.SlowConnect(on(section, server), at, lasts(section), adds(section));
            case "server_full" ->
                new Fault.ServerFull(
                        on(section, server), at, lasts(section), section.need("connections", Forms.count(0, MOST), 0));
            case "reset" -> new Fault.Reset(on(section, path), at);
            case "leak" ->
                new Fault.Leak(
                        on(section, service),
                        at,
                        lasts(section),
                        Math.max(1e-6, section.need("share", Forms.SHARE, 0.01)));
            case "start_instances" ->
                new Fault.StartInstances(on(section, service), at, section.need("count", Forms.count(1, MOST), 1));
            default -> new Fault.RestartInstances(on(section, service), at);
        };
        section.done();
        return Optional.of(fault);
    }

    private static String on(Section section, Form<String> form) {
        return section.need("on", form, "");
    }

    private static Duration lasts(Section section) {
        return section.need("for", Forms.SOME_TIME, Duration.ofSeconds(1));
    }

    private static Duration adds(Section section) {
        return section.need("adds", Forms.SOME_TIME, Duration.ofSeconds(1));
    }
}
