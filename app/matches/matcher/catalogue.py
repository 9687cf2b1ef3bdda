"""The index of the published solutions."""

from collections.abc import Iterator

from sqlalchemy import select

from app.domain.states import SolutionStatus
from app.extensions import db
from app.matches.matcher.documents import name_of, offer_of
from app.matches.matcher.keeping import kept
from app.matches.scales import Scales
from app.solutions.models import Solution
from matching import Document, Matcher

_AT_ONCE = 500
"""Rows that are read with one query."""


def matcher_for(scales: Scales) -> Matcher:
    """Return a matcher that weighs as ``scales`` say and holds nothing yet."""
    return Matcher(title=scales.title, uses=scales.uses, text=scales.text, concepts=scales.concepts)


def catalogue(scales: Scales) -> Matcher:
    """Return the index of the published solutions, brought up to date."""
    return kept("index", matcher_for(scales), published(), offers)


def published() -> dict[str, int]:
    """Return the key of each published solution, by the name its document has now."""
    query = select(Solution.id, Solution.version, Solution.updated_at).where(
        Solution.status == SolutionStatus.PUBLISHED
    )
    return {name_of(*row): row[0] for row in db.session.execute(query)}


def offers(keys: set[int]) -> Iterator[Document]:
    """Yield what the matcher reads of the solutions with these keys."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        query = select(Solution).where(Solution.id.in_(ordered[start : start + _AT_ONCE]))
        found = db.session.scalars(query.order_by(Solution.id)).unique()
        yield from (offer_of(solution) for solution in found)
