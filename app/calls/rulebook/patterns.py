"""The patterns from which calls are begun: one for each country, as data in ``patterns/``.

``dates`` tells for each date the years from that of the cohort and the day and hour there; in the
texts ``{year}`` is the year of the cohort.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.call_vocabulary import CallDate, DocumentKind, QuotaField, QuotaKind
from app.domain.vocabulary import Country, Language
from app.web.formats import ZONES

FOLDER = Path(__file__).parent / "patterns"
_YEAR = "{year}"


def pattern(country: Country, year: int) -> dict[str, Any]:
    """Return what a call of ``country`` for the cohort of ``year`` begins with.

    The values are as ``filling.fill`` takes them, dates included.
    """
    text = (FOLDER / f"{country.lower()}.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text.replace(_YEAR, str(year)))
    zone = ZoneInfo(ZONES[country])
    dates = said.pop("dates")
    for which in CallDate:
        said[which.value] = _moment(dates[which.value], year, zone)
    return {
        **said,
        "country": country,
        "timezone": ZONES[country],
        "year": year,
        "lang": Language(said["lang"]),
        "documents": [{**one, "kind": DocumentKind(one["kind"])} for one in said["documents"]],
        "quotas": [_quota(one) for one in said.get("quotas", [])],
    }


def _quota(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "kind": QuotaKind(said["kind"]), "field": QuotaField(said["field"])}


def _moment(text: str, year: int, zone: ZoneInfo) -> datetime:
    """Read ``-1 12-03 09:00:00``: the 3rd of December of the year before that of the cohort."""
    years, day, hour = text.split()
    return datetime.fromisoformat(f"{year + int(years):04d}-{day}T{hour}").replace(tzinfo=zone)
