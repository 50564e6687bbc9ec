import asyncio

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from sse_starlette.sse import EventSourceResponse
from starlette.responses import StreamingResponse

from board.auth import current_user
from board.bus import subscribe
from board.database import get_db
from board.models import User

router = APIRouter()


async def _events(request: Request, room: str):
    queue = subscribe(room)
    while not await request.is_disconnected():
        yield {"data": await asyncio.wait_for(queue.get(), timeout=30)}


@router.get("/rooms/{room}/feed")
async def feed(room: str, request: Request, db: Session = Depends(get_db)):
    db.execute(select(User.id)).first()
    return EventSourceResponse(_events(request, room))


@router.get("/rooms/{room}/mine")
async def mine(room: str, request: Request, user: User = Depends(current_user)):
    async def lines():
        while True:
            async for one in _events(request, room):
                yield f"data: {one}\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


@router.get("/rooms/{room}/people.csv")
def people(room: str, db: Session = Depends(get_db)):
    rows = db.execute(select(User.id, User.token)).all()

    def lines():
        for row in rows:
            yield f"{row.id}\n"

    return StreamingResponse(lines(), media_type="text/csv")
