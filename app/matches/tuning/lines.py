"""What coordinators do with the lines that a trial adds to the glossary."""

from collections.abc import Sequence

from app import audit
from app.domain.actors import Actor
from app.domain.errors import RuleBroken
from app.lifecycle import check_version
from app.matches.scales import Line
from app.matches.tuning.glossary import MOST_LINES, findings
from app.matches.tuning.models import Tuning
from app.matches.tuning.rules import check_trial


def add(tuning: Tuning, line: Line, actor: Actor, seen: int | None) -> None:
    """Add a line at the end.

    Raises:
        RuleBroken: ``line_wrong``: something about it must be mended; ``too_many_lines``.
        OutOfOrder: it is no trial.
        SomeoneWasFaster: a colleague saved since version ``seen``.
    """
    _check(tuning, seen)
    lines = [*tuning.scales.concepts, line]
    _refuse_mistakes(lines, len(lines))
    _keep(tuning, lines)
    audit.record(tuning, "add_concept", actor, name=_told(line), line=list(line))


def change(tuning: Tuning, number: int, line: Line, actor: Actor, seen: int | None) -> None:
    """Rewrite the line with this number, from 1. Raises as :func:`add`."""
    _check(tuning, seen)
    lines = list(tuning.scales.concepts)
    former = lines[number - 1]
    lines[number - 1] = line
    _refuse_mistakes(lines, number)
    _keep(tuning, lines)
    name = _told(line)
    audit.record(tuning, "edit_concept", actor, name=name, line=list(line), former=list(former))


def withdraw(tuning: Tuning, number: int, actor: Actor, seen: int | None) -> None:
    """Take the line with this number out. Raises as :func:`add`, except ``RuleBroken``."""
    _check(tuning, seen)
    lines = list(tuning.scales.concepts)
    former = lines.pop(number - 1)
    _keep(tuning, lines)
    audit.record(tuning, "withdraw_concept", actor, name=_told(former), former=list(former))


def replace_all(tuning: Tuning, lines: Sequence[Line], actor: Actor, seen: int | None) -> None:
    """Put ``lines`` in the place of all lines. Raises as :func:`add`."""
    _check(tuning, seen)
    _refuse_mistakes(lines)
    _keep(tuning, lines)
    audit.record(tuning, "import_concepts", actor, name=str(len(lines)))


def _refuse_mistakes(lines: Sequence[Line], number: int | None = None) -> None:
    """Refuse a mistake in the line with this number, or in any line."""
    if len(lines) > MOST_LINES:
        raise RuleBroken("too_many_lines", most=MOST_LINES)
    for found in findings(lines):
        if found.is_error and number in (None, found.number):
            raise RuleBroken("line_wrong", number=found.number, sentence=found.sentence)


def _told(line: Line) -> str:
    return " / ".join(line).replace("|", ", ")


def _check(tuning: Tuning, seen: int | None) -> None:
    check_trial(tuning, "edit")
    check_version(tuning, seen)


def _keep(tuning: Tuning, lines: Sequence[Line]) -> None:
    tuning.concepts = [list(line) for line in lines]
