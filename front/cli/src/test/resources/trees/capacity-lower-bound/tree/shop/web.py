from shop.database import engine, reports


async def ping():
    async with engine.begin() as connection:
        await connection.execute("select 1")
    async with reports.begin() as connection:
        await connection.execute("select 1")
