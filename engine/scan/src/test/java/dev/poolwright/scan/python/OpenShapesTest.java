package dev.poolwright.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenShapesTest {

    private static final String HEAD =
            "from sqlalchemy import text\nfrom fastapi import Depends\nfrom app.database import SessionLocal, engine, get_db\n\n";

    @TempDir
    Path root;

    private List<CodeShape> open(String text) {
        return ShapeSamples.in(root, Shape.NOT_ALWAYS_CLOSED, HEAD + text);
    }

    private List<CodeShape> generators(String text) {
        return ShapeSamples.in(root, Shape.GENERATOR_LEFT_OPEN, HEAD + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    s = SessionLocal()\n    return s.execute(text('x')).all()\n",
                "    s = SessionLocal()\n    rows = s.execute(text('x')).all()\n    s.close()\n    return rows\n",
                "    s = SessionLocal()\n    if key:\n        return None\n    s.close()\n",
                "    c = engine.connect()\n    run(c)\n    c.close()\n",
            })
    void sessionThatAWayOutLeavesOpen(String body) {
        assertThat(open("def work(key):\n" + body)).singleElement().satisfies(one -> {
            assertThat(one.origin().line()).isEqualTo(6);
            assertThat(one.certain()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    s = SessionLocal()\n    try:\n        s.execute(text('x'))\n    finally:\n        s.close()\n",
                "    s = SessionLocal()\n    try:\n        s.execute(text('x'))\n    except Exception:\n        s.close()\n        raise\n    s.close()\n",
                "    s = SessionLocal()\n    return s\n",
                "    s = SessionLocal()\n    s.info['key'] = key\n    yield s\n    s.close()\n",
                "    s = SessionLocal()\n    key.session = s\n",
                "    s = SessionLocal()\n    stack.enter_context(s)\n",
                "    s = SessionLocal()\n    with s:\n        s.execute(text('x'))\n",
                "    s = SessionLocal()\n    return Repository(s)\n",
                "    with SessionLocal() as s:\n        return s.execute(text('x')).all()\n",
                "    s = SessionLocal()\n    atexit.register(s.close)\n",
            })
    void sessionThatIsClosedOrPassedOnIsNot(String body) {
        assertThat(open("def work(key):\n" + body)).isEmpty();
    }

    @Test
    void sessionOfAConstructorThatNothingCloses() {
        assertThat(open("""
                        class Service:
                            def __init__(self):
                                self.session = SessionLocal()

                            def rows(self):
                                return self.session.execute(text("x")).all()
                        """))
                .singleElement()
                .satisfies(one -> assertThat(one.subject()).isEqualTo("Service"));
    }

    @Test
    void sessionOfAConstructorWithACloseIsNot() {
        assertThat(open("""
                        class Service:
                            def __init__(self):
                                self.session = SessionLocal()

                            def close(self):
                                self.session.close()
                        """)).isEmpty();
    }

    @Test
    void dependencyThatReturnsItsSession() {
        assertThat(open("""
                        def session():
                            return SessionLocal()

                        def handler(db=Depends(session)):
                            return db.execute(text("x")).all()
                        """))
                .singleElement()
                .satisfies(one -> assertThat(one.subject()).isEqualTo("session"));
    }

    @Test
    void programsThatAreRunByHandAreLeftAlone() {
        ShapeSamples.write(
                root, "scripts/load.py", HEAD + "def work():\n    s = SessionLocal()\n    s.execute(text('x'))\n");
        ShapeSamples.write(
                root, "tests/test_load.py", HEAD + "def work():\n    s = SessionLocal()\n    s.execute(text('x'))\n");
        assertThat(open("")).isEmpty();
    }

    @Test
    void returnInsideAsyncForLeavesTheGeneratorOpen() {
        assertThat(generators("""
                        async def one():
                            async for db in get_db():
                                return await db.execute(text("x"))
                        """))
                .singleElement()
                .satisfies(one -> assertThat(one.origin()).hasToString("app/service.py:6:5"));
    }

    @Test
    void anextWithoutACloseLeavesItOpen() {
        assertThat(generators("async def one():\n    db = await anext(get_db())\n    await db.execute(text('x'))\n"))
                .hasSize(1);
    }

    @Test
    void generatorsThatRunToTheirEndOrAreClosedAreNot() {
        assertThat(generators("""
                        async def whole():
                            async for db in get_db():
                                await db.execute(text("x"))

                        async def closed():
                            sessions = get_db()
                            db = await anext(sessions)
                            try:
                                await db.execute(text("x"))
                            finally:
                                await sessions.aclose()

                        async def other(items):
                            async for item in items:
                                return item

                        def plain():
                            for key in range(3):
                                return key
                        """)).isEmpty();
    }
}
