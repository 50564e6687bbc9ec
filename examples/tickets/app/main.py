from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import EventSourceResponse

from app.database import get_session
from app.events import events_of

app = FastAPI()


@app.get("/tickets/{ticket}")
async def show(ticket: int, session: AsyncSession = Depends(get_session)):
    row = await session.execute(text("select title from ticket where id = :id"), {"id": ticket})
    return {"title": row.scalar_one()}


@app.get("/tickets/{ticket}/events")
async def follow(ticket: int, session: AsyncSession = Depends(get_session)):
    await session.execute(text("select 1 from ticket where id = :id"), {"id": ticket})
    return EventSourceResponse(events_of(ticket))
