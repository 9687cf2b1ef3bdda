"""What a person reads when something is refused or goes wrong, in their language."""

from urllib.parse import SplitResult, urlsplit

import structlog
from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.domain.errors import DomainError, NotAllowed, SomeoneWasFaster
from app.domain.vocabulary import Language
from app.extensions import db, may_write
from app.web.access import SignInNeeded
from app.web.labels import LABELS, label
from app.web.language import LOCALES, force_locale

log = structlog.get_logger()
_HIDDEN_FIELDS = ("csrf_token", "password", "code", "secret")

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
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(RateLimitExceeded, _http_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _page(status: int, text: str | None = None) -> tuple[str, int]:
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


def _undo() -> None:
    # A page of refusal only reads: it need not wait for whoever is writing.
    may_write.set(False)
    try:
        db.session.rollback()
    except SQLAlchemyError:
        log.warning("rollback_failed")


def _refused(error: DomainError) -> ResponseReturnValue:
    _undo()
    log.info("refused", code=error.code)
    return _page(403 if isinstance(error, NotAllowed) else 409, sentence_for(error))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    _undo()
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return _page(status)


def _database_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    _undo()
    log.warning("database_busy", error=str(getattr(error, "orig", error)))
    return *_page(503), {"Retry-After": "5"}


def _failure(error: Exception) -> ResponseReturnValue:
    _undo()
    log.exception("request_failed", error=type(error).__name__)
    return _page(500)


def _sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    _undo()
    if request.method in ("GET", "HEAD"):
        flash(_("Sign in to go on."), "info")
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    return _offer_again(_("Your session ended before this was saved."), status=401)


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    _undo()
    return _offer_again(_("The form was open for too long, so it was not accepted."), status=400)


def _offer_again(why: str, status: int) -> ResponseReturnValue:
    """Show what was typed, ready to be sent again, if it came from our own page."""
    if not _from_our_page():
        return _page(status)
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if not any(word in name for word in _HIDDEN_FIELDS)
    ]
    html = render_template("errors/again.html", why=why, fields=fields, target=request.full_path)
    return html, status


def _from_our_page() -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return _parts(origin).netloc == request.host


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _same_site_referrer() -> str | None:
    referrer = _parts(request.headers.get("Referer", ""))
    if referrer.netloc != request.host or referrer.path == request.path:
        return None
    # A browser would take two slashes for another site.
    if not referrer.path.startswith("/") or referrer.path.startswith("//"):
        return None
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")
