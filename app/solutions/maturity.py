"""Technology readiness levels (TRL) in words, and the three bands that the list is narrowed by."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, case

from app.solutions.models import Solution

LEVELS: dict[int, Any] = {
    1: _l("The principle is known"),
    2: _l("The idea and its use are described"),
    3: _l("A first experiment shows that it can work"),
    4: _l("Parts work together in a test environment"),
    5: _l("It works with realistic data"),
    6: _l("A prototype was shown in conditions like those of a city"),
    7: _l("A prototype works in a city"),
    8: _l("Finished and tested in a city"),
    9: _l("In regular use"),
}
BANDS: dict[str, Any] = {
    "early": _l("Idea or experiment (TRL 1 to 3)"),
    "tested": _l("Prototype (TRL 4 to 6)"),
    "in_use": _l("Working in a city (TRL 7 to 9)"),
}
_LAST_EARLY, _LAST_TESTED = 3, 6


def band_column() -> ColumnElement[str]:
    """Return the band of a solution as SQL."""
    return case(
        (Solution.trl <= _LAST_EARLY, "early"),
        (Solution.trl <= _LAST_TESTED, "tested"),
        (Solution.trl > _LAST_TESTED, "in_use"),
    )


def level_choices() -> list[tuple[str, Any]]:
    """Return the levels for a select field."""
    first: list[tuple[str, Any]] = [("", _l("Choose…"))]
    return first + [
        (str(level), _l("%(level)s: %(words)s", level=level, words=words))
        for level, words in LEVELS.items()
    ]
