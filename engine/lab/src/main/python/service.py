"""A small service on SQLAlchemy whose pool class is set by the environment.

Environment: DATABASE_URL, PORT, ENGINE_KIND (async, sync), POOL_CLASS (empty: left out), POOL_SIZE, POOL_MAX_OVERFLOW,
POOL_TIMEOUT, POOL_RECYCLE (seconds), POOL_PRE_PING, CONNECT_TIMEOUT (seconds), APPLICATION_NAME, CALLERS (threads of a
sync engine), MISREPORT (true: every database error is answered as a failed authentication).

GET /ready   200 as soon as it listens; touches no pool
GET /pool    the effective pool: class, size, checked out, overflow
GET /work    in_database_ms, outside_ms, run, stream, sequence: one request-scoped session that does this much
"""

import asyncio
import contextlib
import logging
import os
import time
import uuid
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import uvicorn
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pool_engine import EngineSettings, LazyEngine
from sessions import SessionFailure, pool_status, request_scoped_session, request_scoped_session_sync

log = logging.getLogger("service")

SLEEP = text("select pg_sleep(:seconds)")
EVIDENCE = text("insert into evidence (run, stream, sequence) values (:run, :stream, :sequence)")
LONGEST_MS = 600_000

engine = LazyEngine(EngineSettings.of_environment())
misreports = os.environ.get("MISREPORT") == "true"
callers = ThreadPoolExecutor(int(os.environ.get("CALLERS", "100")), "caller")


class Work:
    """What one request asks for; a wrong number is a ValueError and so a 400."""

    def __init__(self, request: Request) -> None:
        query = request.query_params
        self.in_database_ms = self._milliseconds(query.get("in_database_ms", "0"))
        self.outside_ms = self._milliseconds(query.get("outside_ms", "0"))
        self.request_id = request.headers.get("x-request-id") or uuid.uuid4().hex
        self.user_id = request.headers.get("x-user-id") or "system"
        self.evidence: dict[str, Any] | None = None
        if "run" in query:
            self.evidence = {
                "run": query["run"],
                "stream": query.get("stream", ""),
                "sequence": int(query["sequence"]),
            }

    @staticmethod
    def _milliseconds(value: str) -> float:
        number = float(value)
        if not 0 <= number <= LONGEST_MS:
            raise ValueError(f"milliseconds = {value}: must be from 0 to {LONGEST_MS}")
        return number

    def sleep(self) -> dict[str, float]:
        return {"seconds": self.in_database_ms / 1000}

    def answer(self, waited_ms: float, begin: float) -> Response:
        body = {
            "waited_ms": round(waited_ms, 3),
            "total_ms": round((time.monotonic() - begin) * 1000, 3),
            "in_database_ms": self.in_database_ms,
            "outside_ms": self.outside_ms,
            "wrote": self.evidence is not None,
            "request_id": self.request_id,
        }
        return JSONResponse(body, headers={"Server-Timing": f"wait;dur={waited_ms:.3f}"})


async def work_async(work: Work) -> Response:
    begin = time.monotonic()
    async with request_scoped_session(engine, work.user_id, work.request_id) as (session, waited_ms):
        await session.execute(SLEEP, work.sleep())
        if work.outside_ms:
            await asyncio.sleep(work.outside_ms / 1000)
        if work.evidence:
            await session.execute(EVIDENCE, work.evidence)
            await session.commit()
    return work.answer(waited_ms, begin)


def work_sync(work: Work) -> Response:
    begin = time.monotonic()
    with request_scoped_session_sync(engine, work.user_id, work.request_id) as (session, waited_ms):
        session.execute(SLEEP, work.sleep())
        if work.outside_ms:
            time.sleep(work.outside_ms / 1000)
        if work.evidence:
            session.execute(EVIDENCE, work.evidence)
            session.commit()
    return work.answer(waited_ms, begin)


def failed(failure: SessionFailure) -> Response:
    """The truth, or what the catch-all of the reference system made of every error of its system user."""
    context = failure.context
    if not misreports:
        return JSONResponse({"error": "the database session failed", "context": context}, 500)
    message = (
        f"SYSTEM USER AUTHENTICATION FAILURE: User '{context['user_id']}' failed authentication. "
        "Check SERVICE_SECRET, JWT configuration."
    )
    log.error("%s (what really happened: %s)", message, context["error_message"])
    disguised = {**context, "error_type": "AuthenticationError", "error_message": message}
    return JSONResponse({"error": message, "context": disguised}, 500)


async def work(request: Request) -> Response:
    try:
        wanted = Work(request)
    except (ValueError, KeyError) as wrong:
        return JSONResponse({"error": f"wrong query: {wrong}"}, 400)
    try:
        if engine.settings.kind == "async":
            return await work_async(wanted)
        return await asyncio.get_running_loop().run_in_executor(callers, work_sync, wanted)
    except SessionFailure as failure:
        return failed(failure)


async def ready(_: Request) -> Response:
    return PlainTextResponse("ready")


async def pool(_: Request) -> Response:
    settings = engine.settings
    written = {"kind": settings.kind, "pool_class": settings.pool_class, **settings.keywords}
    return JSONResponse({"effective": pool_status(engine), "written": written})


@contextlib.asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    yield
    await engine.dispose()
    callers.shutdown(wait=False)


app = Starlette(routes=[Route("/ready", ready), Route("/pool", pool), Route("/work", work)], lifespan=lifespan)

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=False, log_level="warning")
