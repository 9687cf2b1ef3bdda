"""What the pages of the settings show: values in words, and a comparison as tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.challenges.models import Challenge
from app.matches.scales import Scales
from app.matches.tuning.models import Comparison
from app.matches.tuning.queries import named_in
from app.matches.tuning.rules import LEAST_DECIDED, feedback_helps, is_current
from app.solutions.models import Solution
from app.web.formats import number, percent

TOO_GENERAL = 0.2
"""Share of the texts that a concept may touch before its words are called too general."""

FEW_TEXTS = 10
"""With fewer texts, a share of them says little."""

_LARGEST_MOVES = 40


@dataclass(frozen=True, slots=True)
class Value:
    """One of the settings: its name, and its value in words on both sides."""

    label: Any
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """The two sides differ."""
        return self.before != self.after


def values(before: Scales, after: Scales) -> list[Value]:
    """Return every setting of two versions side by side."""
    rows = zip(_told(before), _told(after), strict=True)
    return [Value(label, one, other) for (label, one), (_same, other) in rows]


def _told(scales: Scales) -> list[tuple[Any, str]]:
    on, off = _("on"), _("off")
    return [
        (_l("A word of the title counts"), _times(scales.title)),
        (_l("A word of the use cases counts"), _times(scales.uses)),
        (_l("A word of the description counts"), _times(scales.text)),
        (_l("Same sector closes of the gap"), percent(scales.sector)),
        (_l("Least points to be suggested"), number(scales.floor * 100)),
        (_l("Earlier decisions"), on if scales.feedback else off),
        (_l("Concepts added to the glossary"), number(len(scales.concepts))),
    ]


def _times(weight: float) -> str:
    return _("%(times)s times", times=number(weight)) if weight != 1 else _("once")


@dataclass(frozen=True, slots=True)
class Move:
    """An approved pair whose place changes; ``None`` is beyond the places that are told apart."""

    challenge: Challenge
    solution: Solution
    before: int | None
    after: int | None

    @property
    def rises(self) -> bool:
        """It comes nearer to the first place."""
        return self.after is not None and (self.before is None or self.after < self.before)


@dataclass(frozen=True, slots=True)
class Touched:
    """A line of the glossary that comes or goes, and the texts that it concerns."""

    words: list[str]
    added: bool
    solutions: int
    challenges: int
    loudest: list[list[Any]]
    unread: list[str]
    too_general: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished comparison, ready to be shown."""

    result: dict[str, Any]
    moves: list[Move]
    up: int
    down: int
    touched: list[Touched]
    current: bool
    helps: bool
    least: int = LEAST_DECIDED

    @property
    def hidden_moves(self) -> int:
        """How many moves are not shown one by one."""
        return self.up + self.down - len(self.moves)


def outcome(comparison: Comparison | None, present: Scales, tried: Scales) -> Outcome | None:
    """Return what the page shows of a comparison; nothing while there is no result."""
    if comparison is None or not comparison.result:
        return None
    result = comparison.result
    moves = list(_moves(result["moves"]))
    up = sum(_rises(row) for row in result["moves"])
    return Outcome(
        result=result,
        moves=moves,
        up=up,
        down=len(result["moves"]) - up,
        touched=[_touched(row, result["texts"]) for row in result["texts"]["lines"]],
        current=is_current(comparison, present, tried),
        helps=feedback_helps(comparison),
    )


def _moves(rows: list[dict[str, Any]]) -> Iterable[Move]:
    largest = sorted(rows, key=_distance, reverse=True)[:_LARGEST_MOVES]
    challenges, solutions = named_in(largest)
    for row in largest:
        challenge, solution = challenges.get(row["challenge"]), solutions.get(row["solution"])
        if challenge is not None and solution is not None:
            yield Move(challenge, solution, row["before"], row["after"])


def _distance(row: dict[str, Any]) -> int:
    nowhere = 100
    return abs((row["before"] or nowhere) - (row["after"] or nowhere))


def _rises(row: dict[str, Any]) -> bool:
    nowhere = 100
    return bool((row["after"] or nowhere) < (row["before"] or nowhere))


def _touched(row: dict[str, Any], texts: dict[str, Any]) -> Touched:
    read = texts["solutions"] + texts["challenges"]
    met = row["solutions"] + row["challenges"]
    return Touched(
        words=[cell.replace("|", ", ") for cell in row["line"]],
        added=row["change"] == "added",
        solutions=row["solutions"],
        challenges=row["challenges"],
        loudest=row["loudest"],
        unread=row["unread"],
        too_general=read >= FEW_TEXTS and met > TOO_GENERAL * read,
    )
