"""What calls ask of the coordination that runs them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.calls import queries
from app.calls.models import Call
from app.calls.questions.queries import waiting_for
from app.domain.actors import Actor
from app.domain.call_states import CallStatus
from app.domain.permissions import Permission, can
from app.extensions import utcnow
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the calls to publish, to evaluate or to date anew, and the questions to answer."""
    if not can(actor, Permission.CALL_CREATE):
        return
    for question in waiting_for(actor.organization_id):
        call = question.call
        yield _task(
            call,
            _l("Answer the questions about the call"),
            question.asked_at,
            call.closes_at,
            "call_questions.index",
        )
    for call in queries.under_way(actor.organization_id):
        yield from _of(call)


def _of(call: Call) -> Iterator[Task]:
    now = utcnow()
    closes, promised = call.closes_at, call.preliminary_at
    if call.status is CallStatus.DRAFT:
        yield _task(call, _l("Finish and publish the call"), call.created_at, call.opens_at)
    elif call.status is CallStatus.SUSPENDED:
        yield _task(call, _l("Resume the suspended call, or cancel it"), call.status_since)
    elif call.status is CallStatus.PUBLISHED and closes is not None and closes <= now:
        yield _task(call, _l("Begin the evaluation"), closes)
    elif call.status is CallStatus.PUBLISHED and not call.chair_ids:
        yield _task(call, _l("Name who presides the committee"), call.published_at or now, closes)
    elif call.status is CallStatus.EVALUATING and promised is not None and promised <= now:
        what = _l("The date of the preliminary result has passed: set a new one")
        yield _task(call, what, promised, endpoint="call_dates.edit")


def _task(
    call: Call,
    what: Any,
    since: datetime,
    due: datetime | None = None,
    endpoint: str = "call_desk.show",
) -> Task:
    url = url_for(endpoint, call_id=call.public_id)
    return Task(what, call.title, call.lang, url, since, due)
