"""What the coordination does with a call: build it, publish it, move its dates, go on."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app import audit
from app.calls import queries
from app.calls.locking import hold
from app.calls.models import Call, CallChange
from app.calls.rulebook.filling import fill, rules_of_call
from app.calls.rulebook.wording import differences, words_of
from app.calls.rules import (
    check_act,
    check_counts,
    check_order,
    check_unanswered,
    dates_of,
    require_editable,
)
from app.calls.schedule.rules import check_movable
from app.calls.telling import tell, tell_of_changes
from app.domain.actors import Actor
from app.domain.call_states import CallAction
from app.domain.call_vocabulary import CallDate
from app.domain.errors import RuleBroken
from app.extensions import db, utcnow
from app.lifecycle import Act, apply, check_version

_LAST_OF_FEBRUARY = 28
# What a published call is: whose, where, when and in which language do not change any more.
_SETTLED = frozenset({"country", "timezone", "lang", "year", *(which.value for which in CallDate)})


def create(values: Mapping[str, Any], actor: Actor) -> Call:
    """Start a draft for the actor's network; ``values`` as in :func:`rulebook.filling.fill`."""
    call = Call(organization_id=actor.organization_id)
    fill(call, values)
    audit.record(call, "create", actor, to_status=call.status)
    return call


def copy(call: Call, actor: Actor, year: int) -> Call:
    """Start a draft with the rules of ``call``, its dates as far away as the years are."""
    values = rules_of_call(call)
    values["title"] = call.title.replace(str(call.year), str(year))
    zone = ZoneInfo(call.timezone)
    for which, moment in dates_of(call).items():
        values[which.value] = moment and _shifted(moment, zone, year - call.year)
    made = create({**values, "year": year}, actor)
    made.copied_from_id = call.id
    return made


def _shifted(moment: datetime, zone: ZoneInfo, years: int) -> datetime:
    """Return the same hour of the same day some years later, as the clocks of ``zone`` show it."""
    here = moment.astimezone(zone)
    day = min(here.day, _LAST_OF_FEBRUARY) if here.month == 2 else here.day
    return here.replace(year=here.year + years, day=day, fold=0)


def edit_rules(
    call: Call,
    values: Mapping[str, Any],
    actor: Actor,
    seen: int | None,
    reason: str = "",
    decided_by: str = "",
) -> list[CallChange]:
    """Rewrite the rules; what changes in a published call is recorded in public.

    Args:
        call: the call.
        values: columns and rows as in :func:`rulebook.filling.fill`; of a published call the
            country, the language, the year and the dates are left alone.
        actor: who does it.
        seen: the version that the person had on the screen.
        reason: why; a published call needs it.
        decided_by: who decided; a published call needs it.

    Raises:
        OutOfOrder: the call is past the state in which rules change.
        RuleBroken: ``call_frozen``: its form has closed; ``change_unexplained``; ``part_answered``;
            or what a published call must hold does not.
        SomeoneWasFaster: somebody saved since version ``seen``.
    """
    hold(call)
    check_version(call, seen)
    require_editable(call)
    if call.published_at is None:
        fill(call, values)
        _touch(call)
        audit.record(call, "edit", actor)
        return []
    explanation = _explained(reason, decided_by)
    check_unanswered(call, values, *queries.answered_rows(call.id))
    before = words_of(call)
    fill(call, {name: value for name, value in values.items() if name not in _SETTLED})
    db.session.flush()
    check_counts(call)
    changed = differences(before, words_of(call))
    _touch(call)
    return _publish_changes(call, changed, explanation, actor)


def change_date(
    call: Call,
    which: CallDate,
    moment: datetime,
    reason: str,
    decided_by: str,
    actor: Actor,
) -> CallChange:
    """Move one date of a published call; as :func:`change_dates`."""
    return change_dates(call, {which: moment}, reason, decided_by, actor)[0]


def change_dates(
    call: Call,
    wanted: Mapping[CallDate, datetime],
    reason: str,
    decided_by: str,
    actor: Actor,
    seen: int | None = None,
) -> list[CallChange]:
    """Move dates of a published call; the old ones stay on its page, with the reason.

    Raises:
        OutOfOrder: the call is over, or not published yet.
        RuleBroken: ``date_stands``, ``date_in_the_past``, ``dates_out_of_order``,
            ``nothing_changed`` or ``change_unexplained``.
        SomeoneWasFaster: somebody saved since version ``seen``.
    """
    hold(call)
    check_version(call, seen)
    explanation = _explained(reason, decided_by)
    present = dates_of(call)
    moved = {which: moment for which, moment in wanted.items() if moment != present[which]}
    if not moved:
        raise RuleBroken("nothing_changed")
    for which, moment in moved.items():
        check_movable(call, which, moment)
    check_order({**present, **moved})
    for which, moment in moved.items():
        setattr(call, which.value, moment)
    changed = {which.value: (_kept(present[which]), _kept(moved[which])) for which in moved}
    return _publish_changes(call, changed, explanation, actor)


def _kept(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def _explained(reason: str, decided_by: str) -> dict[str, str]:
    if not reason.strip() or not decided_by.strip():
        raise RuleBroken("change_unexplained")
    return {"reason": reason.strip(), "decided_by": decided_by.strip()}


def _publish_changes(
    call: Call, changed: Mapping[str, tuple[str, str]], explanation: dict[str, str], actor: Actor
) -> list[CallChange]:
    if not changed:
        raise RuleBroken("nothing_changed")
    changes = [
        CallChange(
            call_id=call.id, field=name, before=before, after=after, user_id=actor.id, **explanation
        )
        for name, (before, after) in changed.items()
    ]
    db.session.add_all(changes)
    audit.record(call, "change", actor, reason=explanation["reason"], fields=list(changed))
    db.session.expire(call, ["changes"])
    tell_of_changes(call, changes)
    return changes


def _touch(call: Call) -> None:
    # Rows of the rules are tables of their own: the version of the call counts their changes too.
    call.updated_at = utcnow()


def act(call: Call, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: the data do not allow it yet, see ``rules.check_act``.
        DomainError: as ``lifecycle.advance``.
    """
    hold(call)
    check_version(call, sent.version)
    call.workflow.find(sent.action, call.status)
    check_act(call, sent.action)
    apply(call, Act(sent.action, sent.reason, sent.reason_code), actor)
    if sent.action is CallAction.PUBLISH:
        call.published_at = utcnow()
    elif sent.action is CallAction.EVALUATE:
        freeze_lot(call)
    tell(call, sent)


def freeze_lot(call: Call) -> str:
    """Set, once the form has closed, the seed of the lot, and return it.

    It is made of the digests on the receipts of all that was submitted in time, so that nobody can
    know it before and anybody can repeat it after.

    Raises:
        RuleBroken: ``call_not_closed``.
    """
    if call.lot_seed:
        return call.lot_seed
    hold(call)
    if not call.is_frozen or call.closes_at is None:
        raise RuleBroken("call_not_closed")
    if not call.lot_seed:
        digests = queries.digests_before(call.id, call.closes_at)
        call.lot_seed = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        db.session.flush()
    return call.lot_seed
