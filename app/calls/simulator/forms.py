"""The table of invented scores as a form; its columns are the criteria of the call."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.calls.simulator.dummies import MOST_ENTRIES, Dummy
from app.domain.ranking import RankingRules
from app.web.fields import Rows
from app.web.forms import NumberField, options, text

PREFIX = "try"
MOST_REVIEWS, MOST_INHABITANTS = 9, 30_000_000


class TableForm(PlainForm):
    """The table; made anew for the criteria of a call by :func:`table`."""

    entries: Any

    def dummies(self, rules: RankingRules) -> list[Dummy]:
        """Return the rows as invented applications; a row without a name is left out."""
        return [_dummy(row.form, rules) for row in self.entries if row.form.name.data]


def _dummy(row: Any, rules: RankingRules) -> Dummy:
    scores = [row[f"score_{line.key}"].data or Decimal(0) for line in rules.lines]
    return Dummy(
        row.name.data, scores, row.region.data or "", row.population.data or 0, row.reviews.data
    )


def table(
    rules: RankingRules, regions: Sequence[tuple[str, str]], rows: Sequence[Dummy], typed: Any
) -> TableForm:
    """Return the table with what was ``typed``, or else with ``rows``."""
    row_form = _row_form(rules, regions)
    entries = Rows(FormField(row_form), max_entries=MOST_ENTRIES)
    form_class = type("ScoresForm", (TableForm,), {"entries": entries})
    data = [_shown(row, rules) for row in rows]
    return form_class(typed, prefix=PREFIX, entries=data)


def _shown(row: Dummy, rules: RankingRules) -> dict[str, Any]:
    scores = {f"score_{line.key}": s for line, s in zip(rules.lines, row.scores, strict=True)}
    said = {"name": row.name, "region": row.region, "population": row.population}
    return {**said, "reviews": row.reviews, **scores}


def _row_form(rules: RankingRules, regions: Sequence[tuple[str, str]]) -> type[PlainForm]:
    fields: dict[str, Any] = {
        "name": text(_l("Application"), 60),
        "region": SelectField(
            _l("Region"), [Optional()], choices=options([("", "–"), *regions]), default=""
        ),
        "population": IntegerField(
            _l("Inhabitants"), [Optional(), NumberRange(0, MOST_INHABITANTS)]
        ),
        "reviews": IntegerField(
            _l("Reviews"), [InputRequired(), NumberRange(0, MOST_REVIEWS)], default=rules.quorum
        ),
    }
    for line in rules.lines:
        fields[f"score_{line.key}"] = _score(line.scale)
    return type("ScoresRow", (PlainForm,), fields)


def _score(scale: int) -> Any:
    return NumberField(_l("Score"), [Optional(), NumberRange(0, scale)], places=None)
