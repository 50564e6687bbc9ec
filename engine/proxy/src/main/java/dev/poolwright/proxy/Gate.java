package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.PathLaw;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the one law of the path, and all that is counted and told. Its methods may be called by any thread; what they do
 * is done on one event loop, in the order of the calls of each thread.
 */
// A future that fails here closes its channel, and closing is what the link watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Gate {

    /** Powers of two of a microsecond; the last begins at 2^37 µs, 38 hours. */
    private static final int CONNECT_COUNTS = 39;

    private final EventLoop loop;
    private final PathLaw law;
    private final Clock clock;
    private final ProxyListener listener;
    /** The law's time begins at 0. */
    private final long origin;

    private final Map<Long, Link> waiting = new HashMap<>();
    private final Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
    private final long[] connects = new long[CONNECT_COUNTS];
    private long accepted;
    private long cancels;
    private long listenerFailures;
    private volatile int capacity;
    private int caps;
    private boolean full;
    private OptionalLong firstFull = OptionalLong.empty();
    private @Nullable Future<?> timer;
    private long timerMoment = PathLaw.NEVER;

    Gate(EventLoop loop, ProxySettings settings) {
        this.loop = loop;
        this.law = new PathLaw(settings.path());
        this.clock = settings.clock();
        this.listener = settings.listener();
        this.origin = clock.nanos();
        this.capacity = law.capacity();
    }

    /** Connections that the path carries now. */
    int capacity() {
        return capacity;
    }

    void accepted() {
        loop.execute(() -> accepted++);
    }

    void cancelRequest() {
        loop.execute(() -> cancels++);
    }

    void refused(Refusal by) {
        loop.execute(() -> tellRefused(by));
    }

    void connected(long nanos) {
        loop.execute(() -> {
            long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
            connects[Math.min(CONNECT_COUNTS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros))]++;
            tell(to -> to.connected(clock.nanos(), nanos));
        });
    }

    /** The link wants to pass; it is told in its own event loop. */
    void ask(Link link) {
        loop.execute(() -> {
            long now = now();
            link.slot = Link.Slot.WAITING;
            link.askedAtGate = now;
            long answer = law.ask(now, link.id);
            if (answer >= 0) {
                admit(link, now, answer);
            } else if (answer == PathLaw.WAITING) {
                waiting.put(link.id, link);
            } else {
                link.slot = Link.Slot.NONE;
                tellRefused(Refusal.PATH);
                link.refusedByPath();
            }
            afterwards(now, answer == PathLaw.REFUSED);
        });
    }

    /** The link, which has asked, is over, whether it waits or passed. */
    void gone(Link link) {
        loop.execute(() -> {
            if (link.slot == Link.Slot.NONE) {
                return;
            }
            long now = now();
            if (link.slot == Link.Slot.WAITING && law.leave(now, link.id)) {
                waiting.remove(link.id);
            } else {
                // Admitted, be it by the very call above: the slot is its own.
                drain(now);
                law.release(now);
            }
            link.slot = Link.Slot.NONE;
            tell(to -> to.closed(clock.nanos()));
            afterwards(now, false);
        });
    }

    void cap(PathCap cap) {
        long now = now();
        caps++;
        law.cap(now, cap.connections(), cap.scaleOutDelay().toNanos());
        afterwards(now, false);
    }

    void uncap() {
        caps--;
        if (caps == 0) {
            long now = now();
            law.uncap(now);
            afterwards(now, false);
        }
    }

    ProxyReading reading() {
        long now = now();
        law.advance(now);
        afterwards(now, false);
        List<Long> counts = new ArrayList<>(connects.length);
        for (long count : connects) {
            counts.add(count);
        }
        return new ProxyReading(
                new ProxyReading.Path(law.open(), law.waiting(), law.capacity(), law.stressed(), firstFull),
                accepted,
                cancels,
                refused,
                counts,
                listenerFailures);
    }

    private void admit(Link link, long granted, long establishedAt) {
        link.slot = Link.Slot.HELD;
        long waited = granted - link.askedAtGate;
        tell(to -> to.admitted(clock.nanos(), waited));
        link.admitted(establishedAt - now());
    }

    private void drain(long now) {
        for (long id = law.pollAdmitted(); id != PathLaw.NONE; id = law.pollAdmitted()) {
            Link link = waiting.remove(id);
            if (link == null) {
                throw new IllegalStateException("proxy: the path admitted id = " + id + ", which does not wait");
            }
            admit(link, now, law.establishedAt());
        }
    }

    private void afterwards(long now, boolean refusedNow) {
        drain(now);
        boolean fullNow = law.stressed() || refusedNow;
        if (fullNow && !full) {
            long moment = clock.nanos();
            if (firstFull.isEmpty()) {
                firstFull = OptionalLong.of(moment);
            }
            tell(to -> to.full(moment));
        }
        full = fullNow;
        capacity = law.capacity();
        arm(now);
    }

    private void arm(long now) {
        long next = law.nextChange();
        if (next == timerMoment) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerMoment = next;
        timer = next == PathLaw.NEVER ? null : loop.schedule(this::fallDue, next - now, TimeUnit.NANOSECONDS);
    }

    private void fallDue() {
        timer = null;
        timerMoment = PathLaw.NEVER;
        long now = now();
        law.advance(now);
        afterwards(now, false);
    }

    private void tellRefused(Refusal by) {
        refused.merge(by, 1L, Long::sum);
        tell(to -> to.refused(clock.nanos(), by));
    }

    /** What a listener throws must not end anybody's connection; it is counted. */
    private void tell(Consumer<ProxyListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException failure) {
            listenerFailures++;
        }
    }

    private long now() {
        return clock.nanos() - origin;
    }
}
