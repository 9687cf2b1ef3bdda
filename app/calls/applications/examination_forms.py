"""What the coordination writes of an application: verdicts, a request to correct, a permission."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from app.calls.applications import fields
from app.calls.applications.examination import items_to_check, verdicts
from app.calls.applications.fields import Item
from app.calls.applications.models import Application
from app.calls.models import Call
from app.domain.call_vocabulary import Verdict
from app.organizations.models import Organization
from app.web.forms import Form, checkboxes, moment, paragraph
from app.web.labels import choices

NOTE_LENGTH = 2000


class ExaminationForm(Form):
    """A verdict and a note for each item; what is left open can be said later."""

    items: tuple[Item, ...] = ()

    def said(self) -> dict[str, tuple[Verdict, str]]:
        """Return verdict and note by key, of the items that have a verdict."""
        return {
            item.key: (Verdict(self[f"verdict_{item.name}"].data), self[f"note_{item.name}"].data)
            for item in self.items
            if self[f"verdict_{item.name}"].data
        }


def examination_form(application: Application) -> ExaminationForm:
    """Return the form with what was said so far."""
    items = tuple(items_to_check(application))
    made: dict[str, Any] = {"items": items}
    for item in items:
        made[f"verdict_{item.name}"] = _verdict()
        made[f"note_{item.name}"] = paragraph(_l("Note"), NOTE_LENGTH)
    known = verdicts(application)
    data: dict[str, Any] = {"version": str(application.version)}
    for item in items:
        if item.key in known:
            data[f"verdict_{item.name}"] = known[item.key].verdict.value
            data[f"note_{item.name}"] = known[item.key].note
    kind: type[ExaminationForm] = type("OneExaminationForm", (ExaminationForm,), made)
    return kind(data=data)


def _verdict() -> RadioField:
    return RadioField(
        _l("Is it met?"),
        [Optional()],
        choices=lambda: choices(Verdict),
        coerce=lambda value: value or "",
    )


class _OwnTime(Form):
    """A form with a moment in the zone of the call."""

    def moment_in(self, call: Call, name: str) -> datetime:
        """Return a moment of the form, read in the zone of the call, in UTC."""
        typed: datetime = self[name].data
        return typed.replace(tzinfo=ZoneInfo(call.timezone)).astimezone(UTC)


class CorrectionForm(_OwnTime):
    """What the city must correct, why, and until when."""

    items = checkboxes(_l("What is open to be corrected"), lambda: [])
    note = paragraph(
        _l("What must be corrected"),
        NOTE_LENGTH,
        required=True,
        hint=_l("The city reads this in its mail and above its form."),
    )
    due_at = moment(_l("Until"), required=True, hint=_l("In the time zone of the call."))


def correction_form(application: Application) -> CorrectionForm:
    """Return the form with what was found to be corrected chosen already."""
    found = [key for key, one in verdicts(application).items() if one.verdict is _TO_CORRECT]
    form = CorrectionForm(data={"items": found, "version": str(application.version)})
    form.items.choices = [(item.key, item.label) for item in fields.items(application.call)]
    return form


_TO_CORRECT = Verdict.TO_CORRECT


class LateForm(_OwnTime):
    """Which city may hand in after the closing, until when, and why."""

    city = SelectField(_l("City"), [InputRequired()])
    until = moment(_l("Until"), required=True, hint=_l("In the time zone of the call."))
    reason = paragraph(
        _l("Why"), NOTE_LENGTH, required=True, hint=_l("It is named in the minutes of the call.")
    )


def late_form(cities: Iterable[Organization]) -> LateForm:
    """Return the form with the cities that have no permission yet."""
    form = LateForm()
    named = [(city.slug, city.name) for city in cities]
    form.city.choices = [("", _l("Choose…")), *named]
    return form
