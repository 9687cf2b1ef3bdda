"""A solution as a form."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from app.domain.vocabulary import Country, DecisionRole, Hosting, Language, ModelFamily, Sector
from app.solutions.maturity import level_choices
from app.solutions.models import Solution
from app.web.form_sections import Section
from app.web.forms import Form, checkboxes, choice, paragraph, text, web_address
from app.web.labels import choices
from app.web.labels_goals import goal_choices

_AI_CARD = Section(
    _l("AI card"),
    (
        "model_family",
        "ai_purpose",
        "decision_role",
        "data_origin",
        "human_oversight",
        "hosting",
        "limits",
    ),
    about=_l(
        "Cities read it before they let software near their decisions. Without AI, the kind "
        "of model and the purpose are enough."
    ),
)
SECTIONS = (
    Section(_l("The solution"), ("title", "lang", "sector", "summary", "steward")),
    Section(
        _l("What it does and for whom"),
        ("use_cases", "description", "problems_solved"),
        ("use_cases", "description"),
    ),
    Section(
        _l("Maturity and reach"),
        ("trl", "languages", "countries", "references"),
        ("trl", "languages", "countries"),
    ),
    _AI_CARD,
    Section(
        _l("Code, licence and more"),
        ("licence", "repository_url", "website", "sdgs"),
        ("licence",),
    ),
)


class SolutionForm(Form):
    """A solution, from what it does to its AI card. Only what a draft needs is required."""

    lang = choice(_l("Language you write in"), Language)
    title = text(_l("Name of the solution"), 120, required=True)
    sector = choice(_l("Sector"), Sector)
    summary = paragraph(_l("Summary"), 400, hint=_l("What a city reads first."))
    description = paragraph(_l("What it does"), 8000, hint=_l("How it works and what a city gets."))
    problems_solved = paragraph(
        _l("Problems it solves"), 4000, hint=_l("As the city tells them: claims, delays, losses.")
    )
    use_cases = paragraph(
        _l("Use cases"),
        600,
        hint=_l(
            "One line in plain words, as cities say it, for example: “plan the routes of waste "
            "trucks, find illegal dumps”. Nothing helps the matching more."
        ),
    )
    trl = SelectField(
        _l("Maturity (TRL)"),
        [Optional()],
        choices=level_choices,
        coerce=lambda value: int(value) if value not in (None, "", "None") else None,
        description=_l("Choose the highest level that you can show."),
    )
    languages = checkboxes(_l("Languages it works in"), lambda: choices(Language), str)
    countries = checkboxes(_l("Countries where you offer it"), lambda: choices(Country), str)
    references = paragraph(
        _l("References"), 3000, hint=_l("Who uses it already, since when, with which result.")
    )
    model_family = choice(_l("Kind of model"), ModelFamily, required=False)
    ai_purpose = paragraph(
        _l("Purpose"), 2000, hint=_l("What the AI, or the rules, are there to do.")
    )
    decision_role = choice(_l("Part in decisions"), DecisionRole, required=False)
    data_origin = paragraph(
        _l("Where its data come from"), 2000, hint=_l("What it was trained on and what it reads.")
    )
    human_oversight = paragraph(
        _l("How people oversee it"), 2000, hint=_l("Who checks it and can correct or stop it.")
    )
    hosting = choice(_l("Where it runs"), Hosting, required=False)
    limits = paragraph(
        _l("Limits"), 2000, hint=_l("Where it fails, and for what it must not be used.")
    )
    licence = text(
        _l("Licence"), 120, hint=_l("For example MIT, EUPL-1.2 or AGPL-3.0; needed with the code.")
    )
    repository_url = web_address(_l("Where the code is"))
    website = web_address(_l("Web page"))
    sdgs = checkboxes(_l("Sustainable Development Goals"), goal_choices, int)
    steward = text(_l("Who looks after it"), 200, hint=_l("The body or community behind it."))


def form_for(solution: Solution | None, public_good: bool, **start: Any) -> SolutionForm:
    """Return the form, filled with a saved solution; only public goods have a steward."""
    form = SolutionForm(obj=solution, **start)
    if not public_good:
        del form.steward
    return form


def sections_for(form: SolutionForm) -> list[Section]:
    """Return the sections of the form; without AI its card needs less."""
    if form.model_family.data is not ModelFamily.NO_AI:
        return list(SECTIONS)
    return [
        replace(part, needed=("model_family", "ai_purpose")) if part is _AI_CARD else part
        for part in SECTIONS
    ]
