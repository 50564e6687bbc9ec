package dev.poolwright.sim;

import dev.poolwright.model.run.Happening;
import dev.poolwright.model.verdict.Link;
import java.util.List;

/** How often one link of the vocabulary happened, and what was to be said the first time. Not thread-safe. */
final class Tally {

    private final Link link;
    private final List<Tally> order;
    private final long from;
    private long first;
    private long last;
    private long count;
    private String detail = "";

    /**
     * @param order of the first times; this adds itself when it happens first
     * @param from the end of the warm-up; what happens before is not judged and not counted
     */
    Tally(Link link, List<Tally> order, long from) {
        this.link = link;
        this.order = order;
        this.from = from;
    }

    /** It happened; true when it is the first time and wants its figures from {@link #detail(String)}. */
    boolean hit(long now) {
        if (now < from) {
            return false;
        }
        last = now;
        if (count++ > 0) {
            return false;
        }
        first = now;
        order.add(this);
        return true;
    }

    void detail(String figures) {
        detail = figures;
    }

    void hit(long now, String figures) {
        if (hit(now)) {
            detail(figures);
        }
    }

    Happening happening() {
        return new Happening(link, first, last, count, detail);
    }
}
