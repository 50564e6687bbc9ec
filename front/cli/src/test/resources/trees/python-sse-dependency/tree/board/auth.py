from fastapi import Depends, Header
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.database import get_db
from board.models import User


def current_user(authorization: str = Header(), db: Session = Depends(get_db)):
    return db.execute(select(User).where(User.token == authorization)).scalar_one()
