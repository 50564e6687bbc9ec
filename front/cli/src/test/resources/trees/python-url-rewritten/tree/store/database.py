from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from store.urls import for_driver, with_tls

engine = None


def make_database(url):
    admin = create_engine(url)
    with admin.connect() as connection:
        connection.execute(text("create database store"))


def use(url):
    global engine
    make_database(url)
    engine = create_async_engine(for_driver(with_tls()), pool_size=4, max_overflow=2)
