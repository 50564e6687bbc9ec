import httpx
from sqlalchemy import text


async def charge(session, invoice):
    await session.execute(text("select 1"))
    async with httpx.AsyncClient() as client:
        return await client.post("https://pay.invalid/charges", json={"invoice": invoice})
