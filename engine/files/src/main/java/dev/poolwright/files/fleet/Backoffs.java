package dev.poolwright.files.fleet;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.policy.Backoff;
import java.time.Duration;

/** {@code backoff: 2s}, or {@code backoff: {first: 1s, factor: 2, most: 30s, jitter: 50%}}. */
final class Backoffs {

    private static final double MOST_FACTOR = 100;

    private static final Form<Double> FACTOR = new Form<>("a number from 1 to 100", text -> {
        double factor = Forms.CORES.read(text);
        if (factor < 1 || factor > MOST_FACTOR) {
            throw new Unreadable("out of range", "");
        }
        return factor;
    });

    private Backoffs() {}

    static Backoff read(Section parent, String key) {
        if (!parent.has(key)) {
            return Backoff.NONE;
        }
        if (parent.isSingle(key)) {
            return Backoff.constant(parent.get(key, Forms.DURATION, Duration.ZERO));
        }
        Section section = parent.child(key);
        Duration first = section.need("first", Forms.DURATION, Duration.ZERO);
        double factor = section.get("factor", FACTOR, 2.0);
        Duration most = section.need("most", Forms.DURATION, first);
        double jitter = section.get("jitter", Forms.SHARE, 0.0);
        section.done();
        if (most.compareTo(first) < 0) {
            section.wrong("most", "shorter than first", "", "at least first", "");
            most = first;
        }
        return new Backoff(first, factor, most, jitter);
    }
}
