"""The stepper on side exits, and the small parts of long forms."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from app.domain.workflows import CHALLENGE
from app.web.actions import stepper
from app.web.form_sections import Section, tasks_of
from app.web.forms import number


@dataclass
class Thing:
    """As much of a thing with a life as the stepper reads."""

    status: Any
    workflow: Any = CHALLENGE


@dataclass
class Line:
    """As much of a trail as the stepper reads."""

    from_status: Any
    to_status: Any


def _states(status: str, *trail: Line) -> list[str]:
    thing: Any = Thing(CHALLENGE.states(status))
    return [step.state for step in stepper(thing, happenings=trail)]


def test_side_exit_stands_after_the_step_it_was_left_from() -> None:
    trail = (Line("in_review", "changes_requested"), Line("draft", "in_review"))
    expected = ["done", "done", "current", "todo", "todo", "todo", "todo"]
    assert _states("changes_requested", *trail) == expected


def test_nothing_follows_an_exit_without_return() -> None:
    trail = (Line("published", "cancelled"), Line("in_review", "published"))
    assert _states("cancelled", *trail) == ["done", "done", "done", "current"]
    archived = (Line("cancelled", "archived"), *trail)
    assert _states("archived", *archived) == ["done", "done", "done", "current"]


def test_path_itself_is_unchanged_by_the_trail() -> None:
    assert _states("published", Line("in_review", "published")) == [
        *("done", "done", "current"),
        *("todo", "todo", "todo"),
    ]


class Brief(Form):
    """Two sections' worth of fields."""

    title = StringField()
    lead = StringField()
    size = number("Size")


SECTIONS = (Section("Words", ("title", "lead"), ("title",)), Section("Figures", ("size",)))


def test_sections_tell_how_far_they_are() -> None:
    def states(**typed: str) -> list[str]:
        return [task.state for task in tasks_of(Brief(MultiDict(typed)), SECTIONS)]

    assert states(title="", lead="", size="") == ["todo", "todo"]
    assert states(title="", lead="Something", size="0") == ["current", "done"]
    assert states(title="A title", lead="", size="") == ["done", "todo"]


def test_number_is_shown_again_without_the_zeros_of_the_database() -> None:
    shown = {text: Brief(size=Decimal(text)).size._value() for text in ("39.0000", "1200", "0.50")}
    assert shown == {"39.0000": "39", "1200": "1200", "0.50": "0.5"}
    assert Brief(size=Decimal("0.0000")).size._value() == "0"
