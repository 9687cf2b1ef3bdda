"""The brief as a form."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField

from app.challenges.models import DEFAULT_PILOT_WEEKS, Challenge
from app.domain.vocabulary import (
    BudgetKind,
    Currency,
    DataSensitivity,
    Direction,
    Language,
    Sector,
)
from app.web.fields import Rows
from app.web.form_sections import Section
from app.web.forms import Form, checkboxes, choice, integer, moment, number, paragraph, text
from app.web.labels import choices
from app.web.labels_goals import goal_choices

MOST_CRITERIA = 6

SECTIONS = (
    Section(
        _l("The challenge"),
        ("title", "lang", "sector", "question", "summary", "why_now"),
        ("title", "lang", "sector", "question", "summary"),
    ),
    Section(
        _l("The problem"),
        ("problem", "affected", "size_value", "size_unit", "tried_before"),
        ("problem", "affected", "size_value", "size_unit"),
    ),
    Section(_l("The result"), ("expected_result", "criteria")),
    Section(
        _l("Data and constraints"),
        ("data_available", "data_sensitivity", "constraints", "required_languages"),
        ("data_available", "data_sensitivity"),
    ),
    Section(
        _l("Who decides and what is offered"),
        (
            "decision_maker",
            "team",
            "budget_kind",
            "budget_amount",
            "currency",
            "incentive",
            "continuity",
        ),
        ("decision_maker", "budget_kind"),
    ),
    Section(
        _l("The pilot and the dates"),
        ("pilot_place", "pilot_weeks", "opens_at", "closes_at", "sdgs"),
        ("pilot_weeks", "opens_at", "closes_at"),
    ),
)


class CriterionForm(PlainForm):
    """One measurable criterion; a row left wholly empty is dropped."""

    name = text(_l("What is measured"), 160)
    unit = text(_l("Unit"), 60)
    baseline = number(_l("Baseline"))
    target = number(_l("Target"))
    direction = choice(_l("Direction"), Direction, required=False)

    @property
    def is_empty(self) -> bool:
        """Nothing was written in the row."""
        return not any(value not in (None, "") for value in self.data.values())

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for every part once one is given."""
        valid = super().validate(extra_validators)
        if self.is_empty:
            return valid
        for field in self:
            if field.data in (None, "") and not field.errors:
                field.errors = [_l("Fill in this part of the criterion, or leave the row empty.")]
                valid = False
        return valid


class ChallengeForm(Form):
    """A brief, from the problem to the dates. Only what a draft cannot do without is required."""

    lang = choice(_l("Language you write in"), Language)
    title = text(_l("Title"), 120, required=True, hint=_l("Name the problem, not a solution."))
    sector = choice(_l("Sector"), Sector)
    question = text(_l("Challenge question"), 250, hint=_l("“How might we…?”"))
    summary = paragraph(_l("Summary"), 400, hint=_l("What a startup reads first."))
    why_now = paragraph(_l("Why now"), 2000, hint=_l("A rule, a policy or a date that presses."))
    problem = paragraph(
        _l("The problem"), 8000, hint=_l("Symptoms and causes, as people live them.")
    )
    affected = paragraph(_l("Who suffers it"), 2000, hint=_l("Groups of people, and how."))
    size_value = number(_l("Its size"), smallest=0, hint=_l("One number."))
    size_unit = text(_l("What the number counts"), 120, hint=_l("For example: claims per month."))
    tried_before = paragraph(_l("What was tried before"), 3000)
    expected_result = paragraph(_l("Expected result"), 4000)
    criteria = Rows(
        FormField(CriterionForm),
        _l("Measurable criteria"),
        min_entries=3,
        max_entries=MOST_CRITERIA,
        render_kw={"add_label": _l("Add a criterion")},
    )
    data_available = paragraph(
        _l("Data available"), 4000, hint=_l("Name, format and how to reach it.")
    )
    data_sensitivity = choice(_l("Most sensitive data"), DataSensitivity, required=False)
    constraints = paragraph(
        _l("Constraints"), 4000, hint=_l("Legal, hosting, accessibility, systems to connect to.")
    )
    required_languages = checkboxes(_l("Languages it must work in"), lambda: choices(Language), str)
    decision_maker = text(_l("Who decides"), 200, hint=_l("The office, for example: secretary."))
    team = paragraph(_l("Team of the city"), 2000)
    budget_kind = choice(_l("What the city offers"), BudgetKind, required=False)
    budget_amount = number(_l("Amount"), smallest=0)
    currency = choice(_l("Currency"), Currency, required=False)
    incentive = paragraph(_l("Other incentives"), 2000)
    continuity = paragraph(_l("After the pilot"), 2000, hint=_l("How it could be bought or go on."))
    pilot_place = text(_l("Where the pilot takes place"), 300)
    pilot_weeks = integer(_l("Weeks of the pilot"), 4, 52, required=True)
    sdgs = checkboxes(_l("Sustainable Development Goals"), goal_choices, int)
    opens_at = moment(_l("Opens for submissions"), hint=_l("In the local time of the city."))
    closes_at = moment(_l("Closes for submissions"), hint=_l("In the local time of the city."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the dates against each other too."""
        valid = super().validate(extra_validators)
        opens, closes = self.opens_at.data, self.closes_at.data
        if opens and closes and opens >= closes:
            self.closes_at.errors = [_l("It must close after it opens.")]
            return False
        return bool(valid)

    def brief(self, zone: str) -> dict[str, Any]:
        """Return the clean values; hours are read in the city's ``zone``."""
        values = self.values()
        values["criteria"] = [row.data for row in self.criteria if not row.form.is_empty]
        for name in ("opens_at", "closes_at"):
            if values[name] is not None:
                values[name] = values[name].replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        values["pilot_weeks"] = values["pilot_weeks"] or DEFAULT_PILOT_WEEKS
        return values


def form_for(challenge: Challenge) -> ChallengeForm:
    """Return the form filled with a saved brief, hours in the city's zone."""
    form = ChallengeForm(obj=challenge)
    if not form.is_submitted():
        zone = ZoneInfo(challenge.organization.timezone)
        # The saved moments are in UTC, and what a form takes from ``obj`` wins over keywords.
        for field in (form.opens_at, form.closes_at):
            if field.data is not None:
                field.data = field.data.astimezone(zone).replace(tzinfo=None)
    while len(form.criteria) < min(MOST_CRITERIA, len(challenge.criteria) + 1):
        form.criteria.append_entry()
    return form
