"""Parts that upper features add to a page of a lower one, without the lower one knowing them.

The feature that owns the page holds a :class:`Sections`; a feature above registers a function
which answers with a :class:`Section`, or with nothing where the actor has none to see.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.domain.actors import Actor

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: its template, what the template needs, and its place (lower first)."""

    template: str
    context: Mapping[str, Any]
    order: int = 50


class Sections(Generic[Thing]):
    """What features add to one kind of page, filled once while the application starts."""

    def __init__(self) -> None:
        self._makers: list[Callable[[Thing, Actor], Section | None]] = []

    def register(
        self, maker: Callable[[Thing, Actor], Section | None]
    ) -> Callable[[Thing, Actor], Section | None]:
        """Add ``maker``; usable as a decorator."""
        self._makers.append(maker)
        return maker

    def of(self, thing: Thing, actor: Actor) -> list[Section]:
        """Return the sections that ``actor`` has on the page of ``thing``, in order."""
        made = [section for maker in self._makers if (section := maker(thing, actor))]
        return sorted(made, key=lambda section: section.order)
