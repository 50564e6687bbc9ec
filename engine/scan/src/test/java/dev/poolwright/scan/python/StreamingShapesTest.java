package dev.poolwright.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingShapesTest {

    private static final String HEAD = """
            import asyncio
            from typing import Annotated
            from fastapi import APIRouter, Depends, WebSocket
            from fastapi.responses import FileResponse, StreamingResponse
            from sqlalchemy import select
            from sqlalchemy.ext.asyncio import AsyncSession
            from app.database import SessionLocal, get_db

            router = APIRouter()
            Db = Annotated[AsyncSession, Depends(get_db)]


            async def get_user(db: Db):
                return await db.scalar(select(User))


            def get_admin(user=Depends(get_user)):
                return user


            """;

    @TempDir
    Path root;

    private List<CodeShape> shapes(String text) {
        return ShapeSamples.in(root, Shape.HELD_WHILE_STREAMING, HEAD + text);
    }

    @Test
    void streamThatWorksWithTheRequestsSession() {
        assertThat(shapes("""
                        @router.get("/stream")
                        async def stream(db: Db):
                            async def rows():
                                while True:
                                    yield str(await db.scalar(select(Row)))
                                    await asyncio.sleep(5)

                            return StreamingResponse(rows())
                        """)).singleElement().satisfies(one -> {
            assertThat(one.certain()).isTrue();
            assertThat(one.pool()).isEqualTo("app/database.py#engine");
        });
    }

    @Test
    void sessionOfADependencysDependencyIsFound() {
        assertThat(shapes("""
                        async def events():
                            while True:
                                yield "x"
                                await asyncio.sleep(5)

                        @router.get("/stream")
                        async def stream(admin=Depends(get_admin)):
                            return StreamingResponse(events())
                        """))
                .singleElement()
                .satisfies(one -> assertThat(one.steps())
                        .extracting(step -> step.what())
                        .startsWith(
                                "admin = Depends(get_admin)",
                                "user = Depends(get_user)",
                                "db = Depends(get_db)",
                                "get_db yields a session"));
    }

    @Test
    void sessionThatWasGivenBackBeforeTheStreamIsNot() {
        assertThat(shapes("""
                        async def events():
                            yield "x"

                        @router.get("/stream")
                        async def stream(db: Db):
                            await db.scalar(select(Row))
                            await db.commit()
                            return StreamingResponse(events())

                        @router.get("/own")
                        async def own():
                            async with SessionLocal() as session:
                                await session.scalar(select(Row))
                            return StreamingResponse(events())

                        @router.get("/early")
                        async def early(db: AsyncSession = Depends(get_db, scope="function")):
                            await db.scalar(select(Row))
                            return StreamingResponse(events())

                        @router.get("/plain")
                        async def plain(db: Db):
                            return await db.scalar(select(Row))
                        """)).isEmpty();
    }

    @Test
    void streamThatOpensSessionsOfItsOwnForEachRoundIsNot() {
        assertThat(shapes("""
                        @router.get("/stream")
                        async def stream():
                            async def rows():
                                while True:
                                    async with SessionLocal() as db:
                                        row = await db.scalar(select(Row))
                                    yield str(row)

                            return StreamingResponse(rows())
                        """)).isEmpty();
    }

    @Test
    void webSocketLoopWithTheRequestsSession() {
        List<CodeShape> found = shapes("""
                @router.websocket("/ws")
                async def talk(websocket: WebSocket, db: Db):
                    await websocket.accept()
                    while True:
                        text = await websocket.receive_text()
                        await db.scalar(select(Row))
                """);
        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.certain()).isTrue());
    }

    @Test
    void webSocketLoopThatCommitsEachRoundIsNot() {
        assertThat(shapes("""
                        @router.websocket("/ws")
                        async def talk(websocket: WebSocket, db: Db):
                            while True:
                                text = await websocket.receive_text()
                                db.add(Row(text))
                                await db.flush()
                                await db.commit()
                        """)).isEmpty();
    }

    @Test
    void fileResponseAfterAQuery() {
        assertThat(shapes("""
                        @router.get("/file/{key}")
                        async def file(key: int, db: Db):
                            row = await db.get(Row, key)
                            return FileResponse(row.path)
                        """)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.105.0,true,AFTER_THE_RESPONSE",
        "0.106.0,true,BEFORE_THE_RESPONSE",
        "0.117.1,true,BEFORE_THE_RESPONSE",
        "0.118.0,true,AFTER_THE_RESPONSE",
        "0.121.3,false,AFTER_THE_RESPONSE",
        "0.115.0,false,NOT_SAID",
        "'',true,NOT_SAID",
    })
    void fastApiClosesDependenciesBeforeOrAfterTheResponse(String version, boolean exact, FastApiVersion expected) {
        assertThat(FastApiVersion.of(version, exact)).isEqualTo(expected);
    }
}
