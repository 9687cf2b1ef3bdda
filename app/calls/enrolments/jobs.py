"""What the worker does for memberships: release the seats that nobody signed for in time."""

from app.calls.enrolments import queries, service
from app.calls.enrolments.models import Enrolment
from app.extensions import db
from app.jobs.service import enqueue, handles


@handles("enrolments.lapse")
def lapse(enrolment: int) -> None:
    """Release a seat, if it still was not signed for."""
    thing = db.session.get(Enrolment, enrolment)
    if thing is not None:
        service.lapse(thing)


def look_at_the_clock() -> None:
    """Ask for the offers whose time has passed."""
    for enrolment in queries.past_signing():
        enqueue("enrolments.lapse", key=str(enrolment), enrolment=enrolment)
    db.session.commit()
