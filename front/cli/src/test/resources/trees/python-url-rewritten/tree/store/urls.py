import os


def base():
    return f"postgresql+asyncpg://{os.environ['DB_HOST']}:5432/store"


def with_tls():
    return f"{base()}?sslmode=require"


def for_driver(url):
    if "sslmode=" in url:
        url = url.replace("sslmode=require", "ssl=require")
    return url
