"""A submission as a form."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from app.solutions.models import Solution
from app.web.forms import Form, paragraph


class SubmissionForm(Form):
    """How the startup would solve the challenge. A draft may be saved with anything missing."""

    approach = paragraph(
        _l("How you would solve it"),
        6000,
        hint=_l("For this problem and this city, with what your solution already does."),
    )
    plan = paragraph(
        _l("The plan of the pilot"), 4000, hint=_l("Steps and weeks, up to the first result.")
    )
    team = paragraph(_l("The people who would do it"), 3000, hint=_l("Roles and experience."))
    needs_from_city = paragraph(
        _l("What you need from the city"), 3000, hint=_l("Data, access, people, permissions.")
    )


class NewSubmissionForm(SubmissionForm):
    """The same, with the solution that is offered; only the startup's published ones."""

    solution = SelectField(_l("With which solution"), [InputRequired()])

    def offer(self, solutions: Sequence[Solution]) -> None:
        """Set the choices; one alone is chosen already."""
        self.solution.choices = [(one.public_id, one.title) for one in solutions]
        if len(solutions) > 1:
            self.solution.choices.insert(0, ("", _l("Choose…")))

    def text(self) -> dict[str, str]:
        """Return what was written, without the choice of the solution."""
        return {name: value for name, value in self.values().items() if name != "solution"}
