"""Who is asking: the actor behind the present request."""

from flask import g, has_request_context
from flask_login import current_user

from app.domain.actors import ANONYMOUS, SYSTEM, Actor


def current_actor() -> Actor:
    """Return the signed-in person as an actor, or the anonymous one; SYSTEM outside requests."""
    if not has_request_context():
        return SYSTEM
    if "actor" not in g:
        g.actor = current_user.actor if current_user.is_authenticated else ANONYMOUS
    actor: Actor = g.actor
    return actor


def forget_actor() -> None:
    """Drop what is remembered for this request, after signing in or changing organization."""
    g.pop("actor", None)
