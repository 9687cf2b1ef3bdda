"""What is open to the city, and when its application is complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from app.calls.applications import fields
from app.calls.applications.contents import Contents, contents
from app.calls.applications.fields import Item, Kind
from app.calls.applications.models import Application, Correction
from app.calls.municipalities import codes, tax_ids
from app.calls.municipalities.queries import by_code, is_loaded
from app.domain.call_states import ApplicationStatus
from app.domain.errors import OutOfOrder, RuleBroken
from app.domain.vocabulary import Country
from app.extensions import utcnow
from app.search_text import fold
from config import MEGABYTE

_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """What an application still lacks: the piece, in which section, and what is wrong with it."""

    item: Item
    section: str
    why: Any


def open_correction(application: Application) -> Correction | None:
    """Return the request to correct that waits for an answer."""
    if application.status is not ApplicationStatus.CORRECTING:
        return None
    return next((one for one in reversed(application.corrections) if not one.answered_at), None)


def open_keys(application: Application, now: datetime | None = None) -> frozenset[str]:
    """Return the pieces that the city may change now: all of a draft, or those to correct."""
    if application.status is ApplicationStatus.DRAFT:
        return frozenset(item.key for item in fields.items(application.call))
    correction = open_correction(application)
    if correction is None or (now or utcnow()) >= correction.due_at:
        return frozenset()
    return frozenset(correction.items)


def check_editable(application: Application) -> None:
    """Refuse a change of what was handed in.

    Raises:
        OutOfOrder: it is neither a draft nor to be corrected.
        RuleBroken: ``correction_over``: the time to correct has passed.
    """
    if application.status not in (ApplicationStatus.DRAFT, ApplicationStatus.CORRECTING):
        raise OutOfOrder("edit", application.status)
    if not open_keys(application):
        raise RuleBroken("correction_over")


def missing(application: Application) -> list[Missing]:
    """Return what keeps the application from being handed in, of what the city may change."""
    writable = open_keys(application)
    return [one for one in _lacking(application) if one.item.key in writable]


def _lacking(application: Application) -> list[Missing]:
    said = contents(application)
    found = [
        Missing(item, section.name, why)
        for section in fields.sections(application.call)
        for item in section.items
        if (why := _lacks(item, said, application))
    ]
    return found + list(_wrong_letter(application))


def check_complete(application: Application) -> None:
    """Refuse an incomplete application.

    Raises:
        RuleBroken: ``incomplete_application`` with what is missing.
    """
    lacking = missing(application)
    if lacking:
        parts = "; ".join(str(one.item.label) for one in lacking)
        raise RuleBroken("incomplete_application", parts=parts)


def _lacks(item: Item, said: Contents, application: Application) -> Any:
    value = said[item.key]
    if value is None or value == "" or value is False:
        return _l("Still missing") if item.required else None
    if item.kind is Kind.DOCUMENT:
        return _unfit(item, value, application)
    country = application.call.country
    if item.kind is Kind.TAX_ID and tax_ids.clean(country, value) is None:
        return _l("Its check digit says that it is wrong")
    return code_problem(country, value) if item.kind is Kind.CODE else None


def code_problem(country: Country, code: str) -> Any:
    """Return what is wrong with an official code, if anything is."""
    if not codes.is_possible(country, code):
        return _l("No municipality has such a code")
    if is_loaded(country) and by_code(country, code) is None:
        return _l("The official register has no municipality with this code")
    return None


def _unfit(item: Item, file: Contents, application: Application) -> Any:
    """Say why a document does not fit what the call asks now; its limits may have changed since."""
    document = next(one for one in application.call.documents if one.id == item.id)
    if document.max_pages is not None and (file["pages"] or 0) > document.max_pages:
        return _l("Has more pages than are accepted")
    if file["size"] > document.max_megabytes * MEGABYTE:
        return _l("Is larger than is accepted")
    return None


def _wrong_letter(application: Application) -> Iterator[Missing]:
    """Yield what does not fit together in the letter: its date, and whether the mayor signed it."""
    letter = {item.key: item for item in fields.columns() if item.key.startswith("letter_")}
    today = utcnow().astimezone(ZoneInfo(application.call.timezone)).date()
    if application.letter_date is not None and application.letter_date > today:
        yield Missing(letter["letter_date"], "letter", _l("Is in the future"))
    signer, mayor = application.letter_signer, application.mayor_name
    if signer and mayor and not names_agree(signer, mayor):
        why = _l("The mayor signs the letter: this is another name than the mayor's")
        yield Missing(letter["letter_signer"], "letter", why)


def names_agree(one: str, other: str) -> bool:
    """Tell whether two names could be the same person's: they share a name longer than initials."""
    return bool(_parts(one) & _parts(other))


def _parts(name: str) -> set[str]:
    words = fold(name).replace(",", " ").replace(".", " ").split()
    return {word for word in words if len(word) >= _SHORTEST_NAME}
