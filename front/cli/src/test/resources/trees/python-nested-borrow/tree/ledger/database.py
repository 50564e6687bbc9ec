from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db.internal/ledger", pool_size=5, max_overflow=0)
Session = async_sessionmaker(engine)
