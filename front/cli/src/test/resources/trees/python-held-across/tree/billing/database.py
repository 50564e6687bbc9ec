from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db.internal/billing", pool_size=10, max_overflow=5)
Session = async_sessionmaker(engine)


async def get_db():
    async with Session() as session:
        yield session
