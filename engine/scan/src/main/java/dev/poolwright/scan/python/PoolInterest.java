package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/** Python files outside tests: a pool that a test makes is no service's pool. */
final class PoolInterest {

    /** One object, so that a name is put to it once for all readers. */
    private static final Predicate<SourceFile> NO_TEST = PoolInterest::isNoTest;

    private PoolInterest() {}

    private static boolean isNoTest(SourceFile file) {
        return file.place() != Place.TEST;
    }

    static Interest of(String... words) {
        return new Interest(EnumSet.of(Language.PYTHON), NO_TEST, List.of(words));
    }
}
