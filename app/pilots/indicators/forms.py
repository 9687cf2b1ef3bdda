"""Indicators and readings as forms."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.vocabulary import Direction, Frequency
from app.web.forms import Form, choice, day, number, paragraph, text


class IndicatorForm(Form):
    """What is measured, from where to where."""

    name = text(_l("What is measured"), 160, required=True)
    unit = text(_l("Unit"), 60, required=True)
    direction = choice(_l("Direction"), Direction)
    baseline = number(_l("Baseline"), required=True, hint=_l("The value before the pilot."))
    baseline_on = day(_l("Date of the baseline"), required=True)
    target = number(_l("Target"), required=True, hint=_l("The value that would be a success."))
    source = text(_l("Source"), 300, hint=_l("The system or register where it is read."))
    responsible = text(_l("Who reads it"), 200, hint=_l("The office or the role."))
    frequency = choice(_l("How often"), Frequency)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a target that lies against the direction."""
        valid = bool(super().validate(extra_validators))
        baseline, target, direction = self.baseline.data, self.target.data, self.direction.data
        if baseline is None or target is None or direction is None:
            return valid
        rises = target > baseline
        if target == baseline or rises is not (direction is Direction.UP):
            self.target.errors = [
                _l("The target must lie beyond the baseline, in the direction chosen.")
            ]
            return False
        return valid


class ReadingForm(Form):
    """The value of an indicator on a day."""

    on = day(_l("Date"), required=True)
    value = number(_l("Value"), required=True)
    note = paragraph(_l("Note"), 1000)


class CorrectionForm(Form):
    """A better value for a day that was read already."""

    value = number(_l("Value"), required=True)
    note = paragraph(
        _l("Note"), 1000, hint=_l("Why it is corrected; the old value stays in the history.")
    )
