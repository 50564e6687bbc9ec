package dev.poolwright.scan.jvm;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of this package. */
public final class JvmReaders {

    private JvmReaders() {}

    public static List<Reader> all() {
        return List.of(
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
                new JavaExecutorReader());
    }
}
