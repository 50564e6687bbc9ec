package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of this package. */
public final class PythonReaders {

    private PythonReaders() {}

    public static List<Reader> all() {
        return List.of(new SqlAlchemyReader(),
                new EngineFromConfigReader(),
                new FlaskSqlAlchemyReader(),
                new DriverPoolReader(),
                new DjangoReader(),
                new PythonUrlReader(),
                new IdlePythonSettingReader());
    }
}
