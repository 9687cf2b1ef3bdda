"""Putting a challenge to the matcher: who ranks where, and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.challenges.models import Challenge
from app.domain.states import SolutionStatus
from app.extensions import db
from app.matches.matcher.documents import need_of, row_of
from app.matches.scales import Scales
from app.matches.suggestions import Candidate
from app.solutions.models import Solution
from matching import VERSION, Bonus, Document, Explanation, Matcher

MOST_MISSING = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge as the matcher gets it: its words, and what counts beside them."""

    need: Document
    bonuses: tuple[Bonus, ...] = ()
    approved: tuple[str, ...] = ()


class Weigher:
    """A catalogue and the scales it is weighed with; speaks of solutions by their keys."""

    def __init__(self, matcher: Matcher, scales: Scales) -> None:
        self.scales = scales
        self.matcher = matcher
        self._names = {row_of(name): name for name in matcher.ids_}

    @property
    def solutions(self) -> Collection[int]:
        """The solutions that are in the catalogue."""
        return self._names.keys()

    def taught(self, on: bool) -> "Weigher":
        """Return the same with decisions counting, or not."""
        return Weigher(self.matcher, self.scales.with_feedback(on))

    def question(self, challenge: Challenge, approved: Iterable[int] = ()) -> Question:
        """Return what to ask for a challenge; ``approved`` count where the scales say so."""
        same = self._known(_of_the_sector(challenge)) if self.scales.sector else []
        bonuses = (Bonus("sector", same, self.scales.sector),) if same else ()
        spoken = tuple(self._known(approved)) if self.scales.feedback else ()
        return Question(need_of(challenge), bonuses, spoken)

    def rank(
        self, question: Question, among: Iterable[int], most: int, floor: float = 0.0
    ) -> list[tuple[int, float]]:
        """Return the best of these solutions with their scores, none below ``floor``."""
        found = self.matcher.rank(
            question.need,
            most,
            eligible=self._known(among),
            bonuses=question.bonuses,
            approved=question.approved,
            floor=floor,
        )
        return [(row_of(match.id), match.score) for match in found]

    def explain(self, question: Question, solutions: Iterable[int]) -> list[Candidate]:
        """Return, in the order given, why each of these solutions of the catalogue fits."""
        told = self.matcher.explain_all(
            question.need,
            self._known(solutions),
            bonuses=question.bonuses,
            approved=question.approved,
        )
        return [self._candidate(explanation) for explanation in told]

    def _known(self, keys: Iterable[int]) -> list[str]:
        return [self._names[key] for key in keys if key in self._names]

    def _candidate(self, explanation: Explanation) -> Candidate:
        words = [lack.need for lack in explanation.missing if not lack.need.isdigit()]
        return Candidate(
            solution_id=row_of(explanation.id),
            score=explanation.score,
            parts=[_part(part) for part in explanation.parts],
            missing=words[:MOST_MISSING],
            matcher_version=VERSION,
            parameters=self.scales.noted,
        )


def _part(part: Any) -> dict[str, Any]:
    return {
        "term": part.term,
        "need": part.need,
        "offer": part.offer,
        "field": part.field,
        "score": part.score,
        "source": part.source,
    }


def _of_the_sector(challenge: Challenge) -> list[int]:
    query = select(Solution.id).where(
        Solution.sector == challenge.sector, Solution.status == SolutionStatus.PUBLISHED
    )
    return list(db.session.scalars(query.order_by(Solution.id)))
