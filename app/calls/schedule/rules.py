"""Which dates of a published call may still move, and whither."""

from datetime import datetime

from app.calls.models import Call
from app.domain.call_states import CallStatus
from app.domain.call_vocabulary import CallDate
from app.domain.errors import OutOfOrder, RuleBroken
from app.extensions import utcnow
from app.web.labels import label

_S = CallStatus
_MOVING = frozenset({_S.PUBLISHED, _S.EVALUATING, _S.PRELIMINARY, _S.FINAL, _S.SUSPENDED})
# Once one of these has passed, what it starts has happened, or not, in the sight of all.
_HAPPENED = {
    CallDate.PRELIMINARY: frozenset({_S.PRELIMINARY, _S.FINAL}),
    CallDate.APPEALS_CLOSE: frozenset({_S.FINAL}),
    CallDate.FINAL: frozenset({_S.FINAL}),
}


def is_movable(call: Call, which: CallDate) -> bool:
    """Tell whether a date of ``call`` can still be changed.

    A date that has passed stays where it is if something happened by it: the form opened, it
    closed, a result was published. A call suspended before its form closed may close later.
    """
    moment = call.date_of(which)
    if call.status not in _MOVING:
        return False
    if moment is None or utcnow() < moment:
        return True
    if which is CallDate.CLOSES:
        return call.status is _S.SUSPENDED and call.status_since < moment
    if which is CallDate.QUESTIONS_CLOSE:
        return not call.is_frozen
    return which is not CallDate.OPENS and call.status not in _HAPPENED.get(which, ())


def check_movable(call: Call, which: CallDate, moment: datetime) -> None:
    """Refuse to move a date that stands, or to put one into the past. The caller holds the call.

    Raises:
        OutOfOrder: no date of the call moves in its state.
        RuleBroken: ``date_stands`` or ``date_in_the_past``.
    """
    if call.status not in _MOVING:
        raise OutOfOrder("change_date", call.status)
    if not is_movable(call, which):
        raise RuleBroken("date_stands", date=label(which))
    if moment <= utcnow():
        raise RuleBroken("date_in_the_past", date=label(which))
