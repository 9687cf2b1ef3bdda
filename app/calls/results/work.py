"""What results ask: votes and an approval of the committee, letters, and decisions on appeals."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.calls.results import queries
from app.calls.results.models import Result
from app.calls.results.rules import approval_obstacles, in_conflict, owes_reviews, voters
from app.domain.actors import Actor
from app.domain.call_states import ResultStatus
from app.domain.permissions import Permission, can
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield what waits for a member of a committee, or for who runs a call."""
    for result in queries.unfinished(actor):
        yield from _of_result(result, actor)
    for appeal in queries.to_decide(actor):
        call = appeal.application.call
        url = url_for("appeals.show", appeal_id=appeal.public_id)
        what, since = _l("Decide the appeal"), appeal.created_at
        yield Task(what, call.title, call.lang, url, since, call.final_at)


def _of_result(result: Result, actor: Actor) -> Iterator[Task]:
    call, voted = result.call, queries.vote_of(result, actor.id)
    proposed = result.status is ResultStatus.PROPOSED
    votes = actor.id in {one.user_id for one in voters(call)} and not owes_reviews(call, actor.id)
    if proposed and votes and voted is None:
        yield _task(result, _l("Vote on the result"))
    chairs = can(actor, Permission.RESULT_APPROVE, result.subject)
    if proposed and chairs and not any(approval_obstacles(result)):
        yield _task(result, _l("Approve the result"))
    runs = can(actor, Permission.RESULT_PROPOSE, call.subject) and not in_conflict(call, actor)
    if not proposed and runs and any(one.reviewed_at is None for one in queries.letters(result)):
        yield _task(result, _l("Review the letters to the cities"), "letters.index")


def _task(result: Result, what: Any, endpoint: str = "results.show") -> Task:
    call, url = result.call, url_for(endpoint, result_id=result.public_id)
    return Task(what, call.title, call.lang, url, result.status_since, result.publishes_at)
