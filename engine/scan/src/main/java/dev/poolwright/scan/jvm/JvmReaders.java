package dev.poolwright.scan.jvm;

import dev.poolwright.scan.jvm.shape.JavaShapeReaders;
import dev.poolwright.scan.project.Reader;
import java.util.ArrayList;
import java.util.List;

/** The readers of this package. */
public final class JvmReaders {

    private JvmReaders() {}

    public static List<Reader> all() {
        List<Reader> all = new ArrayList<>(List.of(
                new SpringPoolReader(),
                new SeveralSourcesReader(),
                new SpringR2dbcReader(),
                new QuarkusReader(),
                new MicronautReader(),
                new ApplicationUrlReader(),
                new ApplicationWorkersReader(),
                new GrailsReader(),
                new HibernatePoolReader(),
                new SpringXmlReader(),
                new PoolFileReader(),
                new TomcatResourceReader(),
                new JavaPoolReader(),
                new JavaBuilderPoolReader(),
                new JavaExecutorReader()));
        all.addAll(JavaShapeReaders.all());
        return List.copyOf(all);
    }
}
