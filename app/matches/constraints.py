"""What must hold besides the words: country, languages, maturity, licence and hosting.

Each is passed, failed, or unknown where one side does not say. Country and languages also decide
who is suggested at all; the other three are for people to weigh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.challenges.models import Challenge
from app.domain.vocabulary import DataSensitivity, Hosting, Language
from app.solutions.models import Solution
from app.web.labels import label

READY_FOR_A_PILOT = 6
"""The level of maturity (TRL) from which a solution has worked in a setting like a real one."""

_PEOPLE = (DataSensitivity.PERSONAL, DataSensitivity.SENSITIVE)
_NEAR = (Hosting.CITY, Hosting.COUNTRY)


class Outcome(StrEnum):
    """How a constraint turned out."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One line of the list: what is asked, how it turned out, and what the two sides say."""

    name: str
    label: Any
    outcome: Outcome
    detail: Any


def constraints(challenge: Challenge, solution: Solution) -> list[Constraint]:
    """Return every constraint of the pair, in a fixed order."""
    return list(_constraints(challenge, solution))


def _constraints(challenge: Challenge, solution: Solution) -> Iterator[Constraint]:
    yield Constraint("country", _l("Country"), *_country(challenge, solution))
    yield Constraint("languages", _l("Languages of work"), *_languages(challenge, solution))
    yield Constraint("maturity", _l("Maturity"), *_maturity(solution))
    yield Constraint("licence", _l("Licence"), *_licence(solution))
    yield Constraint("hosting", _l("Hosting of the data"), *_hosting(challenge, solution))


def _country(challenge: Challenge, solution: Solution) -> tuple[Outcome, Any]:
    country = challenge.organization.country
    if not solution.countries:
        return Outcome.UNKNOWN, _("The solution names no country.")
    if country in solution.countries:
        return Outcome.PASSED, _("It is offered in %(country)s.", country=label(country))
    return Outcome.FAILED, _("It is not offered in %(country)s.", country=label(country))


def _languages(challenge: Challenge, solution: Solution) -> tuple[Outcome, Any]:
    offered = set(solution.languages)
    required = challenge.required_languages or [challenge.lang.value]
    missing = [str(label(Language(code))) for code in required if code not in offered]
    if not offered:
        return Outcome.UNKNOWN, _("The solution names no language.")
    if missing:
        return Outcome.FAILED, _(
            "It does not work in: %(languages)s.", languages=", ".join(missing)
        )
    worked = ", ".join(str(label(Language(code))) for code in required)
    return Outcome.PASSED, _("It works in: %(languages)s.", languages=worked)


def _maturity(solution: Solution) -> tuple[Outcome, Any]:
    if solution.trl is None:
        return Outcome.UNKNOWN, _("The solution does not tell its maturity.")
    ready = solution.trl >= READY_FOR_A_PILOT
    detail = _(
        "TRL %(level)s; a pilot needs %(least)s.", level=solution.trl, least=READY_FOR_A_PILOT
    )
    return Outcome.PASSED if ready else Outcome.FAILED, detail


def _licence(solution: Solution) -> tuple[Outcome, Any]:
    if solution.licence:
        return Outcome.PASSED, solution.licence
    if solution.is_public_good:
        return Outcome.FAILED, _("A public good without a named licence.")
    return Outcome.UNKNOWN, _("The startup does not tell its licence.")


def _hosting(challenge: Challenge, solution: Solution) -> tuple[Outcome, Any]:
    if solution.hosting is None:
        return Outcome.UNKNOWN, _("The solution does not tell where it runs.")
    if solution.hosting in _NEAR or challenge.data_sensitivity is DataSensitivity.OPEN:
        return Outcome.PASSED, label(solution.hosting)
    if challenge.data_sensitivity in _PEOPLE:
        where = label(solution.hosting)
        return Outcome.FAILED, _("%(where)s, and the data are about people.", where=where)
    return Outcome.UNKNOWN, label(solution.hosting)
