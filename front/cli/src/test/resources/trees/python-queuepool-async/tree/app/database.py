import os

from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool

DATABASE_URL = "postgresql+asyncpg://" + os.environ["DATABASE_PLACE"]

engine = create_async_engine(
    DATABASE_URL,
    poolclass=QueuePool,
    pool_size=5,
    max_overflow=10,
    pool_timeout=5,
    pool_recycle=300,
)


async def orders():
    async with engine.connect() as connection:
        return await connection.exec_driver_sql("select id from orders limit 50")
