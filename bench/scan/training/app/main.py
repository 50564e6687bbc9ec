import requests
from fastapi import Depends, FastAPI

from .database import get_db

app = FastAPI()


@app.get("/orders")
def orders(db=Depends(get_db)):
    rows = db.execute("select 1").all()
    requests.get("https://example.org/prices", timeout=5)
    return rows


@app.get("/health")
def health(db=Depends(get_db)):
    return {"ok": db.execute("select 1").scalar()}
