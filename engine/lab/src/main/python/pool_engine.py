"""Engines by settings: kind, pool class, sizes. What is not set is not passed, so the library's own default holds."""

import os
import threading
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import create_engine, pool
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

POOL_CLASSES = {
    "QueuePool": pool.QueuePool,
    "AsyncAdaptedQueuePool": pool.AsyncAdaptedQueuePool,
    "NullPool": pool.NullPool,
    "StaticPool": pool.StaticPool,
    "SingletonThreadPool": pool.SingletonThreadPool,
    "AssertionPool": pool.AssertionPool,
}
LEFT_OUT = "left out"

# Environment variable -> keyword argument and its type. Times are seconds, as in the library.
NUMBERS = {
    "POOL_SIZE": ("pool_size", int),
    "POOL_MAX_OVERFLOW": ("max_overflow", int),
    "POOL_TIMEOUT": ("pool_timeout", float),
    "POOL_RECYCLE": ("pool_recycle", int),
}


@dataclass(frozen=True)
class EngineSettings:
    """kind: async (asyncpg) or sync (psycopg2). pool_class: a name of POOL_CLASSES, or left out."""

    database_url: str = field(repr=False)
    kind: str = "async"
    pool_class: str = LEFT_OUT
    application_name: str = "poolwright-subject"
    connect_timeout: int = 10
    keywords: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in ("async", "sync"):
            raise ValueError(f"engine kind = {self.kind}: must be async or sync")
        if self.pool_class != LEFT_OUT and self.pool_class not in POOL_CLASSES:
            raise ValueError(
                f"pool class = {self.pool_class}: must be one of {', '.join(POOL_CLASSES)}, or '{LEFT_OUT}'"
            )

    @staticmethod
    def of_environment() -> "EngineSettings":
        environment = os.environ
        keywords = {
            name: convert(environment[key]) for key, (name, convert) in NUMBERS.items() if environment.get(key)
        }
        if environment.get("POOL_PRE_PING"):
            keywords["pool_pre_ping"] = environment["POOL_PRE_PING"] == "true"
        return EngineSettings(
            database_url=environment["DATABASE_URL"],
            kind=environment.get("ENGINE_KIND", "async"),
            pool_class=environment.get("POOL_CLASS") or LEFT_OUT,
            application_name=environment.get("APPLICATION_NAME", "poolwright-subject"),
            connect_timeout=int(environment.get("CONNECT_TIMEOUT", "10")),
            keywords=keywords,
        )

    def url(self) -> URL:
        driver = "postgresql+asyncpg" if self.kind == "async" else "postgresql+psycopg2"
        return make_url(self.database_url).set(drivername=driver)

    def build(self) -> Any:
        """An AsyncEngine or an Engine. Connects to nothing; raises what the library raises for settings that cannot work."""
        arguments = dict(self.keywords)
        if self.pool_class != LEFT_OUT:
            arguments["poolclass"] = POOL_CLASSES[self.pool_class]
        if self.kind == "async":
            connect = {"timeout": self.connect_timeout, "server_settings": {"application_name": self.application_name}}
            return create_async_engine(self.url(), connect_args=connect, **arguments)
        connect = {"connect_timeout": self.connect_timeout, "application_name": self.application_name}
        return create_engine(self.url(), connect_args=connect, **arguments)


class LazyEngine:
    """Builds the engine at the first use and not at import or start; a failure is not remembered, so each use meets it.

    The lock is there because a sync engine is first used by many threads at once: each would build one of its own, and the
    pools of all but the last would stay open, unseen.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self.settings = settings
        self._engine: Any = None
        self._building = threading.Lock()

    def get(self) -> Any:
        with self._building:
            if self._engine is None:
                self._engine = self.settings.build()
            return self._engine

    @property
    def built(self) -> Any:
        """The engine, or None if nobody has asked for it yet."""
        return self._engine

    async def dispose(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            outcome = engine.dispose()
            if outcome is not None:
                await outcome
