package dev.poolwright.scan.library;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of this package. */
public final class LibraryReaders {

    private LibraryReaders() {}

    public static List<Reader> all() {
        return List.of(
                new RequirementsReader(),
                new PyprojectReader(),
                new PythonLockReader(),
                new SetupCfgReader(),
                new SetupPyReader(),
                new CondaReader(),
                new PomReader(),
                new GradleReader(),
                new PackageJsonReader(),
                new NodeLockReader(),
                new OtherStacksReader());
    }
}
