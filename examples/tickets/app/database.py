from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import QueuePool

from app.settings import DATABASE_URL, POOL_SIZE

engine = create_async_engine(
    DATABASE_URL,
    poolclass=QueuePool,
    pool_size=POOL_SIZE,
    max_overflow=5,
)
Session = async_sessionmaker(engine)


async def get_session():
    async with Session() as session:
        yield session
