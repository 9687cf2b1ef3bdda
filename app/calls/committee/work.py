"""What the committee asks of its members and of who presides it."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.calls.applications.anonymity import title_of
from app.calls.committee import progress, seats
from app.calls.committee.models import Review
from app.calls.committee.phase import is_writable
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_states import CallStatus, ReviewStatus
from app.web.work import Task

_WORDS = {
    ReviewStatus.ASSIGNED: _l("Accept the review, or recuse yourself"),
    ReviewStatus.ACCEPTED: _l("Write the review and send it"),
    ReviewStatus.REOPENED: _l("Look at the reopened review again"),
}


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the reviews to send, and for who presides what the committee must still settle."""
    if actor.id is None:
        return
    for call in seats.committees_of(actor):
        if is_writable(call):
            yield from _reviews(call, actor)
        if call.status is CallStatus.EVALUATING and actor.id in call.chair_ids:
            yield from _of_chair(call, actor)


def _reviews(call: Call, actor: Actor) -> Iterator[Task]:
    for review in progress.own_reviews(call, actor):
        if what := _WORDS.get(ReviewStatus(review.status)):
            yield _task(review, what, actor)


def _task(review: Review, what: Any, actor: Actor) -> Task:
    title = f"{title_of(review.application, actor)}, {review.application.call.title}"
    url = url_for("reviews.write", review_id=review.public_id)
    call = review.application.call
    return Task(what, title, call.lang, url, review.status_since, call.evaluation_closes_at)


def _of_chair(call: Call, actor: Actor) -> Iterator[Task]:
    made = progress.progress(call, actor)
    if any(len(item.reviews) < call.reviews_each for item in made.items):
        url = url_for("assignment.plan", call_id=call.public_id)
        what = _l("Assign the applications that lack reviews")
        yield Task(what, call.title, call.lang, url, call.status_since, call.evaluation_closes_at)
    for item in made.items:
        if item.asks_consensus and not item.is_settled:
            url = url_for("evaluation.consensus", application_id=item.application.public_id)
            title = f"{title_of(item.application, actor)}, {call.title}"
            what = _l("Bring about the consensus on the application")
            yield Task(what, title, call.lang, url, call.status_since, call.preliminary_at)
