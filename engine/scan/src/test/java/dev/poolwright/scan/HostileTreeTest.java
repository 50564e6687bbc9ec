package dev.poolwright.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever else is in a tree: the pool in its one healthy file is found, and nothing hangs or is thrown. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class HostileTreeTest {

    private static final String ENGINE =
            "from sqlalchemy import create_engine\nengine = create_engine(\"postgresql://db/app\", pool_size=5)\n\n\ndef ping():\n    engine.connect().close()\n";

    @TempDir
    Path outside;

    private Path root = Path.of("");

    @BeforeEach
    void healthyFile() throws IOException {
        root = outside.resolve("tree");
        write("app/database.py", ENGINE);
    }

    @Test
    void linksAreNotFollowedInLoopsNorOutOfTheTree() throws Exception {
        Files.writeString(outside.resolve("secret.py"), ENGINE);
        Files.createSymbolicLink(root.resolve("loop"), root);
        Files.createSymbolicLink(root.resolve("app/up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("secret.py"), outside.resolve("secret.py"));
        Files.createSymbolicLink(root.resolve("all"), outside);
        Files.createSymbolicLink(root.resolve("nowhere.py"), Path.of("nowhere"));

        assertThat(scan().coverage().files()).isEqualTo(1);
    }

    @Test
    void fileOfTwoGigabytesIsSkippedAndNamed() throws Exception {
        for (String name : List.of("huge.py", "compose.yaml")) {
            try (RandomAccessFile huge = new RandomAccessFile(root.resolve(name).toFile(), "rw")) {
                huge.setLength(2L << 30);
            }
        }
        assertThat(scan().coverage().skipped())
                .contains("huge.py: larger than 4 MiB", "compose.yaml: larger than 4 MiB");
    }

    @Test
    void hundredLevelsOfFoldersEndAtTheBoundWithALine() throws Exception {
        write("d/".repeat(100) + "deep.py", ENGINE);

        assertThat(scan().coverage().skipped()).singleElement().asString().endsWith("deeper than 64 folders");
    }

    @Test
    void bytesThatAreNoTextAreReadAsTheyAre() throws Exception {
        Files.write(
                root.resolve("broken.py"),
                ("\u00ff\u0000\u00fecreate_engine(\u0000" + ENGINE).getBytes(StandardCharsets.ISO_8859_1));
        Files.write(
                root.resolve("compose.yaml"),
                new byte[] {(byte) 0xc3, 0x28, 0, 's', 'e', 'r', 'v', 'i', 'c', 'e', 's', ':'});
        write("line.py", "create_engine = \"" + "x".repeat(1 << 20) + "\"\n");
        write("long.py", "create_engine = \"" + "x".repeat(900_000) + "\"\n");

        scan();
    }

    @Test
    void bombsOfAliasesAndEntitiesGoOff() throws Exception {
        StringBuilder aliases = new StringBuilder("services:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        StringBuilder entities = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY e0 \"x\">");
        for (int i = 1; i < 20; i++) {
            aliases.append("  a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
            entities.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(9)));
        }
        write("compose.yaml", aliases.toString());
        write("k8s.yaml", "apiVersion: v1\n" + aliases);
        write("pom.xml", entities + "]><project><artifactId>&e59;</artifactId></project>");
        write(
                "other/pom.xml",
                "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><project><artifactId>&e;</artifactId></project>");

        scan();
    }

    @ParameterizedTest
    @CsvSource({
        "deep.py,create_engine,(",
        "deep.py,create_engine,[",
        "deep.py,create_engine,{",
        "deep.py,create_engine,-",
        "Deep.java,HikariConfig,(",
        "Deep.java,HikariConfig,{",
        "Deep.java,HikariConfig,[",
        "deep.ts,new Pool,(",
        "deep.ts,new Pool,[",
        "deep.ts,new Pool,{",
        "deep.ts,new Pool,<",
        "deep.tsx,new Pool,<a>",
        "deep.js,new Pool,(",
        "deep.js,new Pool,<",
        "package.json,,[",
        "package.json,,'{\"a\":'",
        "compose.yaml,services:,[",
        "compose.yaml,services:,{a: ",
        "pyproject.toml,,'a = ['",
        "main.tf,aws_db_instance,(",
        "main.tf,aws_db_instance,'a {'",
        "pom.xml,,<a>",
        "build.gradle,,(",
        "build.gradle.kts,,{",
        "schema.prisma,,{",
        "Dockerfile,,(",
        ".env,,${",
    })
    void hundredThousandOpenBracketsEnd(String name, String word, String bracket) throws Exception {
        String first = word == null ? "" : word;
        write(name, first + bracket.repeat(100_000));
        write(
                "b/" + name,
                "from sqlalchemy import x\nimport { Pool } from 'pg'\n" + first + " = " + bracket.repeat(30_000) + "\n"
                        + first + "\n");

        scan();
    }

    @Test
    void fileThatVanishesWhileTheTreeIsReadIsNamed() throws Exception {
        write("a/first.py", ENGINE);
        write("gone.py", ENGINE);
        Reader deleting = reader((file, project) -> {
            Files.deleteIfExists(root.resolve("gone.py"));
            assertThat(project.text(project.file("gone.py").orElseThrow())).isEmpty();
        });

        Facts facts = Scan.of(root, 1, List.of(deleting), Scan.Failure.THROWN);

        assertThat(facts.coverage().skipped()).containsExactly("gone.py: gone while the tree was read");
    }

    @Test
    void fileThatGrowsWhileTheTreeIsReadIsReadUpToTheBound() throws Exception {
        write("grows.py", ENGINE);
        Reader growing = reader((file, project) -> {
            try (RandomAccessFile huge =
                    new RandomAccessFile(root.resolve("grows.py").toFile(), "rw")) {
                huge.setLength(1L << 31);
            }
            assertThat(project.text(project.file("grows.py").orElseThrow())).isEmpty();
        });

        Facts facts = Scan.of(root, 1, List.of(growing), Scan.Failure.THROWN);

        assertThat(facts.coverage().skipped()).containsExactly("grows.py: larger than 4 MiB");
    }

    @Test
    void fileThatBecomesALinkIsNotFollowed() throws Exception {
        Files.writeString(outside.resolve("secret.py"), ENGINE);
        write("turns.py", ENGINE);
        Reader linking = reader((file, project) -> {
            Files.deleteIfExists(root.resolve("turns.py"));
            Files.createSymbolicLink(root.resolve("turns.py"), outside.resolve("secret.py"));
            assertThat(project.text(project.file("turns.py").orElseThrow())).isEmpty();
            Files.delete(root.resolve("turns.py"));
        });

        Facts facts = Scan.of(root, 1, List.of(linking), Scan.Failure.THROWN);

        assertThat(facts.coverage().skipped()).isNotEmpty().allMatch(line -> line.startsWith("turns.py: "));
    }

    @Test
    void namesWithLineBreaksQuotesAndSignsStayOnOneLine() throws Exception {
        for (String name :
                List.of("a\nb.py", "\"q'.py", "\u2028x.py", "\u00e4\ud83d\ude00.py", " .py", "\u001b[31m.py")) {
            try (RandomAccessFile huge = new RandomAccessFile(root.resolve(name).toFile(), "rw")) {
                huge.setLength(5 << 20);
            }
        }
        assertThat(scan().coverage().skipped()).hasSize(6).allMatch(line -> line.matches("[^\\p{Cntrl}\\u2028]+"));
    }

    @Test
    void whatIsNoRegularFileIsNotOpened() throws Exception {
        Process made = new ProcessBuilder("mkfifo", root.resolve("fifo.py").toString()).start();
        assertThat(made.waitFor()).isZero();
        Path place = Path.of("/tmp", "pw" + ProcessHandle.current().pid() + ".py");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(place));
            Files.move(place, root.resolve("socket.py"));

            assertThat(scan().coverage().files()).isEqualTo(1);
        } finally {
            Files.deleteIfExists(place);
        }
    }

    @Test
    void tenThousandFilesInOneFolderAreRead() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            write("many/f" + i + ".py", "x = 1\n");
        }
        assertThat(scan().coverage().files()).isEqualTo(10_001);
    }

    @Test
    void syntaxErrorHidesNoOtherFile() throws Exception {
        write("app/broken.py", "def f(:\n  create_engine(((\n\"\"\"");
        write("compose.yaml", "services: [}\n\t- :");
        write("package.json", "{\"dependencies\": ");
        write("src/main/resources/application.yml", "spring:\n datasource: {hikari: [");

        scan();
    }

    @Test
    void readerThatFailsIsNamedAndTheOthersReadOn() throws Exception {
        List<Reader> readers = new ArrayList<>(Readers.all());
        readers.add(0, reader((file, project) -> {
            throw new IllegalStateException("broken");
        }));

        Facts facts = Scan.of(root, 2, readers, Scan.Failure.NAMED);

        assertThat(facts.of(DeclaredPool.class)).isNotEmpty();
        assertThat(facts.coverage().skipped())
                .singleElement()
                .asString()
                .startsWith("app/database.py: reader ")
                .endsWith(": please report");
    }

    @Test
    void nothingIsWritten() throws Exception {
        List<String> before = listing();
        scan();
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void letGoOrKeptTheFactsAreTheSame() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("s" + i + "/app/db.py", ENGINE + "# " + "x".repeat(500_000));
            write("s" + i + "/app/__init__.py", "");
        }
        Facts one = Scan.of(root, 1);
        Facts two = Scan.of(root, 2);

        assertThat(one.all()).isEqualTo(two.all());
        assertThat(one.of(DeclaredPool.class)).hasSize(21);
    }

    private interface Act {
        void on(SourceFile file, Project project) throws IOException;
    }

    private static Reader reader(Act act) {
        return new Reader() {
            @Override
            public Stage stage() {
                return Stage.CODE;
            }

            @Override
            public Interest interest() {
                return Interest.named(
                        List.of(Language.PYTHON).stream().collect(java.util.stream.Collectors.toSet()),
                        file -> file.name().equals("app/database.py"));
            }

            @Override
            public void read(SourceFile file, Project project, Consumer<Fact> facts) {
                try {
                    act.on(file, project);
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            }
        };
    }

    /** The facts; the healthy file's pool is among them. */
    private Facts scan() throws IOException, InterruptedException {
        Facts facts = Scan.of(root, 2, Readers.all(), Scan.Failure.THROWN);
        assertThat(facts.of(DeclaredPool.class))
                .anyMatch(pool -> pool.origin().file().equals("app/database.py"));
        return facts;
    }

    private List<String> listing() throws IOException {
        try (var all = Files.walk(outside)) {
            return all.map(path -> path + " " + path.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(UTF_8));
    }
}
