"""The index of the public challenges: which of them resemble one that is being written or read."""

from collections.abc import Iterator

from sqlalchemy import select

from app.challenges.models import PUBLIC, Challenge
from app.extensions import db
from app.matches.matcher.catalogue import matcher_for
from app.matches.matcher.documents import name_of, need_of, row_of
from app.matches.matcher.keeping import kept
from app.matches.scales import Scales
from app.matches.similar.store import Found
from matching import Document, Explanation, Matcher

MOST_SIMILAR = 3
FLOOR = 0.12
"""The score below which two challenges share everyday words rather than a problem."""

MOST_SHARED = 5
_AT_ONCE = 500


def asked(scales: Scales) -> Matcher:
    """Return the index of the public challenges, brought up to date."""
    return kept("challenges", matcher_for(scales), published_needs(), needs)


def published_needs() -> dict[str, int]:
    """Return the key of each public challenge, by the name its document has now."""
    query = select(Challenge.id, Challenge.version, Challenge.updated_at)
    rows = db.session.execute(query.where(Challenge.status.in_(PUBLIC)))
    return {name_of(*row): row[0] for row in rows}


def needs(keys: set[int]) -> Iterator[Document]:
    """Yield what the matcher reads of the challenges with these keys."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        query = select(Challenge).where(Challenge.id.in_(ordered[start : start + _AT_ONCE]))
        found = db.session.scalars(query.order_by(Challenge.id)).unique()
        yield from (need_of(challenge) for challenge in found)


def resembling(challenge: Challenge, index: Matcher) -> list[Found]:
    """Return the public challenges that resemble ``challenge`` most, itself left out."""
    need = need_of(challenge)
    others = [name for name in index.ids_ if row_of(name) != challenge.id]
    best = index.rank(need, MOST_SIMILAR, eligible=others, floor=FLOOR)
    told = index.explain_all(need, [match.id for match in best])
    return [_found(explanation) for explanation in told]


def _found(explanation: Explanation) -> Found:
    words = ([part.need, part.offer] for part in explanation.parts if not part.need.isdigit())
    shared = [pair for pair, _ in zip(words, range(MOST_SHARED), strict=False)]
    return Found(row_of(explanation.id), explanation.score, shared)
