"""What waits for a person. Each feature says in its ``work.py`` what it asks of whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.actors import Actor
from app.extensions import utcnow


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, on which thing, since when, until when."""

    what: Any
    title: str
    lang: str
    url: str
    since: datetime
    due: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Its date has passed."""
        return self.due is not None and self.due < utcnow()


Tasks = Callable[[Actor], Iterator[Task]]
"""What one feature asks of an actor; nothing of those who could not do it."""
