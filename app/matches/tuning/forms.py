"""The settings of the matcher as forms."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileSize
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from app.matches.scales import Line
from app.matches.tuning.glossary import LONGEST_CELL, line_of
from app.matches.tuning.models import MOST_BONUS, MOST_FLOOR, MOST_WEIGHT, Tuning
from app.web.forms import Form, NumberField, paragraph

MOST_BYTES = 200_000
_HUNDRED = 100


def _measure(label: Any, most: int, hint: Any = "") -> NumberField:
    return NumberField(
        label, [InputRequired(), NumberRange(0, most)], places=None, description=hint
    )


class WeightsForm(Form):
    """How much each thing counts, in the units of the page: times, percent and points."""

    title_weight = _measure(_l("A word of the title"), MOST_WEIGHT)
    uses_weight = _measure(
        _l("A word of the use cases"),
        MOST_WEIGHT,
        _l("This line says in plain words what the product is for, so it tells the most."),
    )
    text_weight = _measure(
        _l("A word of the description"),
        MOST_WEIGHT,
        _l("The summary, the description and the problems it solves."),
    )
    sector_bonus = _measure(
        _l("Same sector, in percent"),
        round(MOST_BONUS * _HUNDRED),
        _l("It closes this part of what is missing to 100 points, as a part of its own."),
    )
    floor = _measure(
        _l("Least points to be suggested"),
        round(MOST_FLOOR * _HUNDRED),
        _l("Below it, nothing is suggested. Solutions that applied are always looked at."),
    )
    feedback = BooleanField(
        _l("Earlier decisions count"),
        description=_l(
            "What resembles the solutions approved for the same challenge gains points, as a part "
            "of its own. It can be put into use once your own decisions show that it helps."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse weights that leave nothing to compare."""
        valid = bool(super().validate(extra_validators))
        weights = (self.title_weight, self.uses_weight, self.text_weight)
        if valid and not any(field.data for field in weights):
            self.uses_weight.errors = [_l("At least one of the fields must count.")]
            return False
        return valid

    def weights(self) -> dict[str, Any]:
        """Return the values by column, as the matcher takes them."""
        values = self.values()
        for name in ("sector_bonus", "floor"):
            values[name] /= _HUNDRED
        return {name: _plain(value) for name, value in values.items()}


def weights_form(tuning: Tuning) -> WeightsForm:
    """Return the form with the values of a version."""
    return WeightsForm(
        title_weight=_shown(tuning.title_weight),
        uses_weight=_shown(tuning.uses_weight),
        text_weight=_shown(tuning.text_weight),
        sector_bonus=_shown(tuning.sector_bonus * _HUNDRED),
        floor=_shown(tuning.floor * _HUNDRED),
        feedback=tuning.feedback,
        version=str(tuning.version),
    )


def _shown(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))


def _plain(value: Decimal | bool) -> float | bool:
    return value if isinstance(value, bool) else float(value)


_EACH = _l("One word or expression a line, or with “|” in between.")


class LineForm(Form):
    """One concept: the words for the same thing in the three languages."""

    es = paragraph(_l("Spanish"), LONGEST_CELL, required=True, hint=_EACH)
    pt = paragraph(_l("Portuguese"), LONGEST_CELL, required=True, hint=_EACH)
    en = paragraph(
        _l("English"),
        LONGEST_CELL,
        required=True,
        hint=_l("The first one names the concept on the pages. One a line, or with “|”."),
    )

    def line(self) -> Line:
        """Return what was typed as a line of the glossary."""
        return line_of([self.es.data or "", self.pt.data or "", self.en.data or ""])


def line_form(line: Line, version: int) -> LineForm:
    """Return the form with the words of a line, one below the other."""
    es, pt, en = (cell.replace("|", "\n") for cell in line)
    return LineForm(es=es, pt=pt, en=en, version=str(version))


class SheetForm(Form):
    """All lines at once, from a file or pasted."""

    file = FileField(
        _l("File"),
        [FileSize(MOST_BYTES, message=_l("The file is too large: at most 200 KB."))],
        description=_l("A CSV with the columns es, pt and en, as the export writes it."),
    )
    pasted = paragraph(_l("Or paste the sheet here"), MOST_BYTES)

    def sheet(self) -> str | None:
        """Return the text of the sheet; ``None`` where it is no UTF-8 text."""
        if not self.file.data:
            return self.pasted.data or ""
        try:
            return bytes(self.file.data.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
