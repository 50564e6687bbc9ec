from sqlalchemy import text

from ledger.database import Session


async def next_number():
    async with Session() as session:
        return (await session.execute(text("select nextval('numbers')"))).scalar_one()


async def book(amount):
    async with Session() as session:
        await session.execute(text("select * from accounts for update"))
        number = await next_number()
        await session.execute(text("insert into entries values (:n, :a)"), {"n": number, "a": amount})
        await session.commit()


async def correct(amount):
    async with Session() as session:
        await session.execute(text("select * from entries"))
        number = await next_number()
        await session.execute(text("update entries set amount = :a"), {"n": number, "a": amount})
        await session.commit()
