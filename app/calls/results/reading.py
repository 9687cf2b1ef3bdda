"""How a result reads: its criteria and scores, feedback, quotas, ties and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from app.calls.applications.models import Application
from app.calls.results.counting import groups_of, key_of, scores_in
from app.calls.results.models import Placement, Result
from app.domain.call_vocabulary import Outcome, PopulationBand, QuotaField, QuotaKind, TieBreak
from app.domain.ranking import CRITERION
from app.organizations.places import place_name
from app.web.labels import label


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """One criterion with what an application has in it."""

    key: str
    name: str
    share: float
    scale: int
    score: float | None


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A quota with how many of its group are selected."""

    name: str
    kind: QuotaKind
    field: QuotaField
    seats: int
    group: str
    taken: int

    @property
    def is_short(self) -> bool:
        """A reserve for which there were not enough."""
        return self.kind is QuotaKind.RESERVE and self.taken < self.seats


def scored_lines(result: Result, placement: Placement) -> list[ScoredLine]:
    """Return the criteria of a result, in their order, with the scores of one application."""
    scores = scores_in(placement)
    kept = result.rules["lines"]
    whole = sum(Fraction(one["weight"]) for one in kept)
    return [
        ScoredLine(
            key=one["key"],
            name=one["name"],
            share=float(Fraction(one["weight"]) / whole),
            scale=one["scale"],
            score=float(scores[one["key"]]) if one["key"] in scores else None,
        )
        for one in kept
    ]


def feedback_of(application: Application) -> list[str]:
    """Return what the reviewers wrote for the city, in an order that tells nobody's name."""
    return sorted(one.feedback for one in application.reviews if one.counts and one.feedback)


def tie_words(result: Result, decided_by: str) -> Any:
    """Return what decided a tie, in words."""
    if decided_by.startswith(CRITERION):
        key = decided_by.removeprefix(CRITERION)
        names = {one["key"]: one["name"] for one in result.rules["lines"]}
        return _("The higher score in “%(criterion)s”", criterion=names.get(key, key))
    return label(TieBreak(decided_by))


def quota_lines(result: Result) -> list[QuotaLine]:
    """Return how each quota came out; a quota of every group has a line for each that sits."""
    seated = [
        groups_of(one.application) for one in result.placements if one.outcome is Outcome.SELECTED
    ]
    lines = []
    for rule in result.rules["groups"]:
        looked_at = QuotaField(rule["field"])
        present = sorted({groups[looked_at] for groups in seated if groups[looked_at]})
        for value in [rule["value"]] if rule["value"] else present:
            taken = sum(groups[looked_at] == value for groups in seated)
            kind = QuotaKind(rule["kind"])
            lines.append(QuotaLine(rule["name"], kind, looked_at, rule["seats"], value, taken))
    return lines


def quota_name(line: QuotaLine) -> Any:
    """Return the group of a quota in words."""
    if line.field is QuotaField.POPULATION:
        return label(PopulationBand(line.group))
    return place_name(line.group) or line.group


def of_outcome(result: Result, outcome: Outcome) -> list[Placement]:
    """Return the places with an outcome, the best first."""
    return [one for one in result.placements if one.outcome is outcome]


def numbers(placements: Sequence[Placement]) -> str:
    """Return the receipt numbers of some places."""
    return ", ".join(key_of(one.application) for one in placements)
