package dev.poolwright.scan;

import dev.poolwright.scan.project.Reader;
import java.util.ArrayList;
import java.util.List;

/** Every reader. Each package lists its own, so that a new reader touches its own package only. */
final class Readers {

    private Readers() {}

    static List<Reader> all() {
        List<Reader> all = new ArrayList<>();
        all.addAll(dev.poolwright.scan.library.LibraryReaders.all());
        all.addAll(dev.poolwright.scan.infra.InfraReaders.all());
        all.addAll(dev.poolwright.scan.python.PythonReaders.all());
        all.addAll(dev.poolwright.scan.jvm.JvmReaders.all());
        all.addAll(dev.poolwright.scan.node.NodeReaders.all());
        return List.copyOf(all);
    }
}
