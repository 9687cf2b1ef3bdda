"""What the worker does for results: announce them when their date comes, and set their minutes."""

from app.calls.results import queries
from app.calls.results.announcing import announce
from app.calls.results.minutes.service import set_minutes
from app.calls.results.models import Result
from app.extensions import db
from app.jobs.service import enqueue, handles


@handles("calls.announce")
def announce_result(result: int) -> None:
    """Announce a result if it is public and was not announced yet."""
    thing = db.session.get(Result, result)
    if thing is not None:
        announce(thing)


@handles("calls.minutes")
def keep_minutes(result: int) -> None:
    """Set the minutes of an approved result, once."""
    set_minutes(result)


def look_at_the_clock() -> None:
    """Ask for the results whose date has come."""
    for result in queries.due_to_announce():
        enqueue("calls.announce", key=str(result), result=result)
    db.session.commit()
