"""What people do with challenges."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app import audit
from app.challenges.models import Challenge, SuccessCriterion
from app.challenges.rules import check_complete
from app.domain.actors import SYSTEM, Actor
from app.domain.errors import OutOfOrder, RuleBroken
from app.domain.states import ChallengeAction, ChallengeStatus
from app.extensions import db, utcnow
from app.jobs.service import enqueue
from app.lifecycle import Act, advance, apply, check_version
from app.notifications.service import send
from app.organizations.queries import coordinators, members_to_tell

TOLD_TO_THE_CITY: dict[StrEnum, str] = {
    ChallengeAction.PUBLISH: "challenge_published",
    ChallengeAction.REQUEST_CHANGES: "challenge_changes_requested",
    ChallengeAction.DECLARE_VOID: "challenge_no_award",
}


def create(values: Mapping[str, Any], actor: Actor) -> Challenge:
    """Start a draft for the actor's city."""
    challenge = Challenge(organization_id=actor.organization_id)
    _fill(challenge, values)
    audit.record(challenge, "create", actor, to_status=challenge.status)
    _find_similar(challenge)
    return challenge


def edit(challenge: Challenge, values: Mapping[str, Any], actor: Actor, seen: int | None) -> None:
    """Rewrite the brief.

    Raises:
        OutOfOrder: it is being reviewed or already published.
        SomeoneWasFaster: a colleague saved since version ``seen``.
    """
    if not challenge.is_editable:
        raise OutOfOrder("edit", challenge.status)
    check_version(challenge, seen)
    _fill(challenge, values)
    challenge.updated_at = utcnow()
    audit.record(challenge, "edit", actor)
    _find_similar(challenge)


def _find_similar(challenge: Challenge) -> None:
    enqueue("matches.resemble", key=str(challenge.id), challenge=challenge.id)


def _fill(challenge: Challenge, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "criteria":
            challenge.criteria = [SuccessCriterion(**row) for row in value]
        else:
            setattr(challenge, name, value)


def act(challenge: Challenge, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: the brief is not complete enough to be reviewed or published.
        DomainError: as ``lifecycle.advance``.
    """
    if sent.action in (ChallengeAction.SUBMIT, ChallengeAction.PUBLISH):
        check_complete(challenge)
    apply(challenge, sent, actor)
    if sent.action is ChallengeAction.PUBLISH:
        challenge.published_at = utcnow()
        enqueue("matches.suggest", key=str(challenge.id), challenge=challenge.id)
        enqueue("matches.resemble", challenge=challenge.id, is_new=True)
    _tell(challenge, sent)


def progress(challenge: Challenge, action: ChallengeAction) -> None:
    """Let the consequences of a match or pilot move the challenge along."""
    advance(challenge, action, SYSTEM)


def _tell(challenge: Challenge, sent: Act) -> None:
    if sent.action is ChallengeAction.SUBMIT:
        send(coordinators(), "challenge_submitted", challenge=challenge)
    template = TOLD_TO_THE_CITY.get(sent.action)
    if template:
        people = members_to_tell(challenge.organization_id)
        send(people, template, challenge=challenge, reason=sent.reason)


def require_open(challenge: Challenge) -> None:
    """Refuse what needs an open challenge.

    Raises:
        RuleBroken: ``challenge_not_open``: it is not published, not open yet, or closed.
    """
    db.session.refresh(challenge, ["status", "closes_at", "opens_at"])
    if challenge.status is not ChallengeStatus.PUBLISHED or challenge.phase != "open":
        raise RuleBroken("challenge_not_open")
