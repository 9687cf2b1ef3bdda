"""Default deny: a view answers only when it says who may call it.

``@public`` opens a view to everybody; ``@allow`` names the permission it needs and, where the URL
names a thing, how to load it. An endpoint with neither is refused with 403 by a hook.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue

from app.domain.actors import ANONYMOUS, Actor
from app.domain.permissions import POLICY, Permission, can
from app.domain.predicates import anyone
from app.domain.predicates import public as is_public
from app.lifecycle import Lifecycle
from app.web.actor import current_actor

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "declared_access"


class SignInNeeded(Exception):
    """An anonymous visitor asked for something that needs an account."""


@dataclass(frozen=True, slots=True)
class Loader:
    """How to find the thing that a URL names, and the permission needed to know it exists."""

    find: Callable[..., Any]
    see: Permission


def public(view: View) -> View:
    """Open ``view`` to everybody."""
    setattr(view, _DECLARED, "public")
    return view


def allow(permission: Permission, load: Loader | None = None) -> Callable[[View], View]:
    """Let only holders of ``permission`` call the view.

    With ``load``, the thing is found from the URL's arguments and handed to the view in their
    place, first. Who may not see it gets 404 (as if it did not exist); who may see it but not do
    this gets 403; an anonymous visitor is asked to sign in where an account could help.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            actor = current_actor()
            if load is None:
                _require(actor, permission, None)
                return cast("ResponseReturnValue", view(**arguments))
            _ask_to_sign_in(actor, permission)
            names = inspect.signature(load.find).parameters
            thing = load.find(**{name: arguments.pop(name) for name in names})
            if thing is None or not can(actor, load.see, thing.subject):
                abort(404)
            _require(actor, permission, thing)
            return cast("ResponseReturnValue", view(thing, **arguments))

        setattr(guarded, _DECLARED, permission)
        return guarded  # type: ignore[return-value]  # the wrapper stands in for the view

    return decorate


def declare(app: Flask, endpoint: str, permission: Permission | None) -> None:
    """State who may call an endpoint whose view is a library's; ``None`` means everybody."""
    view = app.view_functions[endpoint]

    @wraps(view)
    def guarded(**arguments: Any) -> ResponseReturnValue:
        if permission is not None:
            _require(current_actor(), permission, None)
        return cast("ResponseReturnValue", view(**arguments))

    setattr(guarded, _DECLARED, permission or "public")
    app.view_functions[endpoint] = guarded


def declared_access(app: Flask, endpoint: str) -> Permission | str | None:
    """Return what the view of ``endpoint`` declares: a permission, ``public`` or nothing."""
    return getattr(app.view_functions[endpoint], _DECLARED, None)


def refuse_undeclared() -> None:
    """Before each request: answer 403 where the view does not say who may call it."""
    if request.endpoint is None or request.endpoint == "static":
        return
    if declared_access(current_app, request.endpoint) is None:
        abort(403)


def _require(actor: Actor, permission: Permission, thing: Lifecycle | None) -> None:
    if can(actor, permission, None if thing is None else thing.subject):
        return
    if actor == ANONYMOUS:
        raise SignInNeeded
    abort(403)


def _ask_to_sign_in(actor: Actor, permission: Permission) -> None:
    # Asked before anything is looked up, so that the answer does not tell what exists.
    if actor == ANONYMOUS and not _open_to_visitors(permission):
        raise SignInNeeded


def _open_to_visitors(permission: Permission) -> bool:
    return any(set(rule) <= {anyone, is_public} for rule in POLICY[permission])
