"""The rows of the form of a call: requirements, documents, criteria and quotas.

A row whose texts are all empty is dropped; one that is begun must be finished.
"""

from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.domain.call_vocabulary import DocumentKind, QuotaField, QuotaKind
from app.web.forms import choice, integer, number, paragraph, text

MOST_MEGABYTES, MOST_PAGES, HIGHEST_SCALE, MOST_SEATS = 20, 100, 10, 500
LEAST_WEIGHT, MOST_WEIGHT = Decimal("0.01"), 1000


class RowForm(PlainForm):
    """One row; ``id`` is that of the saved row which it rewrites."""

    lines: ClassVar[tuple[tuple[str, ...], ...]] = ()
    told: ClassVar[tuple[str, ...]] = ()
    needed: ClassVar[tuple[str, ...]] = ()
    id = IntegerField("", [Optional()], widget=HiddenInput())

    @property
    def is_empty(self) -> bool:
        """Nothing was written in the row."""
        return all(self[name].data in (None, "") for name in self.told)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the parts that a row cannot lack once one is given."""
        if self.is_empty:
            return True
        valid = super().validate(extra_validators)
        for name in self.needed:
            if self[name].data in (None, "") and not self[name].errors:
                self[name].errors = [_l("Fill this in, or leave the whole row empty.")]
                valid = False
        return valid

    def said(self) -> dict[str, Any]:
        """Return the clean values; without ``id`` for a new row."""
        return {name: value for name, value in self.data.items() if name != "id" or value}


class RequirementForm(RowForm):
    """A condition that a city must meet."""

    lines = (("id", "title"), ("help",))
    told = ("title", "help")
    needed = ("title",)
    title = text(_l("Requirement"), 200)
    help = paragraph(_l("How it is met and proved"), 1000)


class DocumentForm(RowForm):
    """A PDF that a city hands in."""

    lines = (
        ("id", "title"),
        ("kind", "max_pages", "max_megabytes"),
        ("required",),
        ("help",),
    )
    told = ("title", "help")
    needed = ("title", "max_megabytes")
    title = text(_l("Document"), 200)
    kind = choice(_l("Kind"), DocumentKind)
    max_pages = integer(_l("Most pages"), 1, MOST_PAGES)
    max_megabytes = IntegerField(
        _l("Most megabytes"), [Optional(), NumberRange(1, MOST_MEGABYTES)], default=10
    )
    required = BooleanField(_l("Every application needs it"), default=True)
    help = paragraph(_l("What it must contain"), 1000)


class CriterionForm(RowForm):
    """One line of the rubric."""

    lines = (("id", "name"), ("weight", "scale", "minimum"), ("help",), ("labels",))
    told = ("name", "weight", "help", "labels")
    needed = ("name", "weight", "scale")
    name = text(_l("Criterion"), 120)
    weight = number(_l("Weight"), smallest=0, hint=_l("Its share is shown below."))
    scale = IntegerField(
        _l("Highest score"), [Optional(), NumberRange(1, HIGHEST_SCALE)], default=5
    )
    minimum = number(_l("Minimum"), smallest=0, hint=_l("Who scores less is left out."))
    help = paragraph(_l("What it looks at"), 1000)
    labels = paragraph(
        _l("What each score means"), 2000, hint=_l("One line for each score, beginning with 0.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check minimum and labels against the scale too."""
        valid = super().validate(extra_validators)
        if self.is_empty or not self.scale.data:
            return valid
        top = self.scale.data
        if self.weight.data is not None and not LEAST_WEIGHT <= self.weight.data <= MOST_WEIGHT:
            self.weight.errors = [_l("Choose a weight from 0.01 to 1000.")]
        if self.minimum.data is not None and self.minimum.data > top:
            self.minimum.errors = [_l("The minimum cannot be more than the highest score.")]
        if self.labels.data and len(_lines(self.labels.data)) != top + 1:
            self.labels.errors = [
                _l("Write one line for each score from 0 to %(top)s, or none.", top=top)
            ]
        return valid and not any(field.errors for field in self)

    def said(self) -> dict[str, Any]:
        """Return the clean values, labels as a list."""
        return {**super().said(), "labels": _lines(self.labels.data)}


class QuotaForm(RowForm):
    """A rule about groups; ``group`` joins its field and its value: ``region:AR-B``."""

    lines = (("id", "name"), ("kind", "seats", "group"))
    told = ("name", "seats")
    needed = ("name", "seats", "group")
    name = text(_l("Name of the quota"), 160)
    kind = choice(_l("At least or at most"), QuotaKind)
    seats = integer(_l("Seats"), 1, MOST_SEATS)
    # Its choices depend on the country: see ``forms.py``.
    group = SelectField(_l("For whom"), [Optional()], choices=[])

    def said(self) -> dict[str, Any]:
        """Return the clean values, the group taken apart."""
        said = super().said()
        field, _, value = said.pop("group").partition(":")
        return {**said, "field": QuotaField(field), "value": value}


def _lines(value: str | None) -> list[str]:
    return [line.strip() for line in (value or "").splitlines() if line.strip()]
