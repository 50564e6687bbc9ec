package dev.poolwright.scan.tree;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.model.fact.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTreeTest {

    @TempDir
    private Path root;

    @Test
    void filesComeInOrderOfNameWithTheirLanguage() throws IOException {
        write("b/main.py");
        write("a.java");
        write("b/Dockerfile");
        assertThat(SourceTree.walk(root).files())
                .extracting(SourceFile::name, SourceFile::language)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.java", Language.JAVA),
                        org.assertj.core.groups.Tuple.tuple("b/Dockerfile", Language.DOCKERFILE),
                        org.assertj.core.groups.Tuple.tuple("b/main.py", Language.PYTHON));
    }

    @Test
    void linksAreNotFollowedSoThereIsNoLoopAndNothingOutsideIsRead(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret.py"), "x");
        write("app/main.py");
        Files.createSymbolicLink(root.resolve("app/loop"), root);
        Files.createSymbolicLink(root.resolve("app/out"), outside);
        Files.createSymbolicLink(root.resolve("app/file.py"), outside.resolve("secret.py"));
        assertThat(SourceTree.walk(root).files()).extracting(SourceFile::name).containsExactly("app/main.py");
    }

    @Test
    void folderWithoutPermissionIsNamedInOneLineAndTheRestIsRead() throws Exception {
        write("app/main.py");
        write("closed/secret.py");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path closed = root.resolve("closed");
        Files.setPosixFilePermissions(closed, Set.of());
        // One thread walks, and it is the one that gives its rights away.
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            SourceTree tree = one.submit(() -> Unprivileged.call(() -> SourceTree.walk(root, one)))
                    .get(10, SECONDS);
            assertThat(tree.files()).extracting(SourceFile::name).containsExactly("app/main.py");
            assertThat(tree.skipped()).containsExactly("closed: no permission");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void foldersDeeperThanTheBoundAreNamedAndNotEntered() throws IOException {
        Path deep = root;
        for (int i = 0; i < 100; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("main.py"), "x");
        write("top.py");
        SourceTree tree = SourceTree.walk(root);
        assertThat(tree.files()).extracting(SourceFile::name).containsExactly("top.py");
        assertThat(tree.skipped()).hasSize(1).first().asString().endsWith("deeper than 64 folders");
    }

    @Test
    void whatBuildsAndPackageManagersMadeIsNotEntered() throws IOException {
        write("node_modules/pg/index.js");
        write("target/App.java");
        write(".git/config.py");
        assertThat(SourceTree.walk(root).files()).isEmpty();
    }

    @Test
    void aLinkInPlaceOfAFileIsNotReadEvenWhenItCameAfterTheWalk(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret.py"), "x");
        Path link = Files.createSymbolicLink(root.resolve("main.py"), outside.resolve("secret.py"));
        assertThatThrownBy(() -> new Bytes(100).read(link)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileLargerThanTheBoundIsNotRead() throws IOException {
        write("main.py");
        Files.writeString(root.resolve("main.py"), "x".repeat(200_000));
        assertThat(new Bytes(100_000).read(root.resolve("main.py"))).isFalse();
        Bytes all = new Bytes(200_000);
        assertThat(all.read(root.resolve("main.py"))).isTrue();
        assertThat(all.length()).isEqualTo(200_000);
    }

    @ParameterizedTest
    @CsvSource({
        "app/database.py, MAIN",
        "app/tests/database.py, TEST",
        "src/test/java/A.java, TEST",
        "src/main/java/LatestOrder.java, MAIN",
        "src/main/java/PoolTest.java, TEST",
        "src/main/java/Contest.java, MAIN",
        "app/latest.py, MAIN",
        "app/test_pool.py, TEST",
        "web/pool.spec.ts, TEST",
        "examples/shop/app.py, EXAMPLE",
        "third_party/lib/db.py, VENDORED",
        "alembic/env.py, MIGRATION",
        ".env.example, EXAMPLE",
        "src/main/resources/application-test.yml, TEST",
    })
    void placesAreToldByNames(String name, Place place) throws IOException {
        write(name);
        assertThat(SourceTree.walk(root).files()).extracting(SourceFile::place).containsExactly(place);
    }

    private void write(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
