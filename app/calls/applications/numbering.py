"""The numbers of receipts: ``AR-2026-0007``, one after the other in a country and year."""

from sqlalchemy import func, select

from app.calls.applications.models import Application
from app.calls.models import Call
from app.extensions import db


def hold_numbers(call: Call) -> None:
    """Let nobody else hand in to a call of that country and year until this transaction ends.

    Always in the order of the keys, so that two who wait for each other cannot exist. SQLite has
    locked everything since the transaction began.
    """
    same = select(Call.id).where(Call.country == call.country, Call.year == call.year)
    db.session.execute(same.order_by(Call.id).with_for_update())


def next_number(call: Call) -> str:
    """Return the number of the next receipt. The caller holds the numbers."""
    prefix = f"{call.country.value}-{call.year}-"
    query = select(Application.number).where(Application.number.startswith(prefix))
    longest_first = (func.length(Application.number).desc(), Application.number.desc())
    last = db.session.scalar(query.order_by(*longest_first).limit(1))
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04d}"
