from sqlalchemy.ext.asyncio import create_async_engine

from shop.settings import DATABASE_URL

engine = create_async_engine(DATABASE_URL, pool_size=20, max_overflow=20, pool_timeout=5, pool_pre_ping=True)
reports = create_async_engine(DATABASE_URL, pool_size=10, max_overflow=5, pool_timeout=5, pool_pre_ping=True)
