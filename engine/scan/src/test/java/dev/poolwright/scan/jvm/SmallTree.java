package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A source tree of a few files, written out and scanned. */
public final class SmallTree {

    static final String JDBC_POM = """
            <project><artifactId>shop</artifactId><dependencies>
            <dependency><artifactId>spring-boot-starter-jdbc</artifactId></dependency>
            </dependencies></project>
            """;

    private final Path root;

    public SmallTree(Path root) {
        this.root = root;
    }

    public SmallTree with(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        return this;
    }

    public Facts facts() throws IOException, InterruptedException {
        return Scan.of(root);
    }

    List<DeclaredPool> pools() throws IOException, InterruptedException {
        return facts().of(DeclaredPool.class);
    }

    DeclaredPool pool() throws IOException, InterruptedException {
        List<DeclaredPool> pools = pools();
        if (pools.size() != 1) {
            throw new AssertionError("pools: " + pools);
        }
        return pools.get(0);
    }

    static Value<Object> setting(DeclaredPool pool, String key) {
        Value<Object> value = pool.settings().get(key);
        if (value == null) {
            throw new AssertionError(key + " is not among " + pool.settings());
        }
        return value;
    }

    List<IdleSetting> idle() throws IOException, InterruptedException {
        return facts().of(IdleSetting.class);
    }

    List<Workers> workers() throws IOException, InterruptedException {
        return facts().of(Workers.class);
    }

    List<DatabaseUrl> urls() throws IOException, InterruptedException {
        return facts().of(DatabaseUrl.class);
    }
}
