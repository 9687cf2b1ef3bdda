"""What must hold before a call is published, changed or taken a step further.

The clock is read inside the writing transaction, after the call is held: what counts is the time of
complete receipt by the clock of the platform.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _l

from app.calls.locking import hold_shared
from app.calls.models import Call
from app.domain.call_states import CallAction, CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase, QuotaKind
from app.domain.errors import OutOfOrder, RuleBroken
from app.extensions import utcnow
from app.web.completeness import Part, missing_parts, names
from app.web.labels import label

EDITABLE = frozenset({CallStatus.DRAFT, CallStatus.PUBLISHED, CallStatus.SUSPENDED})
Dates = Mapping[CallDate, datetime | None]
PARTS: tuple[Part[Call], ...] = (
    Part("title", _l("The title"), True, lambda call: bool(call.title)),
    Part("summary", _l("The summary"), True, lambda call: bool(call.summary)),
    Part("rules", _l("The terms and rules"), True, lambda call: bool(call.rules)),
    Part("contact", _l("A contact address"), True, lambda call: bool(call.contact_email)),
    Part("requirements", _l("At least one requirement"), True, lambda c: bool(c.requirements)),
    Part("documents", _l("At least one document"), True, lambda call: bool(call.documents)),
    Part("criteria", _l("At least one criterion"), True, lambda call: bool(call.criteria)),
    Part("tie_breaks", _l("The order of tie-breaks"), True, lambda call: bool(call.tie_breaks)),
    Part(
        "dates",
        _l("All eight dates"),
        True,
        lambda call: all(call.date_of(which) for which in CallDate),
    ),
    Part("benefits", _l("What members get"), False, lambda call: bool(call.benefits)),
    Part(
        "help",
        _l("A line on how each requirement is met"),
        False,
        lambda call: all(one.help for one in call.requirements),
    ),
    Part(
        "labels",
        _l("What each score of each criterion means"),
        False,
        lambda call: all(len(one.labels) == one.scale + 1 for one in call.criteria),
    ),
    Part("chair", _l("A person who presides the committee"), False, lambda c: bool(c.chair_ids)),
)


def dates_of(call: Call) -> dict[CallDate, datetime | None]:
    """Return the dates of the call."""
    return {which: call.date_of(which) for which in CallDate}


def check_order(dates: Dates) -> None:
    """Refuse dates that do not come one after the other.

    Raises:
        RuleBroken: ``dates_out_of_order`` with the two that do not.
    """
    known = [(which, moment) for which in CallDate if (moment := dates.get(which)) is not None]
    wrong = [(one, other) for (one, first), (other, second) in pairwise(known) if first > second]
    opens, closes = dates.get(CallDate.OPENS), dates.get(CallDate.CLOSES)
    if opens is not None and opens == closes:
        wrong.append((CallDate.OPENS, CallDate.CLOSES))
    if wrong:
        raise RuleBroken("dates_out_of_order", earlier=label(wrong[0][0]), later=label(wrong[0][1]))


def weights_in_percent(weights: Iterable[Decimal]) -> list[Decimal]:
    """Return each weight as a share of all of them, in percent."""
    known = list(weights)
    whole = sum(known, Decimal(0))
    return [100 * weight / whole for weight in known] if whole else [Decimal(0) for _ in known]


def check_publishable(call: Call) -> None:
    """Refuse to publish a call that is not complete or could not be kept.

    Raises:
        RuleBroken: ``call_incomplete``, ``opens_in_the_past``, ``dates_out_of_order``,
            ``seats_reserved_twice`` or ``quorum_too_high``.
    """
    missing = missing_parts(PARTS, call)
    if missing:
        raise RuleBroken("call_incomplete", parts=names(missing))
    check_order(dates_of(call))
    if call.opens_at is not None and call.opens_at < utcnow():
        raise RuleBroken("opens_in_the_past")
    check_counts(call)


def check_counts(call: Call) -> None:
    """Refuse numbers that cannot be kept together.

    Raises:
        RuleBroken: ``quorum_too_high`` or ``seats_reserved_twice``.
    """
    if call.quorum > call.reviews_each:
        raise RuleBroken("quorum_too_high")
    reserved = sum(one.seats for one in call.quotas if one.kind is QuotaKind.RESERVE)
    if reserved > call.seats:
        raise RuleBroken("seats_reserved_twice", reserved=reserved, seats=call.seats)


def is_open(call: Call) -> bool:
    """Tell whether cities can submit at this moment."""
    return call.status is CallStatus.PUBLISHED and call.phase is CallPhase.OPEN


def require_open(call: Call) -> None:
    """Hold the call and refuse what needs its form to be open.

    Raises:
        RuleBroken: ``call_not_open``.
    """
    hold_shared(call)
    if not is_open(call):
        raise RuleBroken("call_not_open")


def require_editable(call: Call) -> None:
    """Refuse a change of the rules where they stand. The caller holds the call.

    Raises:
        OutOfOrder: the call is past that state.
        RuleBroken: ``call_frozen``: the form has closed.
    """
    if call.status not in EDITABLE:
        raise OutOfOrder("edit", call.status)
    if call.is_frozen:
        raise RuleBroken("call_frozen")


def check_unanswered(
    call: Call, values: Mapping[str, Any], requirements: Set[int], documents: Set[int]
) -> None:
    """Refuse to drop what cities have answered already.

    Args:
        call: the call.
        values: its new rules; rows that stay carry their ``id``.
        requirements: the ids of requirements with an answer.
        documents: the ids of documents with a file.

    Raises:
        RuleBroken: ``part_answered`` with the titles.
    """
    answered = {"requirements": requirements, "documents": documents}
    dropped = [
        row.title
        for name, used in answered.items()
        if name in values
        for row in getattr(call, name)
        if row.id in used - {one.get("id") for one in values[name]}
    ]
    if dropped:
        raise RuleBroken("part_answered", titles="; ".join(dropped))


def check_act(call: Call, action: StrEnum) -> None:
    """Refuse an act that the data do not allow yet. The caller holds the call.

    Raises:
        RuleBroken: as :func:`check_publishable`; ``call_not_closed`` or ``call_not_over``.
    """
    if action is CallAction.PUBLISH:
        check_publishable(call)
    elif is_early(call, action):
        archives = action is CallAction.ARCHIVE
        raise RuleBroken("call_not_over" if archives else "call_not_closed")


def is_early(call: Call, action: StrEnum) -> bool:
    """Tell whether the clock does not allow an act yet."""
    if action is CallAction.ARCHIVE:
        return not is_over(call)
    return action in (CallAction.EVALUATE, CallAction.DECLARE_VOID) and not call.is_frozen


def is_over(call: Call) -> bool:
    """Tell whether nothing of the call is still to come: its last date has passed."""
    known = [moment for moment in dates_of(call).values() if moment is not None]
    # A draft may have no date yet; then nothing is over.
    return bool(known) and utcnow() >= max(known)
