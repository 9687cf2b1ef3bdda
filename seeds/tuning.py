"""How the coordination added words of the region to the glossary: tried, compared, accepted."""

from app.domain.states import TuningAction
from app.lifecycle import Act
from app.matches.tuning import lines, queries, service
from app.matches.tuning.models import Tuning
from seeds import cast, content
from seeds.calendar import Calendar

_TRIED = -60
"""The day of the trial; the worker compares it overnight, and it is accepted the day after."""


def plan(calendar: Calendar) -> None:
    """Let the words be tried one day and accepted on the next."""
    calendar.add(_TRIED, _try)
    calendar.add(_TRIED + 1, _accept)


def _try() -> None:
    actor = cast.coordinator()
    tuning = service.start(queries.in_use(), actor)
    for row in content.glossary()["line"]:
        lines.add(tuning, (row["es"], row["pt"], row["en"]), actor, None)
    service.compare(tuning)


def _accept() -> None:
    sent = Act(TuningAction.ACCEPT, content.glossary()["reason"])
    service.act(_trial(), sent, cast.coordinator())


def _trial() -> Tuning:
    tuning = queries.trial()
    if tuning is None:
        message = "no settings are being tried"
        raise LookupError(message)
    return tuning
