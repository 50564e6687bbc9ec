package dev.poolwright.policy;

/**
 * The one law of a network path with a cap on concurrent connections: who passes, who waits, and when the path grows.
 * The simulator and the proxy both run this class.
 *
 * <pre>
 *             nobody waits and open &lt; capacity
 *   ask ──┬──────────────────────────────────────▶ admitted, established at now + latency
 *         │
 *         ├─▶ waiting ids, first in first out ───▶ admitted, established at grant + latency (+ stress latency)
 *         │        │        a release or a scale-out hands the slot to the first
 *         │        └─ leave ▶ gone, no slot used
 *         └─▶ refused: as many wait as may
 * </pre>
 *
 * <p><b>Stress.</b> A slot granted while demand (open + waiting) exceeds capacity costs the stress latency on top.
 *
 * <p><b>Scale-out.</b> Begins when demand exceeds capacity, the path is below its maximum, is not capped, and no
 * scale-out is pending. It completes a delay later and raises capacity to
 * {@code min(maximum, max(connections, capacity + connections))}; if demand still exceeds capacity, the next begins at
 * that very moment. A path never scales in. Source: Google Cloud, Serverless VPC Access, "connectors scale out but do
 * not scale in". A connect that is refused is demand at its moment, so it too starts a scale-out.
 *
 * <p><b>How to use it.</b> Every call is told the moment, which must not be negative nor before that of an earlier call,
 * and first applies what fell due until then (so a delay of 0 takes effect with the next call at the same moment). After each call that takes a moment, read the newly admitted with
 * {@link #pollAdmitted()} until it answers {@link #NONE}; the next such call throws if any are left, so that no admission
 * is ever lost. Ids are chosen by the caller, are not negative, and must be unique among those that wait.
 *
 * <p><b>Cost.</b> All but {@link #leave} take constant time per id admitted. {@code leave} looks from the first waiter
 * on, which is where those with equal patience give up. Nothing is allocated after construction. Size: 16 bytes × (waiters maximum + 1)
 * for the waiters and about 180 bytes for the rest; 1.05 MB at 65,536 waiters.
 *
 * <p>Not thread-safe: to be used by one thread, or under one lock.
 */
public final class PathLaw {

    /** Answer of {@link #ask}: the connect waits for a slot. */
    public static final long WAITING = -1;

    /** Answer of {@link #ask}: no slot, and as many wait as may. Nothing is remembered of it. */
    public static final long REFUSED = -2;

    /** Answer of {@link #pollAdmitted()}: nobody was newly admitted. */
    public static final long NONE = -1;

    /** Answer of {@link #nextChange()}: nothing is pending. */
    public static final long NEVER = Long.MAX_VALUE;

    private final PathSettings settings;
    private final PathQueue queue;

    private int open;
    private int capacity;
    private boolean capped;
    private long scaleOutDelayNanos;
    private long scaleOutAt = NEVER;
    private long lastMoment;
    private long establishedAt;

    public PathLaw(PathSettings settings) {
        this.settings = settings;
        this.queue = new PathQueue(settings.waitersMaximum());
        this.capacity = settings.connections();
        this.scaleOutDelayNanos = settings.scaleOutDelayNanos();
    }

    /**
     * A client wants to connect.
     *
     * @return the moment at which its connection is established, which is not negative; or {@link #WAITING}; or
     *     {@link #REFUSED}
     */
    public long ask(long now, long id) {
        if (id < 0) {
            throw new IllegalArgumentException("path: id = " + id + " is negative; allowed is 0 or more");
        }
        begin(now);
        if (open < capacity && queue.waiting() == 0) {
            open++;
            return now + settings.latencyNanos();
        }
        boolean waits = queue.add(id);
        beginScaleOut(now);
        return waits ? WAITING : REFUSED;
    }

    /**
     * A client gave up while it waited.
     *
     * @return true when it waited and is gone, having used no slot; false when it does not wait (any more): if it was
     *     admitted before or by this very call, the slot is its own and has to be given back with {@link #release}
     */
    public boolean leave(long now, long id) {
        begin(now);
        return queue.remove(id);
    }

    /** An open connection closed; its slot goes to the first who waits. */
    public void release(long now) {
        if (open == 0) {
            throw new IllegalStateException("path: release with open = 0; allowed is one release per admission");
        }
        begin(now);
        open--;
        grant(now);
    }

    /** Applies what fell due until now. */
    public void advance(long now) {
        begin(now);
    }

    /**
     * Caps the path, as a fault: capacity becomes the lesser of what it is and {@code connections}, a pending scale-out
     * is cancelled and none begins until {@link #uncap}. Connections that are open above the cap stay open. A further cap
     * can lower the path again but does not raise it.
     *
     * @param connections at least 1
     * @param scaleOutDelayNanos the delay of each scale-out from {@code uncap} on, in nanoseconds; 0 for at once
     */
    public void cap(long now, int connections, long scaleOutDelayNanos) {
        PathSettings.atLeast("connections of the cap", connections, 1);
        PathSettings.delay("scaleOutDelayNanos of the cap", scaleOutDelayNanos);
        begin(now);
        capped = true;
        capacity = Math.min(capacity, connections);
        this.scaleOutDelayNanos = scaleOutDelayNanos;
        scaleOutAt = NEVER;
    }

    /**
     * Allows scaling again. Capacity stays as the cap left it until a scale-out completes; one begins now if demand
     * exceeds capacity. Does nothing to a path that is not capped.
     */
    public void uncap(long now) {
        begin(now);
        if (capped) {
            capped = false;
            if (stressed()) {
                beginScaleOut(now);
            }
        }
    }

    /** The next newly admitted id, first in first out, or {@link #NONE}. */
    public long pollAdmitted() {
        if (queue.admitted() == 0) {
            return NONE;
        }
        establishedAt = queue.firstEstablishedAt();
        return queue.poll();
    }

    /** The moment at which the connection of the id last polled is established. */
    public long establishedAt() {
        return establishedAt;
    }

    /** The next moment at which {@link #advance} would do something, or {@link #NEVER}. */
    public long nextChange() {
        return scaleOutAt;
    }

    /** Connections admitted and not yet released, those still being established among them. */
    public int open() {
        return open;
    }

    /** Connects that wait. */
    public int waiting() {
        return queue.waiting();
    }

    /** Connections the path carries now; {@link Integer#MAX_VALUE} for no limit. */
    public int capacity() {
        return capacity;
    }

    /** Whether demand (open + waiting) exceeds capacity. */
    public boolean stressed() {
        return (long) open + queue.waiting() > capacity;
    }

    private void begin(long now) {
        if (now < lastMoment) {
            throw new IllegalArgumentException("path: now = " + now + " ns lies before the last moment told, "
                    + lastMoment + " ns; time must not run backwards, nor start below 0");
        }
        if (queue.admitted() > 0) {
            throw new IllegalStateException("path: " + queue.admitted()
                    + " newly admitted have not been read; call pollAdmitted() until it answers NONE");
        }
        lastMoment = now;
        settle(now);
    }

    /** Completes every scale-out that is due. Bounded: each raises capacity by a unit, and ends at the maximum. */
    private void settle(long now) {
        while (scaleOutAt <= now) {
            long moment = scaleOutAt;
            scaleOutAt = NEVER;
            capacity = (int) Math.min(settings.connectionsMaximum(), (long) capacity + settings.connections());
            grant(moment);
            if (stressed()) {
                beginScaleOut(moment);
            }
        }
    }

    private void grant(long moment) {
        while (open < capacity && queue.waiting() > 0) {
            long stress = stressed() ? settings.stressLatencyNanos() : 0;
            open++;
            queue.admitFirst(moment + settings.latencyNanos() + stress);
        }
    }

    private void beginScaleOut(long moment) {
        if (!capped && scaleOutAt == NEVER && capacity < settings.connectionsMaximum()) {
            scaleOutAt = moment + scaleOutDelayNanos;
        }
    }
}
