"""Dates, numbers and money as the reader's country writes them."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_name
from babel.numbers import format_decimal
from flask_babel import (
    format_currency,
    format_date,
    format_datetime,
    format_percent,
    get_locale,
    ngettext,
)
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.domain.vocabulary import Country
from app.extensions import utcnow

ZONES = {
    Country.ARGENTINA: "America/Argentina/Buenos_Aires",
    Country.BRAZIL: "America/Sao_Paulo",
    Country.CHILE: "America/Santiago",
    Country.URUGUAY: "America/Montevideo",
}
_NAMED_IN_ARGENTINA = "America/Argentina/Salta"
DEFAULT_ZONE = ZONES[Country.ARGENTINA]


def local(moment: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the moment in a country's zone."""
    return moment.astimezone(ZoneInfo(zone))


def long_date(value: datetime | date | None, zone: str = DEFAULT_ZONE) -> str:
    """Return the date in words: 3 de marzo de 2026."""
    if value is None:
        return ""
    day = local(value, zone) if isinstance(value, datetime) else value
    return str(format_date(day, "long", rebase=False))


def long_datetime(value: datetime | None, zone: str = DEFAULT_ZONE) -> str:
    """Return the date, the hour and the zone in words."""
    if value is None:
        return ""
    here = local(value, zone)
    return f"{format_datetime(here, 'd MMM y, HH:mm', rebase=False)} ({zone_name(value, zone)})"


def zone_name(value: datetime, zone: str) -> str:
    """Return what people call a zone: hora de Argentina, Horário de Brasília."""
    # The locale data name the hour of Argentina for some of its cities only; it is one for all.
    known = _NAMED_IN_ARGENTINA if zone.startswith("America/Argentina/") else zone
    moment = value.astimezone(ZoneInfo(known))
    return str(get_timezone_name(moment, "long", zone_variant="generic", locale=get_locale()))


def deadline(value: datetime | None, zone: str = DEFAULT_ZONE) -> str:
    """Return a moment as people need it: date, hour, zone, and how long it still is."""
    if value is None:
        return ""
    return f"{long_datetime(value, zone)} · {time_left(value)}"


def days_until(value: datetime | None) -> int | None:
    """Return the whole days until a moment, negative when it has passed."""
    return None if value is None else (value - utcnow()).days


def time_left(value: datetime) -> str:
    """Return how long it is until, or since, a moment: days, or hours on the last day."""
    seconds = int((value - utcnow()).total_seconds())
    ahead, amount = seconds > 0, abs(seconds)
    if amount < 3600:
        return str(_("less than an hour left") if ahead else _("less than an hour ago"))
    hours, days = amount // 3600, amount // 86400
    if amount < 2 * 86400:
        if ahead:
            return str(ngettext("%(num)s hour left", "%(num)s hours left", hours))
        return str(ngettext("%(num)s hour ago", "%(num)s hours ago", hours))
    if ahead:
        return str(ngettext("%(num)s day left", "%(num)s days left", days))
    return str(ngettext("%(num)s day ago", "%(num)s days ago", days))


def number(value: float | Decimal | None, decimals: int = 2) -> str:
    """Return a number with the reader's separators and no needless zeros."""
    if value is None:
        return ""
    return _written(round(Decimal(str(value)), decimals).normalize() + 0, get_locale())


@lru_cache(maxsize=4096)
def _written(value: Decimal, locale: Locale | None) -> str:
    # Pages are full of small counts, and putting one in words of a country takes its time.
    return str(format_decimal(value, locale=locale))


def percent(value: float) -> str:
    """Return a share between 0 and 1 as whole percents."""
    return str(format_percent(value))


def money(value: float | Decimal | None, currency: str) -> str:
    """Return an amount with its currency code, without cents."""
    if value is None:
        return ""
    return str(format_currency(value, currency, "¤¤ #,##0", currency_digits=False))


def paragraphs(value: str | None) -> Markup:
    """Return plain text as HTML paragraphs; everything in it is escaped."""
    blocks = [block for block in (value or "").split("\n\n") if block.strip()]
    lines = (Markup("<br>").join(escape(line) for line in block.splitlines()) for block in blocks)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


FILTERS = {
    "date": long_date,
    "datetime": long_datetime,
    "deadline": deadline,
    "time_left": time_left,
    "days_until": days_until,
    "number": number,
    "percent": percent,
    "money": money,
    "paragraphs": paragraphs,
}
