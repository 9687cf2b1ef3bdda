"""What people decide about matches, and what follows by itself.

Of the approved matches of a challenge one at a time is proposed; the others wait as alternates,
the best score first. Every function that decides holds the challenge first (``locking.py``), so
that of two people who decide at once one wins and the other is told.
"""

from datetime import timedelta
from typing import Any

from flask import current_app

from app import audit
from app.challenges.models import Challenge
from app.challenges.service import progress
from app.domain.actors import SYSTEM, Actor
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.domain.permissions import Permission, can
from app.domain.states import (
    ChallengeAction,
    ChallengeStatus,
    MatchAction,
    MatchStatus,
)
from app.domain.vocabulary import DeclineReason, Side
from app.extensions import db, utcnow
from app.lifecycle import Act, advance, apply, check_version
from app.matches.letters import tell
from app.matches.locking import hold, hold_match
from app.matches.models import Consent, Match
from app.matches.queries import live_proposal, next_alternate
from app.matches.submitted import choose, reopen

CONSENTS = {
    Side.CITY: Permission.MATCH_CONSENT_CITY,
    Side.STARTUP: Permission.MATCH_CONSENT_STARTUP,
}
DECLINES = (MatchAction.DECLINE_AS_CITY, MatchAction.DECLINE_AS_STARTUP)
_UNDER_WAY = (ChallengeStatus.PUBLISHED, ChallengeStatus.MATCHED, ChallengeStatus.PILOTING)


def act(match: Match, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: ``challenge_over``, ``solution_not_offered`` or ``proposal_over``.
        DomainError: as ``lifecycle.apply``.
    """
    hold_match(match)
    if sent.action is MatchAction.APPROVE:
        _check_can_be_offered(match)
    if sent.action in DECLINES:
        _check_can_be_answered(match)
    apply(match, sent, actor)
    if sent.action is MatchAction.RECONSIDER:
        _forget_the_proposal(match)
    if sent.action in DECLINES:
        tell(match, "match_declined", reason=sent.reason, why=DeclineReason(str(sent.reason_code)))
    offer_next(match.challenge)


def accept(match: Match, seen: int | None, actor: Actor) -> None:
    """Accept a proposal for the actor's side; with the last acceptance the match is confirmed.

    Raises:
        NotAllowed: the actor speaks for neither side.
        OutOfOrder: it is not proposed now.
        RuleBroken: ``proposal_over`` or ``already_accepted``.
        SomeoneWasFaster: the match changed since version ``seen``.
    """
    hold_match(match)
    side = side_of(match, actor)
    if side is None:
        raise NotAllowed(Permission.MATCH_VIEW)
    if match.status is not MatchStatus.PROPOSED:
        raise OutOfOrder("accept", match.status)
    check_version(match, seen)
    _check_can_be_answered(match)
    if side in match.consented:
        raise RuleBroken("already_accepted")
    match.consents.append(Consent(side=side, user_id=actor.id))
    audit.record(match, f"accept_as_{side.value}", actor)
    if match.consented == match.sides:
        _confirm(match)
    else:
        tell(match, "match_accepted", side=side)


def side_of(match: Match, actor: Actor) -> Side | None:
    """Return the side whose answer ``actor`` may give."""
    held = (side for side in Side if can(actor, CONSENTS[side], match.subject))
    return next(held, None)


def _confirm(match: Match) -> None:
    advance(match, MatchAction.CONFIRM, SYSTEM)
    progress(match.challenge, ChallengeAction.MATCH)
    choose(match)
    tell(match, "match_confirmed")


def expire(match: Match) -> None:
    """End a proposal that nobody may answer any more, and offer the next; repeating is harmless."""
    hold_match(match)
    if match.status is MatchStatus.PROPOSED and not match.can_be_answered:
        advance(match, MatchAction.EXPIRE, SYSTEM)
        tell(match, "match_expired")
        offer_next(match.challenge)


def release(match: Match, reason: str = "") -> None:
    """Undo a confirmed match whose pilot did not happen, and offer the next alternate.

    Raises:
        OutOfOrder: the match is not confirmed, or the challenge cannot be reopened.
    """
    hold_match(match)
    advance(match, MatchAction.RELEASE, SYSTEM, reason)
    progress(match.challenge, ChallengeAction.REOPEN)
    reopen(match)
    tell(match, "match_released", reason=reason)
    offer_next(match.challenge)


def offer_next(challenge: Challenge) -> None:
    """Propose the next alternate of a published challenge that has nothing proposed."""
    hold(challenge.id)
    if challenge.status is not ChallengeStatus.PUBLISHED or live_proposal(challenge.id):
        return
    match = next_alternate(challenge.id)
    if match is None:
        return
    match.proposed_at = utcnow()
    match.respond_by = match.proposed_at + timedelta(days=_settings().consent_days)
    advance(match, MatchAction.PROPOSE, SYSTEM)
    tell(match, "match_proposed")


def _settings() -> Any:
    return current_app.config["SETTINGS"]


def _forget_the_proposal(match: Match) -> None:
    match.consents.clear()
    match.proposed_at = None
    match.respond_by = None
    db.session.flush()


def _check_can_be_offered(match: Match) -> None:
    if match.challenge.status not in _UNDER_WAY:
        raise RuleBroken("challenge_over")
    if not match.is_offered:
        raise RuleBroken("solution_not_offered")


def _check_can_be_answered(match: Match) -> None:
    if match.status is MatchStatus.PROPOSED and not match.can_be_answered:
        raise RuleBroken("proposal_over")
