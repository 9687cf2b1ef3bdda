"""Moving the dates of a published call."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.calls.models import Call
from app.calls.schedule.fields import check_clock, date_field, moments, show_dates
from app.calls.schedule.rules import is_movable
from app.domain.call_vocabulary import CallDate
from app.web.forms import Form, paragraph, text

LONGEST_REASON = 2000


class DatesForm(Form):
    """The dates that can still move, and why; ``zone`` is set by :func:`dates_form`."""

    opens_at = date_field(CallDate.OPENS)
    questions_close_at = date_field(CallDate.QUESTIONS_CLOSE)
    closes_at = date_field(CallDate.CLOSES)
    evaluation_closes_at = date_field(CallDate.EVALUATION_CLOSES)
    preliminary_at = date_field(CallDate.PRELIMINARY)
    appeals_close_at = date_field(CallDate.APPEALS_CLOSE)
    final_at = date_field(CallDate.FINAL)
    adhesion_closes_at = date_field(CallDate.ADHESION_CLOSES)
    reason = paragraph(
        _l("Why"),
        LONGEST_REASON,
        required=True,
        hint=_l("Everybody reads it beside the date, which keeps what it was before."),
    )
    decided_by = text(
        _l("Decided by"),
        200,
        required=True,
        hint=_l("Person, body or resolution, as it should stand in public."),
    )
    zone = ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the clocks of the call show each hour."""
        valid = super().validate(extra_validators)
        return check_clock(self, self.zone) and bool(valid)


def dates_form(call: Call) -> DatesForm:
    """Return the form with the dates of ``call``; those that stand are left out."""
    form = DatesForm(version=str(call.version))
    form.zone = call.timezone
    for which in CallDate:
        if not is_movable(call, which):
            del form[which.value]
    if not form.is_submitted():
        show_dates(form, call)
    return form


def wanted(form: DatesForm) -> dict[CallDate, Any]:
    """Return the dates that the form holds; an emptied field leaves its date alone."""
    found = moments(form, form.zone)
    return {which: moment for which, moment in found.items() if moment is not None}
