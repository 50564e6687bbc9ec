package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The check of a tree as people use it day by day: outputs, accepted findings, what a change does. */
@Timeout(120)
class CheckOptionsTest {

    private static final String SICK = """
            from sqlalchemy.ext.asyncio import create_async_engine
            from sqlalchemy.pool import QueuePool

            engine = create_async_engine(
                "postgresql+asyncpg://shop:hunter2@db.internal/shop",
                poolclass=QueuePool,
                pool_size=5,
            )


            async def ready():
                async with engine.connect() as connection:
                    await connection.exec_driver_sql("select 1")
            """;
    private static final String WELL =
            SICK.replace("    poolclass=QueuePool,\n", "").replace("shop:hunter2@", "");

    @TempDir
    private Path tree;

    @TempDir
    private Path out;

    @BeforeEach
    void writeTheTree() throws IOException {
        Files.createDirectories(tree.resolve("app"));
        Files.writeString(tree.resolve("requirements.txt"), "sqlalchemy==2.0.36\nasyncpg==0.30.0\n");
        Files.writeString(tree.resolve("app/main.py"), "from app.database import engine, ready\n");
        database(SICK);
    }

    private void database(String text) throws IOException {
        Files.writeString(tree.resolve("app/database.py"), text);
    }

    @Test
    void aDefectIsShownWithItsLineAndFailsTheCommand() {
        Said said = said("check", tree.toString());
        assertThat(said.code).isEqualTo(1);
        assertThat(said.out).contains("PW001 error", "app/database.py:6", "poolclass=QueuePool");
    }

    @Test
    void everyOutputHoldsTheFindingAndNoneTheSecret() throws IOException {
        Said said = said(
                "check",
                tree.toString(),
                "--notes",
                "--json",
                out.resolve("a.json").toString(),
                "--sarif",
                out.resolve("a.sarif").toString(),
                "--junit",
                out.resolve("a.xml").toString());
        String lock = said("lock", tree.toString()).out + Files.readString(tree.resolve("poolwright.lock.json"));
        assertThat(lock).contains("app/database.py#engine", "\"pool_size\"").doesNotContain("hunter2");
        for (String file : new String[] {"a.json", "a.sarif", "a.xml"}) {
            assertThat(Files.readString(out.resolve(file))).contains("PW001").doesNotContain("hunter2");
        }
        assertThat(said.out).doesNotContain("hunter2");
    }

    @Test
    void aCommentAcceptsAFindingOnlyWithAReason() throws IOException {
        database(SICK.replace("poolclass=QueuePool,", "poolclass=QueuePool,  # poolwright: accept PW001"));
        assertThat(said("check", tree.toString()).out).contains("gives no reason");
        assertThat(said("check", tree.toString()).code).isEqualTo(1);
        database(SICK.replace(
                "poolclass=QueuePool,", "poolclass=QueuePool,  # poolwright: accept PW001 because it shows the fault"));
        Said accepted = said("check", tree.toString());
        assertThat(accepted.code).isZero();
        assertThat(accepted.out).contains("1 accepted by a comment").doesNotContain("PW001 error");
    }

    @Test
    void whatTheBaselineKnowsFailsNothingAndWhatIsNewDoes() throws IOException {
        assertThat(said("check", tree.toString(), "--write-baseline").code).isZero();
        database("\n\n" + SICK);
        Said known = said("check", tree.toString());
        assertThat(known.code).isZero();
        assertThat(known.out).contains("known from the baseline");
        Files.writeString(tree.resolve("app/other.py"), SICK);
        Files.writeString(
                tree.resolve("app/main.py"), "from app import database, other\n\nother.engine, database.engine\n");
        assertThat(said("check", tree.toString()).code).isEqualTo(1);
        Files.writeString(tree.resolve("poolwright.baseline.json"), "{");
        assertThat(said("check", tree.toString()).code).isEqualTo(2);
    }

    @Test
    void aChangeIsHeldAgainstARevision() throws IOException, InterruptedException {
        database(WELL);
        commit();
        database(WELL.replace("pool_size=5", "pool_size=50"));
        Said raised = said("check", tree.toString(), "--against", "HEAD");
        assertThat(raised.out).contains("raises the ceiling of", "to 60", "pool_size = 5", "pool_size = 50");
        assertThat(raised.code).isZero();
        database(SICK);
        assertThat(said("check", tree.toString(), "--against", "HEAD").code).isEqualTo(1);
        Said nowhere = said("check", tree.toString(), "--against", "no-such-revision");
        assertThat(nowhere.code).isEqualTo(2);
        assertThat(nowhere.out).contains("no-such-revision: no such revision here");
    }

    @Test
    void initWritesOnlyTheGapsAndTheResultIsRead() throws IOException {
        database(WELL);
        Said written = said("init", tree.toString());
        assertThat(written.code).as(written.out).isZero();
        assertThat(written.out).contains(": 1 service, ");
        assertThat(Files.readString(tree.resolve("poolwright.yaml")))
                .contains("from: \"app/database.py#engine\"", "settled_by")
                .doesNotContain("pool_size");
        assertThat(said("check", tree.toString()).code).isZero();
        assertThat(said("init", tree.toString()).code).isEqualTo(2);
        assertThat(said("init", tree.toString(), "--force").code).isZero();
    }

    @Test
    void theLockFileTellsWhenItIsOld() throws IOException {
        database(WELL);
        assertThat(said("lock", tree.toString()).code).isZero();
        assertThat(said("lock", tree.toString(), "--check").code).isZero();
        database(WELL.replace("pool_size=5", "pool_size=6"));
        assertThat(said("lock", tree.toString(), "--check").code).isEqualTo(1);
    }

    @Test
    void theGateIsClosedByADefectAndSaysWhatItDidNotRun() throws IOException {
        Said closed = said("gate", "--before", "staging", tree.toString());
        assertThat(closed.code).isEqualTo(1);
        assertThat(closed.out).contains("closed: gate before staging", "not run: no proof.yaml");
        database(WELL);
        Said open = said("gate", "--before", "production", tree.toString());
        assertThat(open.code).as(open.out).isZero();
        assertThat(open.out).contains("open: gate before production", "not run: no poolwright.yaml");
        assertThat(said("init", tree.toString()).code).isZero();
        Said idle = said("gate", "--before", "production", tree.toString());
        assertThat(idle.code).as(idle.out).isZero();
        assertThat(idle.out).contains("not run: no load in ", "open: gate before production");
    }

    @Test
    void aUrlIsCheckedAndEverythingThatIsWrongIsSaidAtOnce() {
        Said wrong = said(
                "url",
                "--driver",
                "asyncpg",
                "--environment",
                "production",
                "postgresql+asyncpg://walter:Xk29_vQ7w@localhost:99999/shop?sslmode=require&pgbouncer=true");
        assertThat(wrong.code).isEqualTo(1);
        assertThat(wrong.out)
                .contains("PW007 error", "sslmode", "pgbouncer", "PW008 note", "PW009 note", "port: must be from 1")
                .doesNotContain("walter", "Xk29");
        assertThat(said("url", "--driver", "asyncpg", "postgresql://db.internal/shop"))
                .satisfies(said -> {
                    assertThat(said.code).isEqualTo(1);
                    assertThat(said.out).contains("scheme = postgresql: asyncpg does not take it");
                });
        assertThat(said("url", "postgresql+asyncpg://db.internal:5432/shop").out)
                .contains("nothing is wrong");
        Said none = said("url", "walter:Xk29_vQ7w");
        assertThat(none.code).isEqualTo(2);
        assertThat(none.out).contains("is no database URL").doesNotContain("Xk29");
        assertThat(said("url").code).isEqualTo(2);
    }

    @Test
    void aUrlIsBuiltAndNeverShown() throws IOException {
        Path file = out.resolve("url");
        Said said = said(
                "url",
                "--driver",
                "asyncpg",
                "--host",
                "db.internal",
                "--database",
                "shop",
                "--user",
                "walter",
                "--tls",
                "require",
                "--write",
                file.toString());
        assertThat(said.code).as(said.out).isZero();
        assertThat(said.out)
                .contains("db.internal", "shop", "ssl=require", "***")
                .doesNotContain("walter");
        assertThat(Files.readString(file)).contains("walter@db.internal");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(said("url", "--driver", "asyncpg", "--host", "a b").code).isEqualTo(2);
    }

    @Test
    void theHookAndThePipelineRefuseADefect() throws IOException, InterruptedException {
        Path bin = Files.createDirectories(out.resolve("bin"));
        Path command = bin.resolve("poolwright");
        Files.writeString(
                command,
                "#!/bin/sh\nexec '" + ProcessHandle.current().info().command().orElseThrow()
                        + "' --enable-native-access=ALL-UNNAMED -cp '" + System.getProperty("java.class.path")
                        + "' dev.poolwright.cli.Main \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        git("init", "-q");
        Path hook = tree.resolve(".git/hooks/pre-commit");
        Files.copy(Path.of("..", "..", "docs", "ci", "pre-commit"), hook);
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Said refused = shell(bin, "git add -A && git -c user.name=a -c user.email=a@b commit -qm sick");
        assertThat(refused.code).isEqualTo(1);
        assertThat(refused.out).contains("PW001 error", "app/database.py:6");
        String pipeline = Files.readString(Path.of("..", "..", "docs", "ci", "github-actions.yml"))
                .lines()
                .filter(line -> line.strip().startsWith("run: poolwright"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("^\\s*run: ", "");
        assertThat(shell(bin, pipeline).code).isEqualTo(1);
        assertThat(tree.resolve("poolwright.sarif")).isNotEmptyFile();
        database(WELL);
        assertThat(shell(bin, "git add -A && git -c user.name=a -c user.email=a@b commit -qm well").code)
                .isZero();
        assertThat(Files.readString(Path.of("..", "..", ".pre-commit-hooks.yaml")))
                .contains("entry: poolwright check", "language: script");
    }

    private void commit() throws IOException, InterruptedException {
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder("git");
        for (String argument : arguments) {
            line.append(" '").append(argument).append('\'');
        }
        assertThat(shell(out, line.toString()).code).isZero();
    }

    private Said shell(Path bin, String line) throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", line).directory(tree.toFile()).redirectErrorStream(true);
        shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        Process process = shell.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    private record Said(int code, String out) {}

    private static Said said(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream into = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(into);
            System.setErr(into);
            return new Said(Main.run(arguments), bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
