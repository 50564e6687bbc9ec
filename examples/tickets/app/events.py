import asyncio


async def events_of(ticket: int):
    while True:
        await asyncio.sleep(15)
        yield {"event": "alive", "data": str(ticket)}
