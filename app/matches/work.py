"""What proposed matches ask of both sides."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.predicates import writes
from app.matches import queries
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the proposed matches that wait for the actor's answer."""
    if not writes(actor, None):
        return
    for match in queries.awaiting_answer(actor):
        url = url_for("matches.show", match_id=match.public_id)
        what = _l("Accept or decline the proposed match")
        challenge = match.challenge
        yield Task(what, challenge.title, challenge.lang, url, match.status_since, match.respond_by)
