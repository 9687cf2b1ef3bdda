"""What a reader sees of an application: what was handed in, without what would tell whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from app.calls.applications import fields
from app.calls.applications.anonymity import hides_names
from app.calls.applications.contents import Contents, contents
from app.calls.applications.fields import Item, Kind
from app.calls.applications.models import Application, ApplicationFile, ApplicationVersion
from app.calls.applications.queries import file_of
from app.calls.applications.versions import (
    Piece,
    changed_keys,
    compare,
    is_named,
    received,
)
from app.calls.municipalities import tax_ids
from app.domain.actors import Actor
from app.domain.predicates import its_city
from app.organizations.places import place_name


@dataclass(frozen=True, slots=True)
class File:
    """A document as a page shows it."""

    name: str
    pages: int | None
    size: int
    sha256: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One piece: its words, or its document."""

    key: str
    label: Any
    kind: Kind
    text: Any = ""
    file: File | None = None
    hint: Any = ""

    @property
    def is_long(self) -> bool:
        """It is written in paragraphs."""
        return self.kind in (Kind.TEXT, Kind.REQUIREMENT)


@dataclass(frozen=True, slots=True)
class Part:
    """One section of what is shown."""

    name: str
    title: Any
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Change:
    """What one piece said before and says now, word by word; a document by its facts."""

    label: Any
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and what changed since the one before."""

    version: ApplicationVersion
    changes: list[Change]


def said_to(application: Application, actor: Actor) -> dict[str, Any]:
    """Return the content that ``actor`` may read: what is being written is the city's alone."""
    if its_city(actor, application.subject):
        return contents(application)
    return received(application)


def parts(application: Application, actor: Actor) -> list[Part]:
    """Return an application section by section as ``actor`` may read it.

    While names are hidden, pieces that would tell whose it is are left out, and documents lose
    their names.
    """
    said, hidden = said_to(application, actor), hides_names(application, actor)
    shown = [
        Part(
            section.name,
            section.title,
            [
                _row(item, said, application, hidden)
                for item in section.items
                if not (hidden and item.tells_who)
            ],
        )
        for section in fields.sections(application.call)
    ]
    return [part for part in shown if part.rows]


def _row(item: Item, said: Contents, application: Application, hidden: bool) -> Row:
    value = said.get(item.key)
    if item.kind is Kind.DOCUMENT:
        file = None if value is None else _file(item, value, application, hidden)
        return Row(item.key, item.label, item.kind, file=file)
    return Row(item.key, item.label, item.kind, _words(item, value, application), hint=item.hint)


def _words(item: Item, value: Any, application: Application) -> Any:
    if item.kind is Kind.TAX_ID and value:
        return tax_ids.shown(application.call.country, value)
    if item.kind is Kind.PLACE and value:
        return place_name(value) or value
    if item.kind is Kind.YES:
        return _l("Yes") if value else _l("Not yet")
    if item.kind is Kind.DATE and value:
        return date.fromisoformat(value)
    return "" if value is None else value


def _file(item: Item, value: Contents, application: Application, hidden: bool) -> File:
    url = url_for(
        "applications.download_file", application_id=application.public_id, file_id=value["file"]
    )
    name = neutral_name(application, item.label) if hidden else value["name"]
    return File(name, value["pages"], value["size"], value["sha256"], url)


def neutral_name(application: Application, title: Any) -> str:
    """Return a file name that tells the number of the application and nothing of its city."""
    return f"{application.number} {title}.pdf"


def readable_file(
    application: Application, file_id: str, actor: Actor
) -> tuple[ApplicationFile, str] | None:
    """Return a document that ``actor`` may have, and the name it has for them.

    The city has all of its own; others what was handed in, and nothing that tells whose it is
    while names are hidden.
    """
    row = file_of(application, file_id)
    if row is None:
        return None
    if its_city(actor, application.subject):
        return row, row.file.name
    item = next(one for one in fields.items(application.call) if one.id == row.document_id)
    hidden = hides_names(application, actor)
    if not is_named(application, file_id) or (hidden and item.tells_who):
        return None
    return row, neutral_name(application, item.label) if hidden else row.file.name


def steps(application: Application, actor: Actor) -> list[Step]:
    """Return the versions, the newest first, each with what changed since the one before."""
    hidden = hides_names(application, actor)
    shown = {
        item.key: item for item in fields.items(application.call) if not (hidden and item.tells_who)
    }
    contents_of = [version.content.get("items", {}) for version in application.versions]
    befores = [None, *contents_of]
    found = [
        Step(version, _changes(before, said, shown, application))
        for version, before, said in zip(application.versions, befores, contents_of, strict=False)
    ]
    return found[::-1]


def _changes(
    before: Contents | None, after: Contents, shown: Mapping[str, Item], application: Application
) -> list[Change]:
    if before is None:
        return []
    return [
        Change(
            shown[key].label,
            compare(
                _plain_words(shown[key], before.get(key), application),
                _plain_words(shown[key], after[key], application),
            ),
        )
        for key in changed_keys(before, after)
        if key in shown
    ]


def _plain_words(item: Item, value: Any, application: Application) -> str:
    if item.kind is not Kind.DOCUMENT:
        return str(_words(item, value, application))
    if value is None:
        return ""
    pages = _lp("document", "%(pages)s pages", pages=value["pages"])
    return f"{pages}, SHA-256 {value['sha256']}"
