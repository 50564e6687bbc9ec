package dev.poolwright.files.tree;

import dev.poolwright.model.fleet.Value;
import java.util.Optional;

/**
 * A value that is not certain: {@code {between: [2, 8], because: …}}, {@code {one_of: [5, 20], because: …}} or
 * {@code {unknown: why, settled_by: what}}.
 */
final class Uncertain {

    private Uncertain() {}

    static <T> Optional<Value<T>> read(Section section, Form<T> form) {
        Optional<Value<T>> value = Optional.empty();
        String why = section.get("because", Forms.TEXT, "not said");
        if (section.has("between")) {
            var ends = section.words("between", form);
            if (ends.size() == 2) {
                value = Optional.of(new Value.Between<>(ends.get(0), ends.get(1), why, section.origin()));
            } else {
                section.wrong("between", "a range needs two ends", "", "[low, high]", "");
            }
        } else if (section.has("one_of")) {
            var cases = section.words("one_of", form).stream()
                    .map(one -> new Value.Case<>(why, Value.known(one, section.origin())))
                    .toList();
            if (!cases.isEmpty()) {
                value = Optional.of(new Value.OneOf<>(cases, section.origin()));
            }
        } else {
            String unknown = section.need("unknown", Forms.TEXT, "not said");
            String settledBy = section.get("settled_by", Forms.TEXT, "stating it in the fleet file");
            value = Optional.of(new Value.Unknown<>(unknown, settledBy, section.origin()));
        }
        section.done();
        return value;
    }
}
