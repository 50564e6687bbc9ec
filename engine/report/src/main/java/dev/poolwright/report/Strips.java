package dev.poolwright.report;

import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.List;

/** Which series of a record are drawn together, in which order. */
final class Strips {

    private static final List<Kind> KINDS = List.of(
            new Kind("pool", "connections", List.of("in_use", "open", "waiting"), "limit", false),
            new Kind("path", "connections", List.of("open", "waiting"), "capacity", false),
            new Kind("server", "connections", List.of("open"), "limit", false),
            new Kind("service", "instances", List.of("ready", "starting"), "", false),
            new Kind("load", "operations a second", List.of("offered", "succeeded", "failed"), "", true));

    private Strips() {}

    /** Series of one pool, path, server, service or load; {@code counts} of each bin, or else levels. */
    record Strip(String title, boolean counts, List<Line> lines) {}

    /** One series; {@code limit} is one that the others must stay below. */
    record Line(String name, boolean limit, Series series) {}

    private record Kind(String word, String unit, List<String> names, String limit, boolean counts) {}

    static List<Strip> of(RunRecord record) {
        List<Strip> strips = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (String subject : subjects(record, kind)) {
                List<Line> lines = new ArrayList<>();
                String prefix = kind.word() + "/" + subject + "/";
                for (String name : kind.names()) {
                    record.series(prefix + name)
                            .ifPresent(series -> lines.add(new Line(name.replace('_', ' '), false, series)));
                }
                if (!kind.limit().isEmpty()) {
                    record.series(prefix + kind.limit())
                            .filter(Strips::isBounded)
                            .ifPresent(series -> lines.add(new Line(kind.limit(), true, series)));
                }
                if (!lines.isEmpty()) {
                    strips.add(new Strip(kind.word() + " " + subject + ", " + kind.unit(), kind.counts(), lines));
                }
            }
        }
        return strips;
    }

    private static List<String> subjects(RunRecord record, Kind kind) {
        String prefix = kind.word() + "/";
        return record.series().stream()
                .map(Series::name)
                .filter(name -> name.startsWith(prefix) && name.lastIndexOf('/') > prefix.length())
                .map(name -> name.substring(prefix.length(), name.lastIndexOf('/')))
                .distinct()
                .toList();
    }

    /** "No limit" is a huge number, which would flatten everything else. */
    private static boolean isBounded(Series series) {
        return series.values().stream().noneMatch(value -> value >= Integer.MAX_VALUE);
    }
}
