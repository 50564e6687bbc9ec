package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of shapes of code. */
final class ShapeReaders {

    private ShapeReaders() {}

    static List<Reader> all() {
        return List.of(
                new HeldAcrossSlowReader(),
                new HeldWhileStreamingReader(),
                new LeftOpenGeneratorReader(),
                new NotAlwaysClosedReader(),
                new PoolPerCallReader(),
                new HealthCheckReader(),
                new SessionStateReader(),
                new MisreportedFailureReader(),
                new ConnectPauseReader(),
                new UnboundedCallersReader(),
                new SharedByLoopsReader(),
                new AfterForkReader());
    }
}
