from fastapi import APIRouter, Depends

from billing.database import Session, get_db
from billing.provider import charge

router = APIRouter()


@router.post("/invoices/{invoice}/pay")
async def pay(invoice: int, db=Depends(get_db)):
    return await charge(db, invoice)


@router.post("/invoices/{invoice}/retry")
async def retry(invoice: int, db=Depends(get_db)):
    return await charge(db, invoice)


async def collect_all(invoices):
    async with Session() as session:
        for invoice in invoices:
            await charge(session, invoice)
