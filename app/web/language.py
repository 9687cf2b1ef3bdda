"""The reader's language: ``?lang=`` on any page, remembered; else the account's; else Spanish."""

from flask import has_request_context, request, session, url_for
from flask_babel import force_locale
from flask_login import current_user

from app.domain.vocabulary import Language
from app.web.addresses import query_arguments, this_page

NAMES = {
    Language.SPANISH: "Español",
    Language.PORTUGUESE: "Português",
    Language.ENGLISH: "English",
}
LOCALES = {"es": "es_AR", "pt": "pt_BR", "en": "en"}


def current_language() -> str:
    """Return the language code of this request: es, pt or en."""
    if not has_request_context():
        return Language.SPANISH.value
    for choice in (request.args.get("lang"), session.get("lang")):
        if choice in set(Language):
            return str(choice)
    if current_user and current_user.is_authenticated:
        return str(Language(current_user.language).value)
    return Language.SPANISH.value


def remember_language() -> None:
    """Before each request: keep the language that the address asks for."""
    choice = request.args.get("lang")
    if choice in set(Language) and session.get("lang") != choice:
        session["lang"] = choice
        session.permanent = True


def current_locale() -> str:
    """Return the locale of this request for formatting and translation."""
    return LOCALES[current_language()]


def url_for_language(code: str) -> str:
    """Return this page's address in another language."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return url_for("pages.home", lang=code)
    return this_page({**query_arguments(), "lang": code})


__all__ = [
    "LOCALES",
    "NAMES",
    "current_language",
    "current_locale",
    "force_locale",
    "remember_language",
    "url_for_language",
]
