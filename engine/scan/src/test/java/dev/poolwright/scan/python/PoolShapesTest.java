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

class PoolShapesTest {

    private static final String HEAD = """
            import asyncio
            from celery import shared_task
            from fastapi import APIRouter, Depends, HTTPException
            from functools import lru_cache
            from sqlalchemy import create_engine, select, text
            from sqlalchemy.orm import Session
            from sqlalchemy.pool import NullPool
            from app.database import SessionLocal, get_db

            router = APIRouter()

            """;

    @TempDir
    Path root;

    private List<CodeShape> shapes(Shape shape, String text) {
        return ShapeSamples.in(root, shape, HEAD + text);
    }

    @Test
    void engineOfEachCall() {
        assertThat(
                        shapes(
                                Shape.POOL_PER_CALL,
                                "def send(row):\n    engine = create_engine(URL)\n    s = Session(bind=engine)\n    s.close()\n"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.origin()).hasToString("app/service.py:13:14");
                    assertThat(one.certain()).isTrue();
                });
    }

    @Test
    void engineOfAnObjectThatEachCallMakes() {
        String type = """
                from sqlalchemy.orm import sessionmaker

                class Chats:
                    def __init__(self, chat):
                        engine = create_engine(URL)
                        maker = sessionmaker(bind=engine)
                        self.session = maker()

                    @classmethod
                    def make(cls, chat):
                        found = cls(chat)
                        return found
                """;
        assertThat(shapes(Shape.POOL_PER_CALL, type)).singleElement().satisfies(one -> {
            assertThat(one.origin()).hasToString("app/service.py:16:18");
            assertThat(one.what()).contains("each call of Chats.__init__");
        });
        assertThat(shapes(Shape.POOL_PER_CALL, type + "\nchats = Chats(1)\n")).isEmpty();
        assertThat(shapes(Shape.POOL_PER_CALL, type.replace("found = cls(chat)", "cls.one = cls(chat)")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from app.database import engine\n\ndef post_fork(server, worker):\n    engine.dispose(close=False)\n",
                "import os\nfrom app.database import engine\nos.register_at_fork(after_in_child=lambda: engine.dispose(close=False))\n",
                "import os\nfrom app.database import engine\nos.register_at_fork(after_in_child=engine.dispose)\n",
                "from celery.signals import worker_process_init\n\ndef reset():\n    engine.dispose()\n\n@worker_process_init.connect\ndef fresh(**all):\n    reset()\n",
            })
    void poolThatTheChildOfAForkDisposesOf(String text) {
        assertThat(shapes(Shape.DISPOSED_AFTER_FORK, text)).hasSize(1);
        assertThat(shapes(Shape.DISPOSED_AFTER_FORK, text.replace("dispose", "status")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def send(row):\n    engine = create_engine(URL)\n    try:\n        run(row)\n    finally:\n        engine.dispose()\n",
                "def send(row):\n    engine = create_engine(URL, poolclass=NullPool)\n    s = Session(engine)\n",
                "def make(url):\n    engine = create_engine(url)\n    return engine\n",
                "@lru_cache\ndef engine():\n    found = create_engine(URL)\n    Session(found)\n",
                "def init_db():\n    engine = create_engine(URL)\n    Base.metadata.create_all(engine)\n",
                "def keep(app):\n    engine = create_engine(URL)\n    app.state.engine = engine\n",
                "def load():\n    engine = create_engine('sqlite://')\n    Session(engine)\n",
                "def once():\n    engine = create_engine(URL)\n    Session(engine)\n\nonce()\n",
            })
    void engineThatIsKeptDisposedOfOrMadeOnceIsNot(String text) {
        assertThat(shapes(Shape.POOL_PER_CALL, text)).isEmpty();
    }

    @Test
    void livenessThatBorrows() {
        assertThat(shapes(Shape.POOL_IN_HEALTH_CHECK, """
                        @router.get("/livez")
                        async def live(db=Depends(get_db)):
                            await db.execute(text("select 1"))

                        @router.get("/ready")
                        async def ready(db=Depends(get_db)):
                            await db.execute(text("select 1"))

                        @router.get("/health")
                        async def health():
                            return {}

                        @router.get("/orders/{key}/ready")
                        async def order(db=Depends(get_db)):
                            await db.execute(text("select 1"))
                        """))
                .extracting(CodeShape::what, CodeShape::certain)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("liveness /livez", true),
                        org.assertj.core.groups.Tuple.tuple("readiness /ready", false));
    }

    @Test
    void sessionStateInSql() {
        assertThat(shapes(Shape.SESSION_STATE, """
                        def work(s):
                            s.execute(text("SET search_path TO tenant"))
                            s.execute(text("SELECT pg_advisory_lock(1)"))
                            s.execute(text("LISTEN jobs"))
                            s.execute(text("CREATE TEMP TABLE t (x int)"))
                        """))
                .extracting(CodeShape::what)
                .containsExactly("SET", "advisory lock of the session", "LISTEN", "temporary table");
    }

    @Test
    void stateOfTheTransactionIsNot() {
        assertThat(shapes(Shape.SESSION_STATE, """
                        def work(s):
                            s.execute(text("SET LOCAL search_path TO tenant"))
                            s.execute(text("SELECT pg_advisory_xact_lock(1)"))
                            s.execute(text("SET TRANSACTION READ ONLY"))
                            s.execute(text("UPDATE a SET b = 1"))
                            s.execute(text("CREATE TEMP TABLE t (x int) ON COMMIT DROP"))
                        """)).isEmpty();
    }

    @Test
    void anyFailureReportedAsUnauthorized() {
        assertThat(shapes(Shape.MISREPORTED_FAILURE, """
                        async def user(token, db=Depends(get_db)):
                            try:
                                return await db.scalar(select(User))
                            except Exception:
                                raise HTTPException(status_code=401)
                        """)).hasSize(1);
    }

    @Test
    void failuresThatAreToldApartAreNot() {
        assertThat(shapes(Shape.MISREPORTED_FAILURE, """
                        async def user(token, db=Depends(get_db)):
                            try:
                                found = await db.scalar(select(User))
                            except SQLAlchemyError:
                                raise HTTPException(status_code=503)
                            except Exception:
                                raise HTTPException(status_code=401)

                        async def claims(token, db=Depends(get_db)):
                            try:
                                key = decode(token)
                            except Exception:
                                raise HTTPException(status_code=401)
                            return await db.scalar(select(User))
                        """)).isEmpty();
    }

    @Test
    void gatherOverEveryItem() {
        String task = "async def one(key):\n    async with SessionLocal() as s:\n        await s.get(Row, key)\n\n";
        assertThat(shapes(
                        Shape.UNBOUNDED_CALLERS,
                        task + "async def all(keys):\n    await asyncio.gather(*[one(key) for key in keys])\n"))
                .hasSize(1);
        assertThat(shapes(
                        Shape.UNBOUNDED_CALLERS,
                        task + "async def few():\n    await asyncio.gather(*[one(key) for key in [1, 2, 3]])\n"))
                .isEmpty();
        assertThat(shapes(
                        Shape.UNBOUNDED_CALLERS,
                        "gate = asyncio.Semaphore(4)\n\n"
                                + task.replace("    async with Session", "    async with gate, Session")
                                        .replace("gate,", "semaphore,")
                                + "async def all(keys):\n    await asyncio.gather(*[one(key) for key in keys])\n"))
                .isEmpty();
    }

    @Test
    void taskWithALoopOfItsOwn() {
        assertThat(shapes(Shape.SHARED_BY_LOOPS, """
                        async def work():
                            async with SessionLocal() as s:
                                await s.execute(text("x"))

                        @shared_task
                        def run():
                            asyncio.run(work())
                        """))
                .singleElement()
                .satisfies(one -> assertThat(one.pool()).isEqualTo("app/database.py#engine"));
    }

    @Test
    void connectLoopWithoutAPause() {
        String loop = """
                import psycopg2
                import time

                def open_connection():
                    while True:
                        try:
                            found = psycopg2.connect(URL)
                            return found
                        except Exception:
                            print("again")
                """;
        assertThat(shapes(Shape.NO_PAUSE_BETWEEN_CONNECTS, loop)).hasSize(1);
        assertThat(shapes(Shape.NO_PAUSE_BETWEEN_CONNECTS, loop + "            time.sleep(2)\n"))
                .isEmpty();
    }
}
