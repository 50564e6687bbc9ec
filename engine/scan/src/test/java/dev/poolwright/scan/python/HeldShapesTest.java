package dev.poolwright.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldShapesTest {

    private static final String HEAD = """
            import asyncio
            import httpx
            import requests
            from fastapi import APIRouter, Depends
            from sqlalchemy import select, text
            from sqlalchemy.ext.asyncio import AsyncSession
            from app.database import SessionLocal, engine, get_db

            router = APIRouter()

            """;

    @TempDir
    Path root;

    private List<CodeShape> slow(String text) {
        return ShapeSamples.in(root, Shape.HELD_ACROSS_SLOW, HEAD + text);
    }

    private List<CodeShape> nested(String text) {
        return ShapeSamples.in(root, Shape.NESTED_BORROW, HEAD + text);
    }

    @Test
    void httpCallBetweenQueryAndCommitIsHeldAcross() {
        List<CodeShape> found = slow("""
                async def refresh(key):
                    async with SessionLocal() as session:
                        row = await session.get(Row, key)
                        async with httpx.AsyncClient() as client:
                            answer = await client.get(row.url)
                        row.text = answer.text
                        await session.commit()
                """);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.origin()).hasToString("app/service.py:15:28");
            assertThat(one.certain()).isTrue();
            assertThat(one.pool()).isEqualTo("app/database.py#engine");
            assertThat(one.subject()).isEqualTo("refresh");
        });
    }

    @Test
    void commitBeforeTheCallGivesTheConnectionBack() {
        assertThat(slow("""
                        async def refresh(key):
                            async with SessionLocal() as session:
                                row = await session.get(Row, key)
                                await session.commit()
                                async with httpx.AsyncClient() as client:
                                    await client.get(row.url)
                        """)).isEmpty();
    }

    @Test
    void callBeforeTheFirstQueryHoldsNothing() {
        assertThat(slow("""
                        async def refresh(key):
                            async with SessionLocal() as session:
                                async with httpx.AsyncClient() as client:
                                    await client.get(key)
                                await session.get(Row, key)
                        """)).isEmpty();
    }

    @Test
    void callAfterTheBlockHoldsNothing() {
        assertThat(slow("""
                        def refresh(key):
                            with SessionLocal() as session:
                                row = session.get(Row, key)
                            requests.get(row.url)
                        """)).isEmpty();
    }

    @Test
    void callThroughAFunctionShowsEachHop() {
        List<CodeShape> found = slow("""
                async def tell(row):
                    requests.post("https://hook", json=row)


                @router.post("/rows")
                async def add(db: AsyncSession = Depends(get_db)):
                    row = await db.scalar(select(Row))
                    await tell(row)
                """);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.certain()).isFalse();
            assertThat(one.steps())
                    .extracting(step -> step.what())
                    .containsExactly(
                            "session db: AsyncSession = Depends(get_db)",
                            "first query db.scalar(…)",
                            "call of tell",
                            "HTTP call requests.post");
        });
    }

    @Test
    void rowLockMakesItCertain() {
        List<CodeShape> found = slow("""
                async def send(db: AsyncSession, web3):
                    await db.scalar(select(Row).with_for_update())
                    await web3.eth.wait_for_transaction_receipt("0x")
                    await db.rollback()
                """);
        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.certain()).isTrue());
    }

    @Test
    void taskForLaterIsNotWaitedFor() {
        assertThat(slow("""
                        async def tell(row):
                            requests.post("https://hook", json=row)


                        async def add(background_tasks):
                            async with SessionLocal() as session:
                                row = await session.get(Row, 1)
                                background_tasks.add_task(tell, row)
                                asyncio.create_task(tell(row))
                                await asyncio.sleep(0.1)
                        """)).isEmpty();
    }

    @Test
    void branchThatDoesNotQueryLeavesItOpen() {
        assertThat(slow("""
                        def add(flag):
                            with SessionLocal() as session:
                                if flag:
                                    session.get(Row, 1)
                                requests.get("https://x")
                        """)).isEmpty();
    }

    @Test
    void djangoTransactionAroundAnHttpCall() {
        ShapeSamples.write(root, "shop/views.py", """
                import requests
                from django.db import transaction

                def pay(order):
                    with transaction.atomic():
                        order.save()
                        requests.post("https://pay")
                    requests.post("https://mail")

                @transaction.atomic
                def refund(order):
                    requests.post("https://pay")
                """);
        assertThat(ShapeSamples.of(root, Shape.HELD_ACROSS_SLOW))
                .extracting(one -> one.origin().line())
                .containsExactly(7, 12);
    }

    @Test
    void secondSessionOfTheSamePoolIsNested() {
        List<CodeShape> found = nested("""
                async def audit(text):
                    async with SessionLocal() as own:
                        await own.execute(text)
                        await own.commit()


                @router.post("/rows")
                async def add(db: AsyncSession = Depends(get_db)):
                    await db.scalar(select(Row))
                    await audit("x")
                """);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.pool()).isEqualTo("app/database.py#engine");
            assertThat(one.origin().line()).isEqualTo(20);
        });
    }

    @Test
    void secondSessionAfterCommitOrOfAnotherPoolIsNotNested() {
        assertThat(nested("""
                        from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

                        reports = create_async_engine("postgresql+asyncpg://other/d")
                        Reports = async_sessionmaker(reports)


                        async def after(db: AsyncSession = Depends(get_db)):
                            await db.scalar(select(Row))
                            await db.commit()
                            async with SessionLocal() as own:
                                await own.execute(text("select 1"))


                        async def other(db: AsyncSession = Depends(get_db)):
                            await db.scalar(select(Row))
                            async with Reports() as own:
                                await own.execute(text("select 1"))
                        """)).isEmpty();
    }

    @Test
    void acquireInsideAcquireIsNested() {
        List<CodeShape> found = nested("""
                import asyncpg

                pool = asyncpg.create_pool("postgresql://h/d")

                async def copy():
                    async with pool.acquire() as one:
                        async with pool.acquire() as two:
                            await two.execute("x")
                """);
        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.pool()).isEqualTo("app/service.py#pool"));
    }
}
