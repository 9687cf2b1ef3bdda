"""The waiting list: who takes a seat that became free."""

from app.calls.applications.models import Application
from app.calls.enrolments import queries as enrolments
from app.calls.enrolments.models import Enrolment
from app.calls.enrolments.offering import offer
from app.calls.enrolments.telling import tell_promoted
from app.calls.locking import hold
from app.calls.models import Call
from app.calls.results import queries
from app.calls.results.counting import entries_in, key_of, ranking_in, rules_in
from app.calls.results.models import Result
from app.domain.actors import SYSTEM
from app.domain.call_states import ApplicationAction, ApplicationStatus, EnrolmentStatus
from app.domain.call_vocabulary import Outcome, ResultStage
from app.domain.ranking import next_in_line
from app.extensions import db
from app.lifecycle import advance

_LEFT = frozenset({EnrolmentStatus.DECLINED, EnrolmentStatus.LAPSED})
_HOLDS = {
    ApplicationStatus.SELECTED: Outcome.SELECTED,
    ApplicationStatus.WAITLISTED: Outcome.WAITLISTED,
}


def promote(call: Call) -> list[Enrolment]:
    """Offer the seats that became free to those who wait, keeping the quotas.

    Nothing happens before the final result was announced.
    """
    hold(call)
    result = queries.standing(call, ResultStage.FINAL)
    if result is None or result.announced_at is None:
        return []
    promoted = []
    while (application := _next(call, result)) is not None:
        advance(application, ApplicationAction.PROMOTE, SYSTEM)
        enrolment = offer(application, SYSTEM)
        db.session.flush()
        if enrolment is not None:
            tell_promoted(enrolment)
            promoted.append(enrolment)
    return promoted


def _next(call: Call, result: Result) -> Application | None:
    applications = {key_of(one.application): one.application for one in result.placements}
    holding = {
        key: _HOLDS.get(ApplicationStatus(one.status), Outcome.NOT_SELECTED)
        for key, one in applications.items()
    }
    left = [
        key_of(one.application)
        for one in enrolments.of_call(call.id)
        if one.application is not None and one.status in _LEFT
    ]
    entries = entries_in(result)
    key = next_in_line(rules_in(result), ranking_in(result, holding), entries, left)
    return None if key is None else applications[key]
