"""One decision at a time about a call, against the clock of the platform."""

from app.calls.models import Call
from app.extensions import db


def hold(call: Call) -> None:
    """Keep others from changing the call until this transaction ends, and look at it afresh."""
    db.session.flush()
    db.session.refresh(call, with_for_update={"of": Call})


def hold_shared(call: Call) -> None:
    """Let nobody change the call until this transaction ends; several may hold it so at once.

    For verbs that need its dates and rules to stand still, such as the submission of an
    application. SQLite has locked everything since the transaction began.
    """
    db.session.flush()
    db.session.refresh(call, with_for_update={"of": Call, "read": True})
