package dev.poolwright.policy.admission;

/**
 * Who may use a connection: at once, after waiting, or not. The decision behind the guard's lock and in the simulator.
 *
 * <pre>
 *           a connection is free for this class (Shares)
 *   ask ──┬──────────────────────────────────────────────▶ ADMITTED
 *         ├─ a rule says no ─────────────────────────────▶ REFUSED_…
 *         ├─ no slot is left, and nothing enforced says no ▶ NOT_QUEUED (the caller goes its own way, as without us)
 *         └─▶ ticket ──┬─ a give-back serves it ─────────▶ poll: GRANTED
 *                      ├─ its turn comes too late ───────▶ poll: REFUSED_…
 *                      └─ leave ─────────────────────────▶ gone, no connection used
 * </pre>
 *
 * <p><b>Deadline.</b> With {@code k} waiting ahead, limit {@code c} and expected hold {@code H}, the wait is about
 * {@code (k + 1) × H ÷ c}; who has less left than that and {@code needHolds × H} is refused at once, and dropped when its
 * turn comes with less than {@code needHolds × H} left (FACTS 1.5: dropping only what has expired is not enough).
 *
 * <p><b>Nested borrows.</b> Who already holds a connection is served before all others and from any share, because it
 * keeps what it holds until then. When it would wait and all connections in use belong to callers that wait, nobody can
 * give back: the newest is refused (FACTS 1.1, the deadlock floor). Where {@link Rule#NESTED} is not enforced they wait as
 * all others do.
 *
 * <p><b>How to use it.</b> Every call is told the moment; moments may jump, which only shifts waits. After each call that
 * takes a moment, read with {@link #poll()} until it answers {@link #NONE}; each such ticket is over. Nothing is ever left
 * waiting that could be served: this is looked at in each call that could change it.
 *
 * <p>Each step takes constant time per ticket it ends. Nothing is allocated after construction. Size: 66 bytes × slots and
 * about 500 bytes; 270 kB at 4,096 slots. Not thread-safe: to be used by one thread, or under one lock.
 */
public final class Admission {

    /** The caller has a connection. */
    public static final long ADMITTED = -1;

    /** There was no slot to wait in, and no enforced rule refuses: the caller is not queued and not counted as in use. */
    public static final long NOT_QUEUED = -2;

    /** As many of this class wait as may. */
    public static final long REFUSED_WAITERS = -3;

    /** It cannot be done by the caller's deadline. */
    public static final long REFUSED_DEADLINE = -4;

    /** It holds a connection and waits for another while every holder does. */
    public static final long REFUSED_NESTED = -5;

    /** It waited too long in a queue that stands. */
    public static final long REFUSED_STANDING = -6;

    /** {@link #poll()}: nothing ended. */
    public static final long NONE = -7;

    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Waiting waiting;
    private final long[] ended;
    private final long[] endedHow;
    private final long[] would = new long[Rule.COUNT];
    private final Codel codel = new Codel();

    private AdmissionSettings settings;
    private int enforced;
    private int observed;
    private int limit;
    private long counts;
    private long holdNanos;
    private int heldByWaiting;
    private int endedFrom;
    private int endedCount;
    private long polledHow;

    /**
     * @param enforced the rules that refuse, as bits of {@link Rule}
     * @param observed the rules that only count what they would have refused; a rule in neither set is off
     */
    public Admission(AdmissionSettings settings, int enforced, int observed) {
        this.settings = settings;
        this.limit = settings.limit();
        this.waiting = new Waiting(settings.slots());
        this.ended = new long[settings.slots()];
        this.endedHow = new long[settings.slots()];
        this.enforced = enforced;
        this.observed = observed & ~enforced;
    }

    /**
     * A caller wants a connection.
     *
     * @param callerClass from 0, below {@link Shares#CLASSES}
     * @param deadline the moment after which the caller has no use for it, or {@link #NEVER}
     * @param held how many the same caller holds already; more than 0 makes it a nested borrow
     * @return {@link #ADMITTED}, {@link #NOT_QUEUED}, one of {@code REFUSED_…}, or a ticket, which is not negative
     */
    public long ask(long now, int callerClass, long deadline, int held) {
        boolean nested = held > 0 && (enforced & Rule.NESTED.bit()) != 0;
        if (nested ? Shares.inUse(counts) < limit : settings.shares().mayTake(counts, callerClass, limit)) {
            counts = Shares.plusOne(counts, callerClass);
            return ADMITTED;
        }
        if (held > 0 && heldByWaiting + held >= Shares.inUse(counts) && says(Rule.NESTED)) {
            return REFUSED_NESTED;
        }
        if (!nested && waiting.length(callerClass) >= waitersOf(callerClass) && says(Rule.WAITERS)) {
            return REFUSED_WAITERS;
        }
        int ahead = nested ? waiting.length(Waiting.NESTED) : newestFirst() ? 0 : waiting.size();
        if (isLate(now, deadline, waitNanos(ahead)) && says(Rule.DEADLINE)) {
            return REFUSED_DEADLINE;
        }
        if (waiting.isFull()) {
            return (enforced & Rule.WAITERS.bit()) == 0 ? NOT_QUEUED : REFUSED_WAITERS;
        }
        int slot = waiting.append(nested ? Waiting.NESTED : callerClass);
        waiting.since[slot] = now;
        waiting.deadline[slot] = deadline;
        waiting.held[slot] = held;
        waiting.callerClass[slot] = (byte) callerClass;
        heldByWaiting += held;
        return waiting.ticket(slot);
    }

    /**
     * A caller gave up waiting.
     *
     * @return true when it waited and is gone; false when its wait had ended: if it was granted, the connection is its own
     *     and has to be given back
     */
    public boolean leave(long now, long ticket) {
        int slot = waiting.slot(ticket);
        if (slot == Waiting.NONE) {
            return false;
        }
        end(slot);
        serve(now);
        return true;
    }

    /** A connection came back; it goes to the next. */
    public void giveBack(long now, int callerClass) {
        if (Shares.inUse(counts, callerClass) == 0) {
            throw new IllegalStateException(
                    "admission: give-back of class " + callerClass + " with in use = 0; allowed is one per admission");
        }
        counts = Shares.minusOne(counts, callerClass);
        serve(now);
    }

    /** A connection is in use that nobody asked for here, or that was taken over the limit. */
    public void force(int callerClass) {
        counts = Shares.plusOne(counts, callerClass);
    }

    /** Takes over the counts of a fast path; only while nobody waits. */
    public void adopt(long newCounts) {
        if (waiting.size() != 0) {
            throw new IllegalStateException(
                    "admission: counts adopted while waiting = " + waiting.size() + "; allowed is 0");
        }
        counts = newCounts;
        codel.emptied();
    }

    /** The limit changed. Lowering it takes nothing back; raising it serves those that wait. */
    public void limit(long now, int newLimit) {
        check("limit", newLimit, 1, Shares.MOST);
        limit = newLimit;
        serve(now);
    }

    /** Settings or modes changed while running. The slots stay those of the construction. */
    public void change(long now, AdmissionSettings newSettings, int newEnforced, int newObserved) {
        settings = newSettings;
        limit = newSettings.limit();
        enforced = newEnforced;
        observed = newObserved & ~newEnforced;
        serve(now);
    }

    /** Everybody that waits goes on, whatever the limit: nothing is enforced any more. */
    public void grantAll() {
        for (int line = 0; line <= Waiting.NESTED; line++) {
            while (waiting.first(line) != Waiting.NONE) {
                grant(waiting.first(line));
            }
        }
    }

    /** The expected hold, in nanoseconds; 0 when unknown, which switches off what depends on it. */
    public void expectHold(long nanos) {
        holdNanos = nanos;
    }

    private void serve(long now) {
        for (int slot = nextToServe(); slot != Waiting.NONE; slot = nextToServe()) {
            long late = isLate(now, waiting.deadline[slot], 0) ? REFUSED_DEADLINE : NONE;
            boolean standing = isDropped(now, slot);
            if (late == REFUSED_DEADLINE && says(Rule.DEADLINE)) {
                drop(slot, REFUSED_DEADLINE);
            } else if (standing && says(Rule.STANDING_QUEUE)) {
                drop(slot, REFUSED_STANDING);
            } else {
                grant(slot);
            }
        }
        while (waiting.length(Waiting.NESTED) > 0
                && heldByWaiting >= Shares.inUse(counts)
                && (enforced & Rule.NESTED.bit()) != 0) {
            drop(waiting.last(Waiting.NESTED), REFUSED_NESTED);
        }
        if (waiting.size() == 0) {
            codel.emptied();
        }
    }

    /** The detector is shown the longest wait, which under newest-first is not the wait of who is served. */
    private boolean isDropped(long now, int slot) {
        int oldest = oldest();
        boolean drop = codel.dropAfter(now, now - waiting.since[oldest == Waiting.NONE ? slot : oldest], holdNanos);
        return drop && settings.discipline() == Discipline.CODEL && waiting.line[slot] != Waiting.NESTED;
    }

    private int oldest() {
        int oldest = Waiting.NONE;
        for (int line = 0; line < Waiting.NESTED; line++) {
            int slot = waiting.first(line);
            if (slot != Waiting.NONE && (oldest == Waiting.NONE || waiting.isOlder(slot, oldest))) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private int nextToServe() {
        if (waiting.size() == 0 || Shares.inUse(counts) >= limit) {
            return Waiting.NONE;
        }
        if (waiting.length(Waiting.NESTED) > 0) {
            return waiting.first(Waiting.NESTED);
        }
        boolean newest = newestFirst();
        int chosen = Waiting.NONE;
        for (int line = 0; line < Waiting.NESTED; line++) {
            int slot = newest ? waiting.last(line) : waiting.first(line);
            if (slot != Waiting.NONE
                    && (chosen == Waiting.NONE || waiting.isOlder(slot, chosen) != newest)
                    && settings.shares().mayTake(counts, line, limit)) {
                chosen = slot;
            }
        }
        return chosen;
    }

    private boolean newestFirst() {
        return settings.discipline() == Discipline.ADAPTIVE_LIFO && codel.standing();
    }

    private void grant(int slot) {
        counts = Shares.plusOne(counts, waiting.callerClass[slot]);
        drop(slot, ADMITTED);
    }

    private void drop(int slot, long how) {
        int at = (endedFrom + endedCount) % ended.length;
        ended[at] = waiting.ticket(slot);
        endedHow[at] = how;
        endedCount++;
        end(slot);
    }

    private void end(int slot) {
        heldByWaiting -= waiting.held[slot];
        waiting.remove(slot);
    }

    private boolean isLate(long now, long deadline, long waitNanos) {
        if (deadline == NEVER) {
            return false;
        }
        return deadline - now <= 0 || deadline - now < waitNanos + settings.needHolds() * holdNanos;
    }

    private long waitNanos(int ahead) {
        return (long) ((ahead + 1.0) * holdNanos / limit);
    }

    private boolean says(Rule rule) {
        if ((enforced & rule.bit()) != 0) {
            return true;
        }
        if ((observed & rule.bit()) != 0) {
            would[rule.index()]++;
        }
        return false;
    }

    private int waitersOf(int callerClass) {
        return callerClass < settings.waiters().size() ? settings.waiters().get(callerClass) : 0;
    }

    /** A ticket whose wait ended by itself, in order, or {@link #NONE}. */
    public long poll() {
        if (endedCount == 0) {
            return NONE;
        }
        long ticket = ended[endedFrom];
        polledHow = endedHow[endedFrom];
        endedFrom = (endedFrom + 1) % ended.length;
        endedCount--;
        return ticket;
    }

    /** How the ticket last polled ended: {@link #ADMITTED} or one of {@code REFUSED_…}. */
    public long polledHow() {
        return polledHow;
    }

    /** When everybody that waits now will be served, in nanoseconds from now; 0 when nothing is known. */
    public long drainNanos() {
        return waitNanos(waiting.size());
    }

    /** Connections in use by class; see {@link Shares}. */
    public long counts() {
        return counts;
    }

    public int limit() {
        return limit;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Whether a queue stands, as {@link Codel} sees it. */
    public boolean queueStands() {
        return codel.standing();
    }

    /** How often a rule that is only observed would have refused. */
    public long wouldHaveRefused(Rule rule) {
        return would[rule.index()];
    }

    /** The slot of a ticket: below the number of slots, and of no other ticket that waits. */
    public static int slotOf(long ticket) {
        return (int) (ticket & 0xFFFF);
    }

    static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " = " + value + ": must be between " + least + " and " + most);
        }
    }
}
