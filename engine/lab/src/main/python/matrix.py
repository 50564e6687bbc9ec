"""Runs every engine kind x pool class for real and prints one line a cell.

Environment: DATABASE_URL. Arguments: the numbers of concurrent users, each a row of cells.
A user does three requests one after the other; each opens a session, works in the database and gives the session back.
"""

import asyncio
import os
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from lines import emit
from pool_engine import LEFT_OUT, POOL_CLASSES, EngineSettings, LazyEngine
from sessions import SessionFailure, pool_status, request_scoped_session, request_scoped_session_sync

REQUESTS = 3
CELL_LIMIT_S = 30
WORK = text("select cast(:number as integer) * 2 from pg_sleep(0.005)")
# As in the incident where the class takes them; the others accept none, or only their own.
QUEUE = {"pool_size": 5, "max_overflow": 10, "pool_timeout": 5, "pool_recycle": 300}
KEYWORDS = {"QueuePool": QUEUE, "AsyncAdaptedQueuePool": QUEUE, LEFT_OUT: QUEUE, "SingletonThreadPool": {"pool_size": 5}}


class Tally:
    """What the users of one cell met. Thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worked = 0
        self.waits_ms: list[float] = []
        self.errors: Counter[str] = Counter()
        self.first: SessionFailure | None = None

    def success(self, waited_ms: float) -> None:
        with self.lock:
            self.worked += 1
            self.waits_ms.append(waited_ms)

    def failure(self, failure: SessionFailure) -> None:
        with self.lock:
            self.first = self.first or failure
            words = failure.context["error_message"].splitlines()
            self.errors[f"{failure.context['error_type']}: {words[0] if words else '(no text)'}"] += 1


def check(result: int, number: int) -> None:
    """An answer that belongs to somebody else's question would be the worst of all failures."""
    if result != number * 2:
        raise AssertionError(f"asked for {number * 2}, got {result}: the answer of another session")


async def user_async(engine: LazyEngine, user: int, tally: Tally) -> None:
    for request in range(REQUESTS):
        number = user * REQUESTS + request
        try:
            async with request_scoped_session(engine, f"user-{user}", f"request-{number}") as (session, waited_ms):
                check((await session.execute(WORK, {"number": number})).scalar_one(), number)
                await session.commit()
            tally.success(waited_ms)
        except SessionFailure as failure:
            tally.failure(failure)


def user_sync(engine: LazyEngine, user: int, tally: Tally) -> None:
    for request in range(REQUESTS):
        number = user * REQUESTS + request
        try:
            with request_scoped_session_sync(engine, f"user-{user}", f"request-{number}") as (session, waited_ms):
                check(session.execute(WORK, {"number": number}).scalar_one(), number)
                session.commit()
            tally.success(waited_ms)
        except SessionFailure as failure:
            tally.failure(failure)


async def everybody(engine: LazyEngine, users: int, tally: Tally) -> None:
    if engine.settings.kind == "async":
        await asyncio.gather(*(user_async(engine, user, tally) for user in range(users)))
    else:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(users) as threads:
            await asyncio.gather(
                *(loop.run_in_executor(threads, user_sync, engine, user, tally) for user in range(users))
            )


async def cell(kind: str, pool_class: str, users: int) -> None:
    keywords = KEYWORDS.get(pool_class, {})
    engine = LazyEngine(EngineSettings(os.environ["DATABASE_URL"], kind, pool_class, "poolwright-matrix", 10, keywords))
    tally = Tally()
    begin = time.monotonic()
    async with asyncio.timeout(CELL_LIMIT_S):
        await everybody(engine, users, tally)
    took_ms = (time.monotonic() - begin) * 1000
    effective = pool_status(engine)["class"] or ""
    closing = ""
    try:
        await engine.dispose()
    except Exception as error:  # a cell may spoil its pool; that is a result, too
        closing = f"{type(error).__name__}: {error}"
    first = tally.first.context if tally.first else {}
    emit(
        kind=kind,
        pool_class=pool_class,
        users=users,
        tried=users * REQUESTS,
        worked=tally.worked,
        effective_class=effective,
        error_type=first.get("error_type", ""),
        error_message=first.get("error_message", ""),
        stage=first.get("session_creation_stage", ""),
        errors="; ".join(f"{name} x {count}" for name, count in tally.errors.most_common()),
        longest_wait_ms=round(max(tally.waits_ms, default=0), 3),
        took_ms=round(took_ms, 3),
        closing=closing,
    )


async def main() -> None:
    for users in map(int, sys.argv[1:]):
        for kind in ("async", "sync"):
            for pool_class in (*POOL_CLASSES, LEFT_OUT):
                await cell(kind, pool_class, users)


asyncio.run(main())
