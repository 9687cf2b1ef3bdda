"""The agreement and the closing report as forms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from app.domain.vocabulary import AbandonReason, Currency, Frequency, PilotDecision
from app.pilots.models import Pilot
from app.pilots.rules import LONGEST, SHORTEST
from app.web.form_sections import Section
from app.web.forms import Form, choice, day, number, paragraph, text, yes_no

SECTIONS = (
    Section(_l("What is tried"), ("title", "objective", "scope")),
    Section(_l("Where and when"), ("place", "starts_on", "ends_on", "report_frequency")),
    Section(_l("Who does what"), ("city_duties", "startup_duties")),
    Section(_l("Data and property"), ("data_access", "privacy", "intellectual_property")),
    Section(_l("Costs"), ("cost_amount", "cost_currency", "paid_by"), ("cost_amount",)),
    Section(_l("Afterwards"), ("integration_owner", "continuation_route", "exit_plan")),
)


class AgreementForm(Form):
    """What both sides agree on. A draft may leave anything open but the title."""

    title = text(_l("Title"), 160, required=True)
    objective = paragraph(_l("Objective"), 4000, hint=_l("What this pilot must show."))
    scope = paragraph(_l("Scope"), 4000, hint=_l("What is tried, with whom, and what is left out."))
    place = text(_l("Where it takes place"), 300)
    starts_on = day(_l("Starts on"))
    ends_on = day(_l("Ends on"), hint=_l("4 to 52 weeks after it starts; usually 16."))
    city_duties = paragraph(_l("What the city does"), 4000)
    startup_duties = paragraph(_l("What the startup does"), 4000)
    report_frequency = choice(_l("Progress reports"), Frequency)
    data_access = paragraph(
        _l("Data that are opened"), 4000, hint=_l("Which data, how they are reached and by when.")
    )
    privacy = paragraph(
        _l("Data protection and privacy"),
        4000,
        hint=_l("Personal data, who answers for them, and what is deleted at the end."),
    )
    intellectual_property = paragraph(
        _l("Intellectual property"), 4000, hint=_l("What each side brings and keeps.")
    )
    cost_amount = number(_l("Cost"), smallest=0, hint=_l("Write 0 when nobody pays anything."))
    cost_currency = choice(_l("Currency"), Currency, required=False)
    paid_by = text(_l("Who pays"), 200)
    integration_owner = text(
        _l("Who connects it with the city's systems"), 200, hint=_l("The office, not a person.")
    )
    continuation_route = paragraph(
        _l("Afterwards"), 3000, hint=_l("How it could go on or be bought if it works.")
    )
    exit_plan = paragraph(
        _l("Exit plan"), 3000, hint=_l("What happens with data and service if it does not go on.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the dates against each other too."""
        valid = bool(super().validate(extra_validators))
        starts, ends = self.starts_on.data, self.ends_on.data
        if starts and ends and not SHORTEST <= ends - starts <= LONGEST:
            self.ends_on.errors = [_l("A pilot lasts from 4 to 52 weeks.")]
            return False
        return valid


def agreement_form(pilot: Pilot) -> AgreementForm:
    """Return the form of a pilot; a public good has no startup with duties."""
    form = AgreementForm(obj=pilot)
    if pilot.startup_id is None:
        del form.startup_duties
    return form


class ClosingForm(Form):
    """What came of the pilot; everybody reads it once the city finishes the pilot."""

    done = paragraph(_l("What was done"), 6000)
    results = paragraph(_l("What came of it"), 6000)
    lessons = paragraph(_l("What was learned"), 6000, hint=_l("What you would tell another city."))
    obstacles = paragraph(_l("What stood in the way"), 4000)
    decision = choice(_l("Decision"), PilotDecision, required=False)
    decision_reason = paragraph(_l("Reason for the decision"), 3000)
    contract_value = number(
        _l("Value of the contract that follows"), smallest=0, hint=_l("If there is one.")
    )
    contract_currency = choice(_l("Currency"), Currency, required=False)
    in_use = yes_no(_l("Is the solution in use today?"))


class AbandonForm(Form):
    """Why a pilot does not take place, and what others can learn from it."""

    reason_code = choice(_lp("pilot", "Main reason"), AbandonReason)
    lessons = paragraph(
        _l("What others can learn from it"),
        4000,
        required=True,
        hint=_l("Published with the reason. Do not name people."),
    )
    reason = paragraph(
        _l("For the two sides only"), 4000, hint=_l("Kept in the history and sent to both sides.")
    )
