"""Filing an appeal as a form."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired

from app.calls.models import Call
from app.web.forms import Form, checkboxes, paragraph


class AppealForm(Form):
    """Which criteria a city contests, and on what grounds."""

    criteria = checkboxes(_l("Criteria that you contest"), list, coerce=int)
    grounds = paragraph(
        _l("Grounds"),
        8000,
        required=True,
        hint=_l(
            "What in your application was overlooked or misread, and where it stands. New "
            "documents do not count."
        ),
    )


def appeal_form(call: Call) -> AppealForm:
    """Return the form with the criteria of ``call`` to choose from."""
    form = AppealForm()
    form.criteria.choices = [(one.id, one.name) for one in call.criteria]
    form.criteria.validators = [DataRequired(_l("Choose at least one criterion."))]
    return form
