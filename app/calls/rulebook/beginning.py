"""The form with which a call is begun: from a pattern, or from a former call."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from app.calls.models import Call
from app.calls.rulebook.forms import FIRST_YEAR, LAST_YEAR
from app.domain.vocabulary import Country
from app.extensions import utcnow
from app.web.forms import Form, integer, options
from app.web.labels import label

PATTERN, FORMER = "pattern", "call"


class BeginForm(Form):
    """From what, and for which cohort."""

    source = SelectField(_l("Begin from"), [InputRequired()], choices=[])
    year = integer(
        _l("Year of the cohort"),
        FIRST_YEAR,
        LAST_YEAR,
        required=True,
        hint=_l("The dates are moved to that year; you can change them before publishing."),
    )


def begin_form(former: Sequence[Call], chosen: str | None, country: Country) -> BeginForm:
    """Return the form; ``chosen`` is the public id of the call to copy, if one was asked for."""
    wanted = f"{FORMER}:{chosen}" if chosen else f"{PATTERN}:{country}"
    form = BeginForm(source=wanted, year=utcnow().year + 1)
    patterns = [
        (f"{PATTERN}:{one}", _("Pattern: %(country)s", country=label(one))) for one in Country
    ]
    calls = [
        (f"{FORMER}:{one.public_id}", _("Copy of: %(title)s", title=one.title)) for one in former
    ]
    form.source.choices = options([*patterns, *calls])
    return form
