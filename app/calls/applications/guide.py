"""The list of sections beside a draft: how far each one is, and which comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.calls.applications import fields
from app.calls.applications.contents import Contents, contents
from app.calls.applications.fields import Section
from app.calls.applications.models import Application
from app.calls.applications.rules import Missing, missing, open_correction, open_keys
from app.calls.applications.versions import received


@dataclass(frozen=True, slots=True)
class Task:
    """A section as the task list draws it; ``state`` is done, current or todo."""

    name: str
    label: Any
    url: str
    state: str
    hint: Any = None
    wrong: bool = False


def tasks(application: Application) -> list[Task]:
    """Return the sections with something that the city may change now."""
    said, lacking = contents(application), missing(application)
    return [_task(application, section, said, lacking) for section in writable(application)]


def _task(
    application: Application, section: Section, said: Contents, lacking: Iterable[Missing]
) -> Task:
    still = [one for one in lacking if one.section == section.name]
    begun = any(said[item.key] for item in section.items)
    state = "done" if not still else ("current" if begun else "todo")
    if state == "done" and not _is_corrected(application, section, said):
        state = "todo"
    return Task(section.name, section.title, address(application, section.name), state)


def _is_corrected(application: Application, section: Section, said: Contents) -> bool:
    """Tell whether what must be corrected in a section says something else than it did."""
    correction = open_correction(application)
    if correction is None:
        return True
    before = received(application)
    asked = [item.key for item in section.items if item.key in correction.items]
    return all(said[key] != before.get(key) for key in asked)


def writable(application: Application) -> list[Section]:
    """Return the sections in which the city may change something now."""
    keys = open_keys(application)
    return [
        section
        for section in fields.sections(application.call)
        if any(item.key in keys for item in section.items)
    ]


def following(application: Application, name: str) -> str | None:
    """Return the name of the section after ``name``, if there is one."""
    names = [section.name for section in writable(application)]
    place = names.index(name) + 1
    return names[place] if place < len(names) else None


def address(application: Application, section: str) -> str:
    """Return the address of the form of a section."""
    return url_for("applications.edit", application_id=application.public_id, section=section)


def where(application: Application, one: Missing) -> str:
    """Return the address of the field where something is missing."""
    return f"{address(application, one.section)}#{one.item.name}"
