"""One commit per request, made in one place.

A view that answers below 400 is committed, anything else is rolled back. Reading requests (GET,
HEAD, OPTIONS) may not write, except the few endpoints that declare it because a link in a mail is
their only way in.
"""

from collections.abc import Callable

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from app.domain.errors import SomeoneWasFaster
from app.extensions import db, may_write

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FIRST_REFUSAL = 400


class Puente(Flask):
    """The application; its dispatch ends every request with a commit or a rollback.

    The commit happens inside the dispatch so that a failure there is answered like any other.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then settle its transaction."""
        response = self.make_response(super().dispatch_request())
        if response.status_code >= _FIRST_REFUSAL:
            db.session.rollback()
        else:
            _commit()
        return response


def _commit() -> None:
    try:
        db.session.commit()
    except StaleDataError as error:
        raise SomeoneWasFaster from error
    for act in g.pop("after_commit", ()):
        act()


def after_commit(act: Callable[[], None]) -> None:
    """Run ``act`` once this request's transaction is committed."""
    g.setdefault("after_commit", []).append(act)


def let_get_write(app: Flask, *endpoints: str) -> None:
    """Allow these GET endpoints to write: each is reached by a single-use link in a mail."""
    app.extensions.setdefault("writing_gets", set()).update(endpoints)


def begin_request() -> None:
    """Before each request: decide whether its transaction may write."""
    writing_gets = current_app.extensions.get("writing_gets", set())
    writes = request.method not in _READING or request.endpoint in writing_gets
    may_write.set(writes)


def end_request(_error: BaseException | None) -> None:
    """After each request: undo what was not committed and forget the decision."""
    db.session.remove()
    may_write.set(True)
