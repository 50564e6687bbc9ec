from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool


def engine_for(url, pooled=True):
    options = {"pool_size": 5, "max_overflow": 20} if pooled else {"poolclass": NullPool}
    return create_engine(url, **options)
