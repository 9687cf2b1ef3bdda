"""What a person reads when something is refused or goes wrong, in their language."""

from urllib.parse import SplitResult, urlsplit

import structlog
from flask import Flask, g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.domain.errors import DomainError, NotAllowed, SomeoneWasFaster
from app.domain.vocabulary import Language
from app.extensions import db, may_write
from app.web.labels import LABELS, label
from app.web.language import LOCALES, force_locale

log = structlog.get_logger()

SENTENCES = {
    "not_allowed": _l("Your role does not allow this."),
    "out_of_order": _l("This step is not possible now: the state is “%(status)s”."),
    "reason_missing": _l("Please give a reason, so that the others understand the decision."),
    "someone_was_faster": _l(
        "Somebody changed this a moment before you. Nothing of yours was applied: look at it "
        "again and decide."
    ),
    "already_exists": _l("This already exists, so nothing was added."),
}
TITLES = {
    400: _l("We could not read that request"),
    401: _l("Please sign in"),
    403: _l("You may not do this"),
    404: _l("There is nothing here"),
    405: _l("This address does not answer that way"),
    409: _l("That was not possible"),
    413: _l("That is too large"),
    429: _l("Too many tries"),
    500: _l("Something failed on our side"),
    503: _l("The platform is busy"),
}
TEXTS = {
    400: _l("Go back, look over what you sent and try again."),
    403: _l("Your account does not have this permission. Ask the owner of your organization."),
    404: _l("It may have been moved, withdrawn, or you may not be allowed to see it."),
    405: _l("Go back and use the buttons of the page."),
    413: _l(
        "Nothing was saved, but what you wrote is still in the form: go back and send at most "
        "20 MB a file and 2 MB of text."
    ),
    429: _l("Wait a minute and try again."),
    500: _l("Nothing was saved. The failure is recorded with the number below."),
    503: _l("Nothing was saved. Try again in a few seconds."),
}


def add_sentences(sentences: dict[str, object]) -> None:
    """Let a feature say its own refusals: code to translated sentence."""
    SENTENCES.update(sentences)


def sentence_for(error: DomainError) -> str:
    """Return the refusal in the reader's language."""
    details = {
        name: label(value) if type(value) in LABELS else value
        for name, value in error.details.items()
    }
    return str(SENTENCES[error.code]) % details


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(StaleDataError, lambda _error: _refused(SomeoneWasFaster()))
    app.register_error_handler(IntegrityError, lambda _e: _refused(DomainError("already_exists")))
    for kind in (OperationalError, InterfaceError, NoConnectionLeft):
        app.register_error_handler(kind, _database_busy)
    app.register_error_handler(RateLimitExceeded, _http_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def error_page(status: int, text: str | None = None) -> tuple[str, int]:
    """Return the page for ``status``, in the layout where that works, else without it."""
    title = TITLES.get(status, TITLES[400])
    words = text or TEXTS.get(status, TEXTS[400])
    try:
        html = render_template(
            "errors/error.html",
            status=status,
            title=title,
            text=words,
            back=_same_site_referrer(),
        )
    except Exception:
        log.exception("error_page_failed", status=status)
        return _bare_page(title, words), status
    return html, status


def _bare_page(title: object, text: object) -> str:
    """Return the page without the layout, the account or the database: what always works."""
    language = session.get("lang", Language.SPANISH.value)
    page = Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
        "<h1>{}</h1><p>{}</p><p><code>{}</code></p></html>"
    )
    with force_locale(LOCALES[language]):
        return str(page.format(language, title, title, text, g.get("request_id", "")))


def undo() -> None:
    """Give up what the request changed."""
    # A page of refusal only reads: it need not wait for whoever is writing.
    may_write.set(False)
    try:
        db.session.rollback()
    except SQLAlchemyError:
        log.warning("rollback_failed")


def _refused(error: DomainError) -> ResponseReturnValue:
    undo()
    log.info("refused", code=error.code)
    return error_page(403 if isinstance(error, NotAllowed) else 409, sentence_for(error))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    undo()
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return error_page(status)


def _database_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    undo()
    log.warning("database_busy", error=str(getattr(error, "orig", error)))
    return *error_page(503), {"Retry-After": "5"}


def _failure(error: Exception) -> ResponseReturnValue:
    undo()
    log.exception("request_failed", error=type(error).__name__)
    return error_page(500)


def split_address(address: str) -> SplitResult:
    """Return the parts of an address that somebody sent; all empty where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _same_site_referrer() -> str | None:
    referrer = split_address(request.headers.get("Referer", ""))
    if referrer.netloc != request.host or referrer.path == request.path:
        return None
    # A browser would take two slashes for another site.
    if not referrer.path.startswith("/") or referrer.path.startswith("//"):
        return None
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")
