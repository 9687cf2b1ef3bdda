"""Date fields of calls: to the second, in the hours of the call's country."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, Form
from wtforms.validators import Optional

from app.calls.models import Call
from app.calls.schedule.showing import on_the_clock
from app.domain.call_vocabulary import CallDate
from app.web.labels import label

_FORMATS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
_YEARS = range(2000, 2100)


def date_field(which: CallDate, hint: Any = "") -> DateTimeLocalField:
    """Return a field for one of the dates; its data is naive, as the clocks of the call show it."""
    return DateTimeLocalField(
        label(which),
        [Optional()],
        format=list(_FORMATS),
        render_kw={"step": "1"},
        description=hint,
    )


def show_dates(form: Form, call: Call) -> None:
    """Put the dates of ``call`` into the fields, as the clocks of its zone show them."""
    for which in CallDate:
        moment = call.date_of(which)
        if which.value in form and moment is not None:
            form[which.value].data = _local(moment, call.timezone)


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moments(form: Form, zone: str) -> Mapping[CallDate, datetime | None]:
    """Return what was typed as moments; empty fields are None, absent ones are left out."""
    return {which: _moment(form[which.value].data, zone) for which in _present(form)}


def check_clock(form: Form, zone: str) -> bool:
    """Mark hours that do not exist in ``zone`` (when summer time begins) and far away years."""
    valid = True
    for which in _present(form):
        field = form[which.value]
        if field.data is None:
            continue
        if field.data.year not in _YEARS:
            field.errors = [_l("This date is too far away.")]
        elif on_the_clock(field.data, zone) is None:
            field.errors = [_l("The clocks skip this hour on that day: choose another one.")]
        valid = valid and not field.errors
    return valid


def _present(form: Form) -> Iterator[CallDate]:
    return (which for which in CallDate if which.value in form)


def _moment(typed: datetime | None, zone: str) -> datetime | None:
    return None if typed is None else on_the_clock(typed, zone)


def check_sequence(form: Form) -> bool:
    """Mark dates that come before the one they must follow."""
    valid = True
    known = [form[which.value] for which in _present(form) if form[which.value].data is not None]
    for earlier, later in pairwise(known):
        strict = earlier.name == CallDate.OPENS.value
        if later.data < earlier.data or (strict and later.data == earlier.data):
            later.errors = [_l("This must come after “%(earlier)s”.", earlier=earlier.label.text)]
            valid = False
    return valid
