package dev.poolwright.sim;

import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.verdict.LinkKind;
import java.util.Arrays;
import java.util.Locale;

/**
 * A server: connection slots, and processors shared by all work that is on them.
 *
 * <p>Processor sharing is exact and costs O(log n) a change: with n pieces of work on C cores each proceeds at
 * min(1, C / n), so the work done for each since the begin of the run is one number, the virtual time; a piece that comes
 * at virtual time v with w to do ends at v + w (Parekh and Gallager 1993). Not thread-safe.
 */
final class ServerState {

    /** Work at less than half its speed is called a busy server; less is the ordinary brush of two queries. */
    private static final double BUSY_FACTOR = 2;

    final int index;
    final PlannedServer planned;
    final Tally full;
    private final Tally busy;

    /** Connects that reached it or that it refused, by bin. */
    final long[] connects;

    int open;
    int limit;
    long connectAddsNanos;

    private double virtual;
    private long virtualAt;
    private double[] ends = new double[16];
    private long[] pieces = new long[16];
    private int working;
    private int generation;

    ServerState(int index, PlannedServer planned, Recorder recorder) {
        this.index = index;
        this.planned = planned;
        this.limit = planned.connections();
        this.connects = recorder.counter();
        this.full = recorder.tally(LinkKind.SERVER_FULL, planned.name());
        this.busy = recorder.tally(LinkKind.SERVER_BUSY, planned.name());
    }

    boolean sharesCores() {
        return !Double.isInfinite(planned.cores());
    }

    int generation() {
        return generation;
    }

    /** A piece of work comes. */
    void begin(long now, double workNanos, Attempt attempt) {
        advance(now);
        if (working == ends.length) {
            ends = Arrays.copyOf(ends, 2 * working);
            pieces = Arrays.copyOf(pieces, 2 * working);
        }
        lift(working++, virtual + workNanos, ((long) attempt.id << Integer.SIZE) | (attempt.generation & 0xFFFF_FFFFL));
        if (working > BUSY_FACTOR * planned.cores() && busy.hit(now)) {
            busy.detail(String.format(Locale.ROOT, "%d pieces of work on %.1f cores", working, planned.cores()));
        }
    }

    /** The moment at which the next piece is done, if nothing changes; call after each change. -1 when there is none. */
    long nextEnd(long now) {
        generation++;
        return working == 0 ? -1 : now + Math.max(0, (long) Math.ceil((ends[0] - virtual) / speed()));
    }

    /** The next piece that is done by now, taken off the processors; -1 when there is none. Its attempt's id and generation. */
    long poll(long now) {
        advance(now);
        // A piece that is due within half a nanosecond of its work is done: moments are whole nanoseconds.
        if (working == 0 || ends[0] > virtual + 0.5) {
            return -1;
        }
        long piece = pieces[0];
        working--;
        if (working > 0) {
            sink(ends[working], pieces[working]);
        }
        return piece;
    }

    private double speed() {
        return Math.min(1, planned.cores() / working);
    }

    private void advance(long now) {
        if (working > 0) {
            virtual += (now - virtualAt) * speed();
        }
        virtualAt = now;
    }

    private boolean before(double end, long piece, int other) {
        return end < ends[other] || (end == ends[other] && piece < pieces[other]);
    }

    private void lift(int from, double end, long piece) {
        int place = from;
        while (place > 0 && before(end, piece, (place - 1) / 2)) {
            ends[place] = ends[(place - 1) / 2];
            pieces[place] = pieces[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        ends[place] = end;
        pieces[place] = piece;
    }

    private void sink(double end, long piece) {
        int place = 0;
        while (2 * place + 1 < working) {
            int child = 2 * place + 1;
            if (child + 1 < working && before(ends[child + 1], pieces[child + 1], child)) {
                child++;
            }
            if (before(end, piece, child)) {
                break;
            }
            ends[place] = ends[child];
            pieces[place] = pieces[child];
            place = child;
        }
        ends[place] = end;
        pieces[place] = piece;
    }
}
