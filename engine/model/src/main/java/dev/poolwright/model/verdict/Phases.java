package dev.poolwright.model.verdict;

import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which phases of an overload a run went through, told from its series alone, step by step of half a second of plan time,
 * at the pool that refused most (the fullest where none refused).
 *
 * <pre>
 *   normal ─▶ saturated ─▶ queueing ─▶ refusing ─▶ degraded ─▶ recovering
 *   &lt; 80 %     ≥ 80 %       someone     someone      half of the  no refusal any more,
 *   in use     in use       waits       is refused   offered are  and not yet normal
 * </pre>
 *
 * @param begins of the phases up to the first that was not seen after the one before it, in nanoseconds of the run
 * @param conserved whether in each phase as many operations ended as were offered
 */
public record Phases(Map<Phase, Long> begins, boolean conserved) {

    private static final double STEP_NANOS = 0.5e9;
    private static final double SATURATED = 0.8;
    private static final double DEGRADED = 0.5;

    public Phases {
        begins = java.util.Collections.unmodifiableMap(new EnumMap<>(begins));
    }

    /** The phases, in the order in which an overload goes through them. */
    public enum Phase {
        NORMAL,
        SATURATED,
        QUEUEING,
        REFUSING,
        DEGRADED,
        RECOVERING
    }

    /** How many of the phases were seen in their order, from the first on; 0 where operations were lost or made up. */
    public int seen() {
        if (!conserved) {
            return 0;
        }
        int seen = 0;
        for (Phase phase : Phase.values()) {
            if (!begins.containsKey(phase)) {
                return seen;
            }
            seen++;
        }
        return seen;
    }

    public static Phases of(RunRecord record) {
        double bin = record.binNanos() * record.header().speed();
        return new Detector(record, (int) Math.max(1, Math.round(STEP_NANOS / bin))).phases();
    }

    /** Goes through one record. */
    private static final class Detector {
        private final RunRecord record;
        private final int step;
        private final String pool;

        Detector(RunRecord record, int step) {
            this.record = record;
            this.step = step;
            this.pool = worst();
        }

        Phases phases() {
            List<Phase> steps = new ArrayList<>();
            int bins = values("in_use").size();
            for (int from = 0; from + step <= bins; from += step) {
                steps.add(phase(from));
            }
            Map<Phase, Long> begins = new EnumMap<>(Phase.class);
            int at = 0;
            for (Phase phase : Phase.values()) {
                at = phase == Phase.RECOVERING ? recovering(steps) : first(phase, at, steps);
                if (at < 0) {
                    break;
                }
                begins.put(phase, (long) at * step * record.binNanos());
            }
            return new Phases(begins, conserved(begins));
        }

        /**
         * The first step of a phase from another one on; -1 for none. Random arrivals fill a pool for a moment at any time, so
         * the first two borders may be crossed back; who is refused before anybody queues is another story.
         */
        private static int first(Phase phase, int from, List<Phase> steps) {
            for (int i = from; i < steps.size(); i++) {
                if (steps.get(i) == phase) {
                    return i;
                }
                if (steps.get(i).compareTo(phase) > 0 && steps.get(i).compareTo(Phase.QUEUEING) > 0) {
                    return -1;
                }
            }
            return -1;
        }

        /** The first step after the last refusal, if the pool is not at once as it was. */
        private static int recovering(List<Phase> steps) {
            int last = Math.max(steps.lastIndexOf(Phase.DEGRADED), steps.lastIndexOf(Phase.REFUSING));
            return last + 1 < steps.size() && steps.get(last + 1) != Phase.NORMAL ? last + 1 : -1;
        }

        private Phase phase(int from) {
            long refused = sum("pool/" + pool + "/refused", from, from + step);
            if (refused > 0) {
                return refused >= DEGRADED * offered(from, from + step) ? Phase.DEGRADED : Phase.REFUSING;
            }
            if (sum("pool/" + pool + "/waiting", from, from + step) >= step) {
                return Phase.QUEUEING;
            }
            double limit = sum("pool/" + pool + "/limit", from, from + step);
            return sum("pool/" + pool + "/in_use", from, from + step) >= SATURATED * limit
                    ? Phase.SATURATED
                    : Phase.NORMAL;
        }

        /** Between each two borders as many operations ended, whatever became of them, as were to begin there. */
        private boolean conserved(Map<Phase, Long> begins) {
            List<Integer> borders = new ArrayList<>(begins.values().stream()
                    .map(nanos -> (int) (nanos / record.binNanos()))
                    .sorted()
                    .toList());
            borders.add(Integer.MAX_VALUE);
            int from = 0;
            for (int to : borders) {
                for (String load : loads()) {
                    if (sum(load + "offered", from, to)
                            != sum(load + "succeeded", from, to) + sum(load + "failed", from, to)) {
                        return false;
                    }
                }
                from = to;
            }
            return true;
        }

        private long offered(int from, int to) {
            return loads().stream()
                    .mapToLong(load -> sum(load + "offered", from, to))
                    .sum();
        }

        private List<String> loads() {
            return record.series().stream()
                    .map(Series::name)
                    .filter(name -> name.startsWith("load/") && name.endsWith("/offered"))
                    .map(name -> name.substring(0, name.length() - "offered".length()))
                    .toList();
        }

        private List<Long> values(String what) {
            return record.series("pool/" + pool + "/" + what)
                    .map(Series::values)
                    .orElse(List.of());
        }

        private long sum(String name, int from, int to) {
            List<Long> values = record.series(name).map(Series::values).orElse(List.of());
            return values.subList(Math.min(from, values.size()), Math.min(to, values.size())).stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private String worst() {
            String worst = "";
            long most = -1;
            for (Series series : record.series()) {
                String name = series.name();
                if (name.startsWith("pool/") && name.endsWith("/in_use")) {
                    String candidate = name.substring("pool/".length(), name.length() - "/in_use".length());
                    long used = sum(name, 0, Integer.MAX_VALUE);
                    long refused = sum("pool/" + candidate + "/refused", 0, Integer.MAX_VALUE);
                    long weight = refused * (1L << 32) + used;
                    if (weight > most) {
                        most = weight;
                        worst = candidate;
                    }
                }
            }
            return worst;
        }
    }
}
