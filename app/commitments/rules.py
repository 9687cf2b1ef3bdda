"""The five yearly duties of a member city, and how the collaborative project stands.

A year is the city's own: what is finished on 31 December at 23:30 in Santiago belongs to that year,
whatever the clock says elsewhere.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l


class Duty(StrEnum):
    """What a member city commits itself to each year."""

    PROJECT = "project"
    SHARING = "sharing"
    UP_TO_DATE = "up_to_date"
    MEETINGS = "meetings"
    RESPONSIBLE_AI = "responsible_ai"


class Standing(StrEnum):
    """How a duty stands in a year."""

    MET = "met"
    IN_PROGRESS = "in_progress"
    PENDING = "pending"
    NOT_MET = "not_met"


DUTIES = {
    Duty.PROJECT: _l("A collaborative project with a startup or a public good"),
    Duty.SHARING: _l("Share results and case studies"),
    Duty.UP_TO_DATE: _l("Keep information and indicators up to date"),
    Duty.MEETINGS: _l("Take part in the meetings"),
    Duty.RESPONSIBLE_AI: _l("Adopt AI responsibly"),
}
STANDINGS = {
    Standing.MET: _l("Met"),
    Standing.IN_PROGRESS: _l("In progress"),
    Standing.PENDING: _l("Pending"),
    Standing.NOT_MET: _l("Not met"),
}
TONES = {
    Standing.MET: "success",
    Standing.IN_PROGRESS: "info",
    Standing.PENDING: "waiting",
    Standing.NOT_MET: "danger",
}


def local_day(moment: datetime, zone: str) -> date:
    """Return the day that a moment is in a city."""
    return moment.astimezone(ZoneInfo(zone)).date()


def in_year(moment: datetime, year: int, zone: str) -> bool:
    """Tell whether a moment falls into ``year`` in a city."""
    return local_day(moment, zone).year == year


def year_bounds(year: int, zone: str) -> tuple[datetime, datetime]:
    """Return the first moment of ``year`` in a city and the first of the next."""
    here = ZoneInfo(zone)
    return datetime(year, 1, 1, tzinfo=here), datetime(year + 1, 1, 1, tzinfo=here)


def days_left(year: int, zone: str, now: datetime) -> int:
    """Return the whole days after today until the year ends in a city; 0 once it has ended."""
    return max(0, (date(year, 12, 31) - local_day(now, zone)).days)


def project_standing(
    year: int, zone: str, finished: Iterable[datetime], goes_on: bool, now: datetime
) -> Standing:
    """Return how the collaborative project of ``year`` stands.

    Args:
        year: the year asked about.
        zone: the time zone of the city.
        finished: when the city's pilots finished.
        goes_on: whether the city prepares or runs a pilot now.
        now: the present moment.
    """
    if any(in_year(moment, year, zone) for moment in finished):
        return Standing.MET
    this_year = local_day(now, zone).year
    if year < this_year:
        return Standing.NOT_MET
    return Standing.IN_PROGRESS if goes_on and year == this_year else Standing.PENDING
