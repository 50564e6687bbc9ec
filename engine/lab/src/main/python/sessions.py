"""Sessions that live as long as one request: opened at its begin, always given back, failures with their context."""

import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from pool_engine import LazyEngine

log = logging.getLogger("sessions")


class SessionFailure(Exception):
    """What went wrong in a request's session, and at which stage: engine, connect, use or give_back."""

    def __init__(self, error: BaseException, user_id: str, request_id: str, function: str, stage: str) -> None:
        super().__init__(str(error))
        self.context = {
            "user_id": user_id,
            "request_id": request_id,
            "error_type": type(error).__name__,
            "error_message": str(error),
            "function_location": function,
            "session_creation_stage": stage,
        }


class _Stage:
    """Where a request stands; it turns whatever goes wrong there into a SessionFailure and a line in the log."""

    def __init__(self, function: str, user_id: str, request_id: str) -> None:
        self.function, self.user_id, self.request_id = function, user_id, request_id
        self.name = "engine"

    def failure(self, error: Exception) -> SessionFailure:
        failure = SessionFailure(error, self.user_id, self.request_id, self.function, self.name)
        log.error("session failed: %s", failure.context)
        return failure


@asynccontextmanager
async def request_scoped_session(
    engine: LazyEngine, user_id: str, request_id: str
) -> AsyncIterator[tuple[AsyncSession, float]]:
    """The session with its connection, and the milliseconds that getting it took."""
    stage = _Stage("sessions.request_scoped_session", user_id, request_id)
    begin = time.monotonic()
    try:
        async with AsyncSession(engine.get()) as session:
            stage.name = "connect"
            await session.connection()
            stage.name = "use"
            yield session, (time.monotonic() - begin) * 1000
            stage.name = "give_back"
    except Exception as error:
        raise stage.failure(error) from error


@contextmanager
def request_scoped_session_sync(engine: LazyEngine, user_id: str, request_id: str) -> Iterator[tuple[Session, float]]:
    """The same for a sync engine; to be used on a thread of its own."""
    stage = _Stage("sessions.request_scoped_session_sync", user_id, request_id)
    begin = time.monotonic()
    try:
        with Session(engine.get()) as session:
            stage.name = "connect"
            session.connection()
            stage.name = "use"
            yield session, (time.monotonic() - begin) * 1000
            stage.name = "give_back"
    except Exception as error:
        raise stage.failure(error) from error


def pool_status(engine: LazyEngine) -> dict[str, Any]:
    """The effective pool: class and numbers; a pool that does not count says so with null. Opens nothing."""
    if engine.built is None:
        return {"class": None, "built": False}
    pool = engine.built.pool

    def number(name: str) -> Any:
        method = getattr(pool, name, None)
        return method() if callable(method) else None

    return {
        "class": type(pool).__name__,
        "built": True,
        "size": number("size"),
        "checked_out": number("checkedout"),
        "idle": number("checkedin"),
        "overflow": number("overflow"),
        "max_overflow": getattr(pool, "_max_overflow", None),
        "timeout_s": number("timeout"),
        "recycle_s": getattr(pool, "_recycle", None),
    }
