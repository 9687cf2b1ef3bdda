"""What the page of a call shows besides its rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.calls.models import Call
from app.domain.call_states import CallAction, CallStatus
from app.domain.call_vocabulary import CallPhase
from app.extensions import utcnow
from app.web.actions import Step
from app.web.labels import label
from app.web.sections import Section

LIFE = (
    CallPhase.UPCOMING,
    CallPhase.OPEN,
    CallPhase.CLOSED,
    CallPhase.EVALUATING,
    CallPhase.PRELIMINARY,
    CallPhase.FINAL,
)
FIRST_PLACES = 20
# What the public reads of the trail: never that a result was approved before its date has come.
_PUBLIC_ACTS = frozenset(
    {
        CallAction.PUBLISH,
        CallAction.SUSPEND,
        CallAction.RESUME,
        CallAction.CANCEL,
        CallAction.DECLARE_VOID,
    }
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What features add to a page: before what it says of itself, and after."""

    first: list[Section]
    last: list[Section]


def split(sections: Iterable[Section]) -> Parts:
    """Return the sections with those of an order below 20 apart: they stand at the top."""
    known = list(sections)
    return Parts(
        [one for one in known if one.order < FIRST_PLACES],
        [one for one in known if one.order >= FIRST_PLACES],
    )


def life(call: Call) -> list[Step]:
    """Return the steps of the call as the public may know them: by its phase, never its status."""
    if call.published_at is None:
        draft = Step(label(CallStatus(call.status)), "current")
        return [draft, *(Step(label(phase), "todo") for phase in LIFE)]
    phase = call.phase
    if phase in LIFE:
        here = LIFE.index(phase)
        return [Step(label(one), _state(place, here)) for place, one in enumerate(LIFE)]
    passed = _passed(call)
    rest = LIFE[passed:] if phase is CallPhase.SUSPENDED else ()
    return [
        *(Step(label(one), "done") for one in LIFE[:passed]),
        Step(label(phase), "current"),
        *(Step(label(one), "todo") for one in rest),
    ]


def _state(place: int, here: int) -> str:
    if place < here or place == here == len(LIFE) - 1:
        return "done"
    return "current" if place == here else "todo"


def _passed(call: Call) -> int:
    """Return how many phases the clock has ended."""
    now = utcnow()
    return sum(
        1 for moment in (call.opens_at, call.closes_at) if moment is not None and moment <= now
    )


def public_trail(happenings: Iterable[Any]) -> list[Any]:
    """Return what of the trail everybody may read."""
    return [one for one in happenings if one.action in _PUBLIC_ACTS]


def why_stopped(happenings: Iterable[Any]) -> str:
    """Return the reason of the latest act that everybody may read."""
    return next((one.reason for one in public_trail(happenings)), "")
