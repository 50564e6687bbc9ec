package dev.poolwright.guard;

import dev.poolwright.policy.Wait;
import dev.poolwright.policy.admission.AdmissionSettings;
import dev.poolwright.policy.admission.Discipline;
import dev.poolwright.policy.admission.Shares;
import dev.poolwright.policy.health.BreakerSettings;
import dev.poolwright.policy.health.LeakByTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Guard} goes by. Immutable; made by {@link #builder()}, which refuses bad settings with all problems at
 * once; changed while running by {@link Guard#change}.
 */
public final class GuardSettings {

    /** {@link #limit()} that says: as many as the pool has. */
    public static final int AS_THE_POOL = 0;

    private final Builder from;
    private final Map<Decision, Mode> modes;
    private final Shares shares;
    private final BreakerSettings breaker;

    private GuardSettings(Builder from, BreakerSettings breaker) {
        this.from = from;
        this.modes = Map.copyOf(from.modes);
        this.shares =
                Shares.of(from.classes.stream().mapToInt(CallerClass::reserved).toArray());
        this.breaker = breaker;
    }

    /** Everything observed but the adaptive limit, which is off; the limit as the pool has it. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with these settings. */
    public Builder toBuilder() {
        return new Builder(from);
    }

    public String name() {
        return from.name;
    }

    /** The most connections in use, or {@link #AS_THE_POOL}. */
    public int limit() {
        return from.limit;
    }

    public List<CallerClass> classes() {
        return from.classes;
    }

    /** Its place among the classes. @throws IllegalArgumentException when there is none of that name */
    int classOf(String name) {
        for (int i = 0; i < from.classes.size(); i++) {
            if (from.classes.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("class of callers = " + name + ": must be one of "
                + from.classes.stream().map(CallerClass::name).toList());
    }

    public Discipline discipline() {
        return from.discipline;
    }

    /** How long a caller may wait at the guard. */
    public Wait acquireTimeout() {
        return from.acquireTimeout;
    }

    public Mode mode(Decision decision) {
        return modes.getOrDefault(decision, Mode.OFF);
    }

    public int needHolds() {
        return from.needHolds;
    }

    public LeakByTime leak() {
        return new LeakByTime(from.leakAfter.toNanos(), from.leakTimes);
    }

    public Duration floorWindow() {
        return from.floorWindow;
    }

    /** One borrow in so many has its place taken. */
    public int placeEvery() {
        return from.placeEvery;
    }

    public int retriesPerMille() {
        return from.retriesPerMille;
    }

    public int retriesReserve() {
        return from.retriesReserve;
    }

    public int adaptiveLeast() {
        return from.adaptiveLeast;
    }

    /** A hold longer than this lowers the adaptive limit. */
    public Duration adaptiveSlow() {
        return from.adaptiveSlow;
    }

    public BreakerSettings breaker() {
        return breaker;
    }

    Shares shares() {
        return shares;
    }

    AdmissionSettings admission(int limit, int slots) {
        return new AdmissionSettings(
                limit,
                shares,
                from.classes.stream().map(CallerClass::waiters).toList(),
                slots,
                from.discipline,
                from.needHolds);
    }

    /** Collects settings; nothing is checked before {@link #build()}. Not thread-safe. */
    public static final class Builder {
        private String name = "pool";
        private int limit = AS_THE_POOL;
        private List<CallerClass> classes = List.of(new CallerClass("default", 0, 50));
        private Discipline discipline = Discipline.FIFO;
        private Wait acquireTimeout = Wait.atMost(Duration.ofSeconds(30));
        private int needHolds = 3;
        private final EnumMap<Decision, Mode> modes = new EnumMap<>(Decision.class);
        private Duration leakAfter = Duration.ofSeconds(60);
        private int leakTimes = 10;
        private Duration floorWindow = Duration.ofSeconds(30);
        private int placeEvery = 128;
        private int retriesPerMille = 100;
        private int retriesReserve = 10;
        private int adaptiveLeast = 2;
        private Duration adaptiveSlow = Duration.ofSeconds(5);
        private int breakerFailures = BreakerSettings.USUAL.leastFailures();
        private int breakerPercent = BreakerSettings.USUAL.failedPercent();
        private Duration breakerOpen = Duration.ofNanos(BreakerSettings.USUAL.openNanos());
        private Duration breakerLongest = Duration.ofNanos(BreakerSettings.USUAL.longestOpenNanos());
        private int breakerProbes = BreakerSettings.USUAL.probesToClose();

        private Builder() {
            mode(Mode.OBSERVE);
        }

        private Builder(Builder from) {
            name = from.name;
            limit = from.limit;
            classes = from.classes;
            discipline = from.discipline;
            acquireTimeout = from.acquireTimeout;
            needHolds = from.needHolds;
            modes.putAll(from.modes);
            leakAfter = from.leakAfter;
            leakTimes = from.leakTimes;
            floorWindow = from.floorWindow;
            placeEvery = from.placeEvery;
            retriesPerMille = from.retriesPerMille;
            retriesReserve = from.retriesReserve;
            adaptiveLeast = from.adaptiveLeast;
            adaptiveSlow = from.adaptiveSlow;
            breakerFailures = from.breakerFailures;
            breakerPercent = from.breakerPercent;
            breakerOpen = from.breakerOpen;
            breakerLongest = from.breakerLongest;
            breakerProbes = from.breakerProbes;
        }

        /** The name in messages and in JMX. */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /** The most connections in use; without it, as many as the pool has. */
        public Builder limit(int most) {
            limit = most;
            return this;
        }

        /** How many callers may wait, where there is one class of callers: five per connection is the cheapest cure of
         * metastable queues (FACTS 1.5). */
        public Builder waiters(int most) {
            return classes(new CallerClass("default", 0, most));
        }

        /** The classes of callers; the first is that of callers that say nothing. */
        public Builder classes(CallerClass... newClasses) {
            classes = List.of(newClasses);
            return this;
        }

        public Builder discipline(Discipline newDiscipline) {
            discipline = newDiscipline;
            return this;
        }

        /** How long a caller may wait at the guard. */
        public Builder acquireTimeout(Wait wait) {
            acquireTimeout = wait;
            return this;
        }

        /** How many expected holds must fit before a caller's deadline. */
        public Builder needHolds(int holds) {
            needHolds = holds;
            return this;
        }

        /** The mode of every decision but the adaptive limit, which has to be named. */
        public Builder mode(Mode mode) {
            for (Decision decision : Decision.values()) {
                modes.put(decision, decision == Decision.ADAPTIVE_LIMIT ? Mode.OFF : mode);
            }
            return this;
        }

        /** The mode of one decision. */
        public Builder mode(Decision decision, Mode mode) {
            modes.put(decision, mode);
            return this;
        }

        /**
         * When a hold is reported as a leak: longer than {@code after}, and than {@code times} the usual longest hold (0
         * ignores it).
         */
        public Builder leak(Duration after, int times) {
            leakAfter = after;
            leakTimes = times;
            return this;
        }

        /** The window of which the least use counts for the floor test; eight must pass before it says anything. */
        public Builder floorWindow(Duration window) {
            floorWindow = window;
            return this;
        }

        /** One borrow in so many has its place taken; all have while something is suspected. 1 takes each. */
        public Builder placeEvery(int borrows) {
            placeEvery = borrows;
            return this;
        }

        /** Retries per 1,000 borrows, and retries per second besides. */
        public Builder retries(int perMille, int reservePerSecond) {
            retriesPerMille = perMille;
            retriesReserve = reservePerSecond;
            return this;
        }

        /** The lowest adaptive limit, and the hold beyond which it is lowered. */
        public Builder adaptive(int least, Duration slow) {
            adaptiveLeast = least;
            adaptiveSlow = slow;
            return this;
        }

        /** See {@link BreakerSettings}. */
        public Builder breaker(int failures, int percent, Duration open, Duration longestOpen, int probes) {
            breakerFailures = failures;
            breakerPercent = percent;
            breakerOpen = open;
            breakerLongest = longestOpen;
            breakerProbes = probes;
            return this;
        }

        /** @throws IllegalArgumentException with every problem there is */
        public GuardSettings build() {
            Problems problems = new Problems();
            problems.range("limit", limit, 0, Shares.MOST);
            problems.check(
                    !name.isBlank() && name.length() <= 100, "name", "'" + name + "'", "must be 1 to 100 characters");
            checkClasses(problems);
            problems.range("needHolds", needHolds, 0, 1_000);
            problems.range("leakAfter", leakAfter, Duration.ofMillis(1), Duration.ofDays(7));
            problems.range("leakTimes", leakTimes, 0, 1_000);
            problems.range("floorWindow", floorWindow, Duration.ofMillis(100), Duration.ofDays(1));
            problems.range("placeEvery", placeEvery, 1, 1_000_000);
            problems.range("retriesPerMille", retriesPerMille, 0, 1_000);
            problems.range("retriesReserve", retriesReserve, 0, 1_000_000);
            boolean adapts = modes.getOrDefault(Decision.ADAPTIVE_LIMIT, Mode.OFF) != Mode.OFF;
            problems.range("adaptiveLeast", adaptiveLeast, 1, adapts && limit != AS_THE_POOL ? limit : Shares.MOST);
            problems.range("adaptiveSlow", adaptiveSlow, Duration.ofMillis(1), Duration.ofDays(1));
            problems.range("breakerFailures", breakerFailures, 1, 1_000_000);
            problems.range("breakerPercent", breakerPercent, 1, 100);
            problems.range("breakerOpen", breakerOpen, Duration.ofMillis(1), Duration.ofDays(1));
            problems.range("breakerLongest", breakerLongest, breakerOpen, Duration.ofDays(1));
            problems.range("breakerProbes", breakerProbes, 1, 1_000_000);
            problems.refuse();
            return new GuardSettings(
                    new Builder(this),
                    new BreakerSettings(
                            breakerFailures,
                            breakerPercent,
                            breakerOpen.toNanos(),
                            breakerLongest.toNanos(),
                            breakerProbes));
        }

        private void checkClasses(Problems problems) {
            problems.range("classes of callers", classes.size(), 1, Shares.CLASSES);
            List<String> names = new ArrayList<>();
            int reserved = 0;
            for (CallerClass of : classes) {
                problems.check(!of.name().isBlank(), "class", "'" + of.name() + "'", "must have a name");
                problems.check(!names.contains(of.name()), "class", "'" + of.name() + "'", "stands there twice");
                problems.range("reserved of class " + of.name(), of.reserved(), 0, Shares.MOST);
                problems.range("waiters of class " + of.name(), of.waiters(), 0, AdmissionSettings.MOST_SLOTS);
                names.add(of.name());
                reserved += Math.max(0, Math.min(of.reserved(), Shares.MOST));
            }
            problems.check(
                    limit == AS_THE_POOL || reserved < limit,
                    "reserved of all classes",
                    reserved,
                    "must be below limit = " + limit + ", or nothing is left for the others");
        }
    }
}
