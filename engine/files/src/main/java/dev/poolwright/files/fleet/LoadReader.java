package dev.poolwright.files.fleet;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Hold;
import dev.poolwright.model.fleet.Load;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a load. */
final class LoadReader {

    private static final int MOST_RETRIES = 1000;
    private static final String NONE = "none";
    private static final Hold NO_HOLD = new Hold(HoldReader.NOTHING, HoldReader.NOTHING, 0);

    private final Collection<String> pools;
    private final HoldReader holds;

    LoadReader(Collection<String> pools, HoldReader holds) {
        this.pools = pools;
        this.holds = holds;
    }

    Load read(String name, Section section) {
        Value<Double> rate =
                section.value("rate", Forms.RATE, Value.unknown("the rate is not stated", "rate: of " + name));
        if (!section.has("rate")) {
            section.missing("rate", Forms.RATE.allowed() + ", or {unknown: why}");
        }
        Load load = new Load(
                name,
                rate,
                poolOrNone(section),
                isWithoutPool(section) ? NO_HOLD : holds.hold(section, "hold"),
                section.get("at_once", Forms.count(1, MOST), 1),
                then(section),
                section.get("deadline", Forms.TIME_LIMIT, Wait.forever()),
                retries(section),
                batch(section),
                holds.work(section),
                section.origin());
        section.done();
        return load;
    }

    private String poolOrNone(Section section) {
        if (!isWithoutPool(section)) {
            return pool(section, "pool");
        }
        section.get("pool", Forms.TEXT, "");
        return "";
    }

    /** {@code pool: none} where the service has no pool of that name. */
    private boolean isWithoutPool(Section section) {
        Node.@Nullable Entry entry = section.written().get("pool");
        return !pools.contains(NONE)
                && entry != null
                && entry.value() instanceof Node.Text text
                && text.text().equals(NONE);
    }

    /** The pool that is named; where the service has only one, it need not be. */
    String pool(Section section, String key) {
        Form<String> form = Form.name("pool of this service", pools);
        return pools.size() == 1 ? section.get(key, form, pools.iterator().next()) : section.need(key, form, "");
    }

    private List<Load.Then> then(Section section) {
        List<Load.Then> further = new ArrayList<>();
        for (Section then : section.items("then")) {
            String pool = then.need("pool", Form.name("pool of this service", pools), "");
            String holding = then.get("while_holding", Form.name("pool of this service", pools), "");
            further.add(new Load.Then(pool, holding, holds.hold(then, "hold")));
            then.done();
        }
        return further;
    }

    private static Load.Retries retries(Section section) {
        if (!section.has("retries")) {
            return Load.Retries.NONE;
        }
        if (section.isSingle("retries")) {
            return new Load.Retries(section.get("retries", Forms.count(0, MOST_RETRIES), 0), Backoff.NONE);
        }
        Section retries = section.child("retries");
        int most = retries.need("most", Forms.count(0, MOST_RETRIES), 0);
        Backoff backoff = Backoffs.read(retries, "backoff");
        retries.done();
        return new Load.Retries(most, backoff);
    }

    private static Load.Batch batch(Section section) {
        if (!section.has("every") && !section.has("lasts")) {
            return Load.Batch.ALWAYS;
        }
        Duration every = section.need("every", Forms.SOME_TIME, Duration.ofDays(1));
        Duration lasts = section.need("lasts", Forms.SOME_TIME, every);
        if (lasts.compareTo(every) > 0) {
            section.wrong("lasts", "longer than every", "", "at most every", "");
        }
        return new Load.Batch(every, lasts);
    }
}
