"""What the clock does with an approved result when its date comes: once, however often it is asked.

Until then nothing of it is in the state of any application, in no letter and in no mail.
"""

from app import audit
from app.calls.applications.models import Application
from app.calls.enrolments.offering import offer
from app.calls.locking import hold
from app.calls.results.letters.service import send_reviewed
from app.calls.results.models import Placement, Result
from app.domain.actors import SYSTEM
from app.domain.call_states import ApplicationAction, ApplicationStatus
from app.domain.call_vocabulary import Outcome, ResultStage
from app.extensions import db, utcnow
from app.lifecycle import advance

_FOLLOWS = {
    Outcome.SELECTED: ApplicationAction.SELECT,
    Outcome.WAITLISTED: ApplicationAction.WAITLIST,
    Outcome.NOT_SELECTED: ApplicationAction.LEAVE_OUT,
}


def announce(result: Result) -> bool:
    """Let the applications and their cities hear of a published result.

    The final result sets what each application came to and offers the seats; the preliminary one
    only sends its letters.

    Returns:
        Whether there was something to announce: it is public and was not announced before.
    """
    hold(result.call)
    db.session.refresh(result)
    if result.announced_at is not None or not result.is_published:
        return False
    result.announced_at = utcnow()
    if result.stage is ResultStage.FINAL:
        for placement in result.placements:
            _settle(placement)
    send_reviewed(result)
    audit.record(result, "announce", SYSTEM)
    return True


def _settle(placement: Placement) -> None:
    application: Application = placement.application
    if application.status is not ApplicationStatus.ADMITTED:
        return
    advance(application, _FOLLOWS[placement.outcome], SYSTEM)
    if placement.outcome is Outcome.SELECTED:
        offer(application, SYSTEM)
