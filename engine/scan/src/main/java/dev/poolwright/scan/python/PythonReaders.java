package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Reader;
import java.util.ArrayList;
import java.util.List;

/** The readers of this package. */
public final class PythonReaders {

    private PythonReaders() {}

    public static List<Reader> all() {
        List<Reader> all = new ArrayList<>(List.of(
                new SqlAlchemyReader(),
                new EngineFromConfigReader(),
                new AlchemyConfigReader(),
                new FlaskSqlAlchemyReader(),
                new DriverPoolReader(),
                new DjangoReader(),
                new PythonUrlReader(),
                new IdlePythonSettingReader()));
        all.addAll(ShapeReaders.all());
        return List.copyOf(all);
    }
}
