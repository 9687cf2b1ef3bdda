"""What people do with a pilot: open, agree, sign, run, close, or record that it did not happen."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app import audit
from app.challenges import service as challenges
from app.domain.actors import SYSTEM, Actor
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.domain.permissions import Permission, can
from app.domain.states import ChallengeAction, MatchStatus, PilotAction, PilotStatus
from app.domain.vocabulary import AbandonReason, BudgetKind, Side
from app.extensions import db, utcnow
from app.lifecycle import Act, apply, check_version
from app.matches.locking import hold_match
from app.matches.models import Match
from app.matches.service import release
from app.pilots import queries
from app.pilots.indicators.models import Indicator
from app.pilots.models import DEFAULT_WEEKS, AgreementSignature, Pilot, today_in
from app.pilots.rules import (
    MOST_INDICATORS,
    agreement_hash,
    check_closed,
    check_milestones_settled,
    check_ready,
    standing_signatures,
)
from app.pilots.telling import tell, tell_opened

_TIME_TO_AGREE = timedelta(weeks=3)
_SIGN = {
    Side.CITY: (Permission.PILOT_SIGN_CITY, "sign_as_city"),
    Side.STARTUP: (Permission.PILOT_SIGN_STARTUP, "sign_as_startup"),
}


def open_pilot(match: Match, actor: Actor) -> Pilot:
    """Begin to prepare the pilot of a confirmed match.

    Raises:
        NotAllowed: the actor is neither of the city nor of the coordination.
        RuleBroken: ``match_not_confirmed``, or ``pilot_exists`` when it was opened before.
    """
    if not can(actor, Permission.PILOT_OPEN, match.subject):
        raise NotAllowed(Permission.PILOT_OPEN)
    hold_match(match)
    if match.status is not MatchStatus.CONFIRMED:
        raise RuleBroken("match_not_confirmed")
    if queries.of_match(match.id) is not None:
        raise RuleBroken("pilot_exists")
    pilot = _from_brief(match)
    db.session.add(pilot)
    audit.record(pilot, "open_pilot", actor, to_status=pilot.status)
    _copy_criteria(pilot)
    tell_opened(pilot, actor)
    return pilot


def _from_brief(match: Match) -> Pilot:
    """Return a pilot with what the challenge already says about it."""
    challenge = match.challenge
    starts_on = _next_monday(today_in(challenge.organization.timezone) + _TIME_TO_AGREE)
    weeks = challenge.pilot_weeks or DEFAULT_WEEKS
    paid = challenge.budget_kind is BudgetKind.PAID
    return Pilot(
        match=match,
        challenge=challenge,
        solution=match.solution,
        city=challenge.organization,
        startup=match.solution.organization,
        lang=challenge.lang,
        title=challenge.title,
        objective=challenge.expected_result,
        data_access=challenge.data_available,
        continuation_route=challenge.continuity,
        place=challenge.pilot_place,
        cost_amount=challenge.budget_amount if paid else None,
        cost_currency=challenge.currency if paid else None,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=weeks),
    )


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _copy_criteria(pilot: Pilot) -> None:
    published = pilot.challenge.published_at or utcnow()
    for criterion in pilot.challenge.criteria[:MOST_INDICATORS]:
        indicator = Indicator(
            pilot_id=pilot.id,
            name=criterion.name,
            unit=criterion.unit,
            baseline=criterion.baseline,
            baseline_on=published.date(),
            target=criterion.target,
            direction=criterion.direction,
        )
        db.session.add(indicator)
    db.session.flush()


def hold(pilot: Pilot) -> None:
    """Keep others from changing the pilot until this transaction ends, and look at it afresh."""
    db.session.flush()
    db.session.refresh(pilot, with_for_update={"of": Pilot})


def require_status(pilot: Pilot, statuses: AbstractSet[PilotStatus]) -> None:
    """Refuse what is not possible in the pilot's present state.

    Raises:
        OutOfOrder: its state is none of ``statuses``.
    """
    if pilot.status not in statuses:
        raise OutOfOrder("edit", pilot.status)


def edit_agreement(pilot: Pilot, values: Mapping[str, Any], actor: Actor, seen: int | None) -> None:
    """Rewrite the agreement.

    Raises:
        OutOfOrder: it is being signed, or was signed already.
        SomeoneWasFaster: somebody saved since version ``seen``.
    """
    hold(pilot)
    if pilot.status is not PilotStatus.PREPARING:
        raise OutOfOrder("edit", pilot.status)
    check_version(pilot, seen)
    _fill(pilot, values)
    audit.record(pilot, "edit", actor)


def edit_closing_report(
    pilot: Pilot, values: Mapping[str, Any], actor: Actor, seen: int | None
) -> None:
    """Write what came of the pilot; published when it is finished.

    Raises:
        OutOfOrder: it is not closing.
        SomeoneWasFaster: somebody saved since version ``seen``.
    """
    hold(pilot)
    if pilot.status is not PilotStatus.CLOSING:
        raise OutOfOrder("edit", pilot.status)
    check_version(pilot, seen)
    _fill(pilot, values)
    audit.record(pilot, "edit_closing_report", actor)


def _fill(pilot: Pilot, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(pilot, name, value)
    pilot.updated_at = utcnow()


def act(pilot: Pilot, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: the agreement, the milestones or the closing report are not complete.
        DomainError: as ``lifecycle.advance``.
    """
    hold(pilot)
    check_version(pilot, sent.version)
    pilot.workflow.find(sent.action, pilot.status)
    _check(pilot, sent.action)
    _date(pilot, sent)
    apply(pilot, Act(sent.action, sent.reason, sent.reason_code), actor)
    _follow(pilot, sent)
    tell(pilot, sent)


def _date(pilot: Pilot, sent: Act) -> None:
    if sent.action is PilotAction.START:
        pilot.started_at = utcnow()
    elif sent.action is PilotAction.FINISH:
        pilot.finished_at = utcnow()
    elif sent.action is PilotAction.ABANDON and sent.reason_code in set(AbandonReason):
        pilot.abandon_reason = AbandonReason(sent.reason_code)


def _check(pilot: Pilot, action: StrEnum) -> None:
    if action is PilotAction.SEND_AGREEMENT:
        check_ready(queries.plan(pilot))
    elif action is PilotAction.START:
        _check_signed(pilot)
    elif action is PilotAction.BEGIN_CLOSING:
        check_milestones_settled(queries.milestones(pilot))
    elif action is PilotAction.FINISH:
        check_closed(queries.plan(pilot))


def _check_signed(pilot: Pilot) -> None:
    if not pilot.sides <= set(standing_signatures(queries.plan(pilot))):
        raise RuleBroken("signatures_missing")


def _follow(pilot: Pilot, sent: Act) -> None:
    """Let signatures, challenge and match follow an act on the pilot."""
    action = sent.action
    if action is PilotAction.RETURN_AGREEMENT:
        _void_signatures(pilot)
    elif action is PilotAction.START:
        challenges.progress(pilot.challenge, ChallengeAction.START_PILOT)
    elif action is PilotAction.FINISH:
        challenges.progress(pilot.challenge, ChallengeAction.RESOLVE)
    elif action is PilotAction.ABANDON:
        _void_signatures(pilot)
        # The match gives the challenge back to its alternates.
        release(pilot.match, sent.reason)


def _void_signatures(pilot: Pilot) -> None:
    for signature in pilot.signatures:
        if signature.voided_at is None and not pilot.was_started:
            signature.voided_at = utcnow()


def abandon(pilot: Pilot, sent: Act, lessons: str, actor: Actor) -> None:
    """Record that the pilot was not carried out; reason and ``lessons`` are published.

    Raises:
        DomainError: as :func:`act`.
    """
    hold(pilot)
    check_version(pilot, sent.version)
    pilot.lessons = lessons
    act(pilot, Act(sent.action, sent.reason, sent.reason_code), actor)


def sign(pilot: Pilot, side: Side, actor: Actor, seen: int | None) -> None:
    """Sign the agreement for one side; with the last signature the pilot starts.

    Both sides may sign at the same moment: the second waits for the first and finds its signature.

    Raises:
        NotAllowed: the actor does not answer for that side.
        OutOfOrder: the agreement is not being signed.
        RuleBroken: ``signed_already``.
        SomeoneWasFaster: it changed since version ``seen``.
    """
    permission, name = _SIGN[side]
    if side not in pilot.sides or not can(actor, permission, pilot.subject):
        raise NotAllowed(permission)
    hold(pilot)
    if pilot.status is not PilotStatus.SIGNING:
        raise OutOfOrder(name, pilot.status)
    check_version(pilot, seen)
    plan = queries.plan(pilot)
    if side in standing_signatures(plan):
        raise RuleBroken("signed_already")
    fingerprint = agreement_hash(plan)
    # Added by its key: the pilot itself stays as the other side has it on the screen.
    signature = AgreementSignature(
        pilot_id=pilot.id, side=side, user_id=actor.id, text_hash=fingerprint
    )
    db.session.add(signature)
    db.session.flush()
    db.session.expire(pilot, ["signatures"])
    audit.record(pilot, name, actor, text_hash=fingerprint)
    if pilot.sides <= set(standing_signatures(plan)):
        act(pilot, Act(PilotAction.START), SYSTEM)
