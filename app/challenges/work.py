"""What challenges ask of their city and of the coordination."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.challenges import queries
from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.predicates import writes
from app.domain.states import ChallengeStatus
from app.web.work import Task

_WRITE = {
    ChallengeStatus.DRAFT: _l("Finish the draft of the challenge"),
    ChallengeStatus.CHANGES_REQUESTED: _l("Change the challenge as the coordination asked"),
}


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the briefs to review, to finish or to change."""
    if can(actor, Permission.CHALLENGE_REVIEW):
        for challenge in queries.awaiting_review():
            yield _task(challenge, _l("Review the challenge"))
    elif actor.organization_id is not None and writes(actor, None):
        for challenge in queries.of_organization(actor.organization_id, actor):
            if what := _WRITE.get(ChallengeStatus(challenge.status)):
                yield _task(challenge, what)


def _task(challenge: Challenge, what: Any) -> Task:
    url = url_for("challenges.show", challenge_id=challenge.public_id)
    return Task(what, challenge.title, challenge.lang, url, challenge.status_since)
