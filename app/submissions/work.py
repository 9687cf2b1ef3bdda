"""What submissions ask of their startup."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.predicates import writes
from app.domain.states import SubmissionStatus
from app.submissions import queries
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the drafts that can still be sent."""
    if not writes(actor, None):
        return
    for submission in queries.of_startup(actor):
        if submission.status is SubmissionStatus.DRAFT and submission.challenge.is_open:
            yield Task(
                _l("Send the submission before the challenge closes"),
                submission.challenge.title,
                submission.challenge.lang,
                url_for("submissions.show", submission_id=submission.public_id),
                submission.updated_at,
                submission.challenge.closes_at,
            )
