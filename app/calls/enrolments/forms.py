"""Signing an adhesion, and enrolling a member without a call, as forms."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Regexp

from app.calls.enrolments import queries
from app.web.forms import Form, day, paragraph, text, yes_no


class SigningForm(Form):
    """Who signed, as what, when, and the signed document."""

    signer = text(_l("Who signed"), 160, required=True)
    role = text(_l("Office of who signed"), 160, required=True)
    signed_on = day(_l("Signed on"), required=True)
    document = FileField(
        _l("The signed adhesion"), description=_l("A PDF of at most 10 MB and 20 pages.")
    )


class FoundingForm(Form):
    """A city that is a member without a call of the platform."""

    organization = SelectField(_l("City"), [InputRequired()], coerce=str)
    cohort = text(_l("Cohort"), 4, required=True, hint=_l("The year, such as 2024."))
    since = day(_l("Member since"), required=True)
    founder = yes_no(_l("Founding member"))
    reason = paragraph(_l("Reason"), 2000, required=True, hint=_l("By which act it is a member."))


def founding_form() -> FoundingForm:
    """Return the form with the cities that can be enrolled."""
    form = FoundingForm()
    form.organization.choices = [
        SelectChoice("", _l("Choose…")),
        *(SelectChoice(one.slug, one.name) for one in queries.cities_without()),
    ]
    form.cohort.validators = [*form.cohort.validators, Regexp(r"\d{4}", message=_l("Four digits."))]
    return form
