"""The sections of a long form, and how far each of them is: the list beside the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import FieldList, Form, FormField


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a long form: its heading, the fields in it, and those that it cannot lack.

    ``about`` is a sentence under the heading. ``needed`` defaults to all the fields.
    """

    title: Any
    names: Sequence[str]
    needed: Sequence[str] = ()
    about: Any = None


@dataclass(frozen=True, slots=True)
class Task:
    """A section as the page draws it; ``state`` is done, current or todo."""

    label: Any
    url: str
    state: str
    names: Sequence[str]
    about: Any = None
    wrong: bool = False
    id: str = field(default="")


def tasks_of(form: Form, sections: Iterable[Section]) -> list[Task]:
    """Return the sections with what ``form`` holds of them; a field that it lacks is left out."""
    return [_task(form, section) for section in sections]


def _task(form: Form, section: Section) -> Task:
    names = [name for name in section.names if name in form]
    needed = [name for name in section.needed or names if name in form]
    anchor = f"section-{names[0]}"
    if all(_is_filled(form[name]) for name in needed):
        state = "done"
    else:
        state = "current" if any(_is_filled(form[name]) for name in names) else "todo"
    wrong = any(form[name].errors for name in names)
    return Task(section.title, f"#{anchor}", state, names, section.about, wrong, anchor)


def _is_filled(item: Any) -> bool:
    """Tell whether something was written or chosen; 0 and "no" are answers."""
    if isinstance(item, FieldList):
        return any(_is_filled(entry) for entry in item.entries)
    if isinstance(item, FormField):
        return any(_is_filled(inner) for inner in item.form)
    return item.data not in (None, "", [], ())
