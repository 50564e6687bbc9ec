package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Choice;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Option;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code **kwargs} in a call. */
final class Splats {

    private Splats() {}

    /**
     * Adds the entries of a splat to the arguments: of a choice of dicts each key becomes a choice.
     *
     * @return whether all entries are seen
     */
    static boolean into(Map<String, Py> named, Py splat) {
        if (splat instanceof Dict dict) {
            named.putAll(dict.entries());
            return dict.complete();
        }
        if (splat instanceof Py.Const || splat instanceof Missing) {
            return true;
        }
        if (!(splat instanceof Choice choice)) {
            return false;
        }
        boolean complete = true;
        Set<String> keys = new LinkedHashSet<>();
        for (Option one : choice.options()) {
            if (one.value() instanceof Dict dict) {
                keys.addAll(dict.entries().keySet());
                complete &= dict.complete();
            } else if (!(one.value() instanceof Py.Const)) {
                complete = false;
            }
        }
        for (String key : keys) {
            List<Option> options = new ArrayList<>();
            for (Option one : choice.options()) {
                Py value = one.value() instanceof Dict dict
                        ? dict.entries().getOrDefault(key, new Missing())
                        : new Missing();
                options.add(new Option(one.condition(), value));
            }
            named.put(key, Choices.of(options));
        }
        return complete;
    }
}
