package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.tree.Language;
import java.util.EnumSet;
import java.util.List;

/** Python files outside tests: a pool that a test makes is no service's pool. */
final class PoolInterest {

    private PoolInterest() {}

    static Interest of(String... words) {
        return new Interest(EnumSet.of(Language.PYTHON), file -> file.place() != Place.TEST, List.of(words));
    }
}
