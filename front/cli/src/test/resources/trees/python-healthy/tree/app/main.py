from fastapi import Depends, FastAPI
from sqlalchemy import text

from app.database import get_db

app = FastAPI()


@app.get("/orders")
async def orders(db=Depends(get_db)):
    found = await db.execute(text("select id from orders limit 50"))
    return [row.id for row in found]
