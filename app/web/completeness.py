"""When a text is complete, and how good it is: one list of parts for the meter and for the gate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask_babel import lazy_gettext as _l

Thing = TypeVar("Thing")


_NEEDED = _l("Needed for publication")


def _always(_thing: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part(Generic[Thing]):
    """One part of a text: its name, whether sending it needs it, and what fills it.

    ``applies`` tells for which things the part makes sense at all.
    """

    name: str
    label: Any
    required: bool
    filled: Callable[[Thing], bool]
    applies: Callable[[Thing], bool] = _always


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the quality meter."""

    label: Any
    met: bool
    hint: Any = None


def missing_parts(parts: Iterable[Part[Thing]], thing: Thing) -> list[Part[Thing]]:
    """Return the required parts that are not filled yet."""
    return [p for p in parts if p.required and p.applies(thing) and not p.filled(thing)]


def quality_meter(parts: Iterable[Part[Thing]], thing: Thing, needed: Any = _NEEDED) -> list[Check]:
    """Return, for each part of a good text, whether it is there; ``needed`` marks the required."""
    return [
        Check(part.label, part.filled(thing), needed if part.required else None)
        for part in parts
        if part.applies(thing)
    ]


def names(parts: Sequence[Part[Any]]) -> str:
    """Return the parts as a list in words, for the sentence of a refusal."""
    return "; ".join(str(part.label) for part in parts)
