"""The acts of the story in the order in which they happened."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_FIRST_HOUR = 12
"""When offices open in most of the region, in UTC."""

_MINUTES_BETWEEN = 7


@dataclass(frozen=True, slots=True)
class Happening:
    """One act: when, and what is called with what."""

    when: datetime
    verb: Callable[..., object]
    arguments: tuple[Any, ...]


class Calendar:
    """Collects acts by day, counted from ``now``, and gives them back in order of time.

    The same content and the same ``now`` always make the same calendar, so that a load which was
    cut short can be taken up where it stopped.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._entries: list[Happening] = []
        self._of_day: Counter[int] = Counter()

    def add(self, day: int, verb: Callable[..., object], *arguments: Any) -> None:
        """Let ``verb`` be called ``day`` days from now, which must be in the past.

        Acts of one day keep the order in which they were added.
        """
        if day >= 0:
            message = f"the story cannot know what happens in {day} days"
            raise ValueError(message)
        # Not every day starts at the same minute.
        minutes = -37 * day % 150 + _MINUTES_BETWEEN * self._of_day[day]
        self._of_day[day] += 1
        opening = (self.now + timedelta(days=day)).replace(
            hour=_FIRST_HOUR, minute=0, second=0, microsecond=0
        )
        when = opening + timedelta(minutes=minutes)
        self._entries.append(Happening(when, verb, arguments))

    def day(self, day: int) -> date:
        """Return the date ``day`` days from now."""
        return (self.now + timedelta(days=day)).date()

    def in_order(self) -> list[Happening]:
        """Return every act, the earliest first."""
        return sorted(self._entries, key=lambda entry: entry.when)
