"""The dates of a call as people read them: to the second, in its hours and in theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import format_datetime
from flask_babel import gettext as _

from app.calls.models import Call, CallChange
from app.domain.call_vocabulary import CallDate
from app.extensions import utcnow
from app.web.formats import local, long_datetime, zone_name


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of a date: what it was, and why and by whom it was moved."""

    before: datetime | None
    after: datetime | None
    change: CallChange


@dataclass(frozen=True, slots=True)
class ShownDate:
    """One date of a call; ``state`` is past, next or ahead, ``moved`` its changes, latest first."""

    which: CallDate
    moment: datetime
    state: str
    moved: Sequence[Moved]


def moment_of(text: str) -> datetime | None:
    """Return a moment as a change keeps it."""
    return datetime.fromisoformat(text) if text else None


def shown_dates(call: Call) -> list[ShownDate]:
    """Return the dates that are set, in their order, with all their changes."""
    now = utcnow()
    known = [(which, moment) for which in CallDate if (moment := call.date_of(which))]
    coming = next((which for which, moment in known if moment > now), None)
    return [
        ShownDate(
            which,
            moment,
            "past" if moment <= now else "next" if which is coming else "ahead",
            [
                Moved(moment_of(one.before), moment_of(one.after), one)
                for one in call.changes
                if one.field == which.value
            ],
        )
        for which, moment in known
    ]


def rule_changes(call: Call) -> list[CallChange]:
    """Return the changes of the rules, the latest first."""
    dates = {which.value for which in CallDate}
    return [one for one in call.changes if one.field not in dates]


def exact(moment: datetime | None, zone: str) -> str:
    """Return date, hour and zone in words, with the seconds where there are any."""
    if moment is None or not local(moment, zone).second:
        return long_datetime(moment, zone)
    here = format_datetime(local(moment, zone), "d MMM y, HH:mm:ss", rebase=False)
    return f"{here} ({zone_name(moment, zone)})"


def elsewhere(moment: datetime | None, zone: str, readers_zone: str | None) -> str:
    """Return the moment in the reader's zone, or nothing where their clocks show the same."""
    if moment is None or readers_zone is None:
        return ""
    here, there = local(moment, zone), local(moment, readers_zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    return str(_("For you: %(moment)s", moment=exact(moment, readers_zone)))


def on_the_clock(typed: datetime, zone: str) -> datetime | None:
    """Return the moment at which the clocks of ``zone`` show ``typed``, or None if they never do.

    Where they show it twice, when summer time ends, it is the later of the two, so that nobody is
    cut off an hour early.
    """
    moment = typed.replace(tzinfo=ZoneInfo(zone), fold=1)
    utc = moment.astimezone(ZoneInfo("UTC"))
    back = utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    return utc if back == typed.replace(fold=0) else None
