"""The progress report as a form."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.web.forms import Form, day, paragraph


class ReportForm(Form):
    """What was done in a period, and what comes next."""

    period_from = day(_l("From"), required=True)
    period_to = day(_l("To"), required=True)
    done = paragraph(_l("What was done"), 5000)
    next_steps = paragraph(_l("What comes next"), 4000)
    obstacles = paragraph(_l("What stands in the way"), 4000)
    risks = paragraph(_l("Risks"), 4000)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the period ends after it begins."""
        valid = bool(super().validate(extra_validators))
        begins, ends = self.period_from.data, self.period_to.data
        if begins and ends and begins > ends:
            self.period_to.errors = [_l("The period ends before it begins.")]
            return False
        return valid
