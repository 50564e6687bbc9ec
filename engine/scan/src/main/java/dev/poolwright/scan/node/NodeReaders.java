package dev.poolwright.scan.node;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of this package. */
public final class NodeReaders {

    private NodeReaders() {}

    public static List<Reader> all() {
        return List.of(
                new PgReader(),
                new PostgresJsReader(),
                new MysqlReader(),
                new PrismaReader(),
                new KnexReader(),
                new TypeOrmReader(),
                new SequelizeReader(),
                new DrizzleReader(),
                new HeldReader(),
                new TransactionReader(),
                new HealthReader(),
                new MisreportReader(),
                new StartReader(),
                new SessionReader(),
                new FanOutReader());
    }
}
