package dev.poolwright.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check is shown what it must refuse and what it must let pass: a check that sees nothing would be green for ever. */
class PlantedTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catch (Exception e) { }",
                "catch (NumberFormatException e) { /* cannot happen */ }",
                "catch (Exception e) { return false; }",
                "catch (java.io.IOException e) { close(); }",
                "catch (RuntimeException | Error e) { e.printStackTrace(); }",
                "catch (java.sql.SQLException _) { return null; }",
                "catch (Throwable t) { System.out.println(\"failed\"); }",
                "catch (InterruptedException e) { e.getMessage(); }",
                "catch (Exception e) { Runnable later = () -> { throw new IllegalStateException(e); }; }",
                "catch (Exception e) { for (int i = 0; i < 3; i++) { close(); } }",
            })
    void aSwallowedFailureIsCaught(String clause) {
        assertThat(SwallowedFailures.in(around(clause)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Planted.java:5: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catch (Exception e) { throw new IllegalStateException(e); }",
                "catch (NumberFormatException e) { return null; }",
                "catch (Exception e) { return new Failed(e); }",
                "catch (Exception e) { return e.getMessage(); }",
                "catch (Exception e) { failures++; }",
                "catch (Exception _) { failures += 1; }",
                "catch (Exception e) { log.warn(\"gone\", e); }",
                "catch (Exception e) { counters.countFailure(); }",
                "catch (InterruptedException e) { Thread.currentThread().interrupt(); }",
                "catch (java.io.IOException e) { last = e; }",
                "catch (Exception e) { if (retry) { close(); } else { throw e; } }",
            })
    void aFailureThatLeavesATracePasses(String clause) {
        assertThat(SwallowedFailures.in(around(clause))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.nanoTime()",
                "java.lang.System.currentTimeMillis()",
                "Instant.now()",
                "TimeUnit.MILLISECONDS.sleep(3)",
                "new Random()",
                "new java.util.SplittableRandom()",
                "clock(System::nanoTime)",
                "ThreadLocalRandom.current().nextInt()",
            })
    void realTimeAndChanceAreCaught(String expression) {
        assertThat(RealTime.in(body("Object x = " + expression + ";"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock.nanoTime()", "new Random(seed)", "Instant.ofEpochMilli(3)", "now()"})
    void injectedTimeAndSeededChancePass(String expression) {
        assertThat(RealTime.in(body("Object x = " + expression + ";"))).isEmpty();
    }

    @Test
    void aStaticImportDoesNotHideTheClock() {
        assertThat(RealTime.in(Source.parse("A.java", "import static java.lang.System.nanoTime; class A {}")))
                .hasSize(1);
        assertThat(RealTime.in(Source.parse("A.java", "import static java.lang.System.*; class A {}")))
                .hasSize(1);
    }

    @Test
    void emptyNamesAndSwitchedOffTestsAreCaught() {
        assertThat(Words.in(Source.parse("A.java", "package a.util; class FleetHelper { interface PoolManager {} }")))
                .hasSize(3);
        assertThat(Words.in(Source.parse("A.java", "class A { @Disabled(\"slow\") void slow() {} }")))
                .hasSize(1);
        assertThat(Words.in(Source.parse("A.java", "package a; class Utilization { record Implied() {} }")))
                .isEmpty();
    }

    @Test
    void wordsOutsideCodeAreCaught() {
        assertThat(Words.lines("a.md", "x\n// TO" + "DO: more", Words.LEFT_FOR_LATER))
                .containsExactly("a.md:2: TO" + "DO");
        assertThat(Words.lines("a.md", "see /ho" + "me/ann/pool", Words.MACHINE_PATH))
                .hasSize(1);
        assertThat(Words.lines("a.md", "GET /api/users/1 or https://x.org/home/page", Words.MACHINE_PATH))
                .isEmpty();
        assertThat(Words.lines("a.md", "https://py" + "pi.org/simple", Words.REGISTRY_HOST))
                .hasSize(1);
        assertThat(Words.strayReplicas("a.md", "each rep" + "lica opens ten")).hasSize(1);
        assertThat(Words.strayReplicas("a.md", "a read replica, read_replica, ReadReplica, read-only replica"))
                .isEmpty();
        assertThat(Words.strayReplicas("a.yaml", "  replicas: 3")).isEmpty();
    }

    @Test
    void arrowsAreOneWay() {
        assertThat(Arrows.mayDepend("rules", "policy", false)).isTrue();
        assertThat(Arrows.mayDepend("rules", "files", true)).isTrue();
        assertThat(Arrows.mayDepend("rules", "files", false)).isFalse();
        assertThat(Arrows.mayDepend("policy", "model", false)).isFalse();
        assertThat(Arrows.mayDepend("proxy", "model", true)).isFalse();
        assertThat(Arrows.mayDepend("lab", "files", true)).isFalse();
    }

    @Test
    void testScopeIsReadFromThePom() {
        String pom = "<project><dependencies><dependency><artifactId>poolwright-files</artifactId><scope>test</scope>"
                + "</dependency><dependency><artifactId>picocli</artifactId></dependency></dependencies></project>";
        assertThat(Poms.ofOurs(pom)).containsExactly(new Poms.Dependency("files", true));
    }

    @Test
    void aRuleWithoutPageOrRecordedOutputsIsCaught() throws Exception {
        write(
                "engine/rules/src/main/java/dev/poolwright/rules/PW010Oversubscribed.java",
                "class PW010Oversubscribed {}");
        write("docs/rules/PW011.md", "# PW011");
        assertThat(Pages.ofRules(Tree.under(folder)))
                .containsExactly(
                        "PW010: no page docs/rules/PW010.md",
                        "PW010: no recorded output engine/rules/src/test/resources/recorded/PW010/fires*.txt",
                        "PW010: no fleet that must stay silent engine/rules/src/test/resources/recorded/PW010/silent*.yaml",
                        "PW011: has a page or recorded output, but no class in"
                                + " engine/rules/src/main/java/dev/poolwright/rules/");
        write("docs/rules/PW010.md", "# PW010");
        write("engine/rules/src/test/resources/recorded/PW010/fires.txt", "PW010 error");
        write("engine/rules/src/test/resources/recorded/PW010/silent.yaml", "format: 1");
        Files.delete(folder.resolve("docs/rules/PW011.md"));
        assertThat(Pages.ofRules(Tree.under(folder))).isEmpty();
        write("engine/rules/src/main/java/dev/poolwright/rules/PW010Again.java", "class PW010Again {}");
        assertThat(Pages.ofRules(Tree.under(folder)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("PW010: 2 classes");
    }

    @Test
    void faultsAndScenariosWithoutAPageAreCaught() throws Exception {
        write(
                "engine/model/src/main/java/dev/poolwright/model/scenario/Fault.java",
                "public sealed interface Fault { record PathCap(int connections) implements Fault {} record Other() {} }");
        write("engine/files/src/main/resources/scenarios/spike.yaml", "scenario: spike");
        write("docs/scenarios/gone.md", "# gone");
        assertThat(Pages.ofFaults(Tree.under(folder)))
                .containsExactly("fault path_cap: no page docs/faults/path_cap.md");
        assertThat(Pages.ofScenarios(Tree.under(folder)))
                .containsExactly(
                        "scenario spike: no page docs/scenarios/spike.md",
                        "docs/scenarios/gone.md: describes a scenario that does not exist");
    }

    @Test
    void aFileThatIsNoJavaIsAnErrorAndNotPassedOver() {
        assertThatThrownBy(() -> Source.parse("A.java", "class A {")).hasMessageContaining("A.java cannot be parsed");
    }

    private void write(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Source around(String clause) {
        return body("try {\n  work();\n} " + clause);
    }

    private static Source body(String statements) {
        return Source.parse(
                "Planted.java", "class Planted {\n Object planted() {\n" + statements + "\n return null;\n }\n}\n");
    }

    @Test
    void everyPlaceIsReportedOnce() {
        Source two = body("try { a(); } catch (Exception e) { } try { b(); } catch (Exception e) { }");
        assertThat(SwallowedFailures.in(two))
                .isEqualTo(List.of(
                        "Planted.java:3: the catch block is empty", "Planted.java:3: the catch block is empty"));
    }
}
