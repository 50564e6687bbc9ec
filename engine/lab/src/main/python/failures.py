"""Fails in four ways again and again, disposes engines, and prints what is left: connections, threads, tasks, sockets.

Environment: DATABASE_URL. Arguments: failures, disposes. The server is watched over a connection of its own.
"""

import asyncio
import os
import sys
import threading

import asyncpg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from lines import emit
from pool_engine import EngineSettings, LazyEngine
from sessions import SessionFailure, request_scoped_session

NAME = "poolwright-failures"
SETTLE_LIMIT_S = 10
SIZES = {"pool_size": 5, "max_overflow": 10, "pool_timeout": 5}
URL = os.environ["DATABASE_URL"]


def engine(**changes: object) -> LazyEngine:
    settings = {"database_url": URL, "application_name": NAME, "keywords": SIZES, "connect_timeout": 5, **changes}
    return LazyEngine(EngineSettings(**settings))


async def illegal_class(_: LazyEngine) -> None:
    async with request_scoped_session(engine(pool_class="QueuePool"), "user", "illegal"):
        pass


async def no_server(_: LazyEngine) -> None:
    closed_port = make_url(URL).set(port=1).render_as_string(hide_password=False)
    unreachable = engine(database_url=closed_port)
    try:
        async with request_scoped_session(unreachable, "user", "no-server"):
            pass
    finally:
        await unreachable.dispose()


async def failing_statement(working: LazyEngine) -> None:
    async with request_scoped_session(working, "user", "statement") as (session, _):
        await session.execute(text("select 1 / 0"))


async def cancelled_request(working: LazyEngine) -> None:
    async with asyncio.timeout(0.05):
        async with request_scoped_session(working, "user", "cancelled") as (session, _):
            await session.execute(text("select pg_sleep(30)"))


WAYS = (illegal_class, no_server, failing_statement, cancelled_request)


async def fail(number: int, working: LazyEngine, met: dict[str, int]) -> None:
    try:
        await WAYS[number % len(WAYS)](working)
    except (SessionFailure, TimeoutError) as failure:
        name = failure.context["error_type"] if isinstance(failure, SessionFailure) else type(failure).__name__
        met[name] = met.get(name, 0) + 1
    else:
        raise AssertionError(f"failure {number} did not fail")


async def held(observer: asyncpg.Connection) -> dict[str, int]:
    connections = await observer.fetchval("select count(*) from pg_stat_activity where application_name = $1", NAME)
    sockets = sum(1 for fd in os.listdir("/proc/self/fd") if is_socket(fd)) if os.path.isdir("/proc/self/fd") else -1
    return {
        "connections": connections,
        "threads": threading.active_count(),
        "tasks": len(asyncio.all_tasks()),
        "sockets": sockets,
    }


def is_socket(descriptor: str) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}").startswith("socket:")
    except FileNotFoundError:
        return False


async def settled(observer: asyncpg.Connection, baseline: dict[str, int]) -> dict[str, int]:
    now = await held(observer)
    for _ in range(SETTLE_LIMIT_S * 20):
        if now == baseline:
            break
        await asyncio.sleep(0.05)
        now = await held(observer)
    return now


async def main(failures: int, disposes: int) -> None:
    observer = await asyncpg.connect(URL)
    try:
        baseline = await held(observer)
        emit(moment="before", **baseline)
        met: dict[str, int] = {}
        peak = 0
        for dispose in range(disposes):
            working = engine()
            share = range(dispose * failures // disposes, (dispose + 1) * failures // disposes)
            await asyncio.gather(*(fail(number, working, met) for number in share))
            peak = max(peak, (await held(observer))["connections"])
            await working.dispose()
        emit(moment="failed", disposes=disposes, peak_connections=peak, total=sum(met.values()), **met)
        emit(moment="after", **await settled(observer, baseline))
    finally:
        await observer.close()


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
