"""The acts of the story in the order in which they happened."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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

        Raises:
            ValueError: the day has not passed yet.
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

    def at(self, moment: datetime, verb: Callable[..., object], *arguments: Any) -> None:
        """Let ``verb`` be called at ``moment``: facts keep their dates, whenever that is told.

        Acts of one moment keep the order in which they were added.

        Raises:
            ValueError: the moment has not passed yet.
        """
        if moment >= self.now:
            message = f"the story cannot know what happens at {moment}"
            raise ValueError(message)
        self._entries.append(Happening(moment.astimezone(UTC), verb, arguments))

    def moment(self, said: datetime | str, zone: str) -> datetime:
        """Return when something is said to be: at a moment, or ``"-12 09:30:00"``.

        The latter is so many days from now, at that hour of ``zone``.
        """
        if isinstance(said, datetime):
            return said.astimezone(UTC)
        days, _, hour = said.partition(" ")
        here = (self.now + timedelta(days=int(days))).astimezone(ZoneInfo(zone))
        return datetime.combine(here.date(), time.fromisoformat(hour), ZoneInfo(zone)).astimezone(
            UTC
        )

    def days_to(self, moment: datetime) -> int:
        """Return how many days ``moment`` is from now, negative in the past."""
        return (moment.date() - self.now.date()).days

    def day(self, day: int) -> date:
        """Return the date ``day`` days from now."""
        return (self.now + timedelta(days=day)).date()

    def in_order(self) -> list[Happening]:
        """Return every act, the earliest first."""
        return sorted(self._entries, key=lambda entry: entry.when)
