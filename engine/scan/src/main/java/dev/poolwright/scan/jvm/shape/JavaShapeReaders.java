package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of this package. */
public final class JavaShapeReaders {

    private JavaShapeReaders() {}

    public static List<Reader> all() {
        return List.of(
                new TransactionReader(),
                new ConnectionReader(),
                new VertxReader(),
                new RowCallbackReader(),
                new PoolPerCallReader(),
                new HealthReader(),
                new LivenessReader(),
                new UnboundedReader(),
                new SessionStateReader(),
                new MisreportReader(),
                new StreamingReader());
    }
}
