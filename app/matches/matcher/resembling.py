"""The index of the public challenges: which of them resemble one that is being written or read."""

from collections.abc import Iterator

from sqlalchemy import select

from app.challenges.models import PUBLIC, Challenge
from app.extensions import db
from app.matches.matcher.catalogue import matcher_for
from app.matches.matcher.documents import brief_of, name_of, need_of, row_of
from app.matches.matcher.keeping import kept
from app.matches.scales import Scales
from app.matches.similar.store import Found
from matching import Document, Match, Matcher

MOST_SIMILAR = 3
"""Challenges that are shown beside another."""

MOST_NEAR = 20
"""Public challenges that are looked at again when one of their kind is published."""

FLOOR = 0.15
"""The score below which two challenges share everyday words rather than a problem."""

MOST_SHARED = 5
_AT_ONCE = 500


def briefs_index(scales: Scales) -> Matcher:
    """Return the index of the public challenges, brought up to date."""
    return kept("challenges", matcher_for(scales), published_needs(), briefs)


def published_needs() -> dict[str, int]:
    """Return the key of each public challenge, by the name its document has now."""
    query = select(Challenge.id, Challenge.version, Challenge.updated_at)
    rows = db.session.execute(query.where(Challenge.status.in_(PUBLIC)))
    return {name_of(*row): row[0] for row in rows}


def needs(keys: set[int]) -> Iterator[Document]:
    """Yield what the matcher reads of the challenges with these keys."""
    return (need_of(challenge) for challenge in _rows(keys))


def briefs(keys: set[int]) -> Iterator[Document]:
    """Yield what is compared of the challenges with these keys."""
    return (brief_of(challenge) for challenge in _rows(keys))


def _rows(keys: set[int]) -> Iterator[Challenge]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        query = select(Challenge).where(Challenge.id.in_(ordered[start : start + _AT_ONCE]))
        found = db.session.scalars(query.order_by(Challenge.id)).unique()
        yield from found


def resembling(challenge: Challenge, index: Matcher, most: int = MOST_SIMILAR) -> list[Found]:
    """Return the public challenges that resemble ``challenge`` most, itself left out."""
    others = [name for name in index.ids_ if row_of(name) != challenge.id]
    best = index.rank(brief_of(challenge), most, eligible=others, floor=FLOOR)
    return [_found(match) for match in best]


def _found(match: Match) -> Found:
    words = [[part.need, part.offer] for part in match.parts if not part.need.isdigit()]
    return Found(row_of(match.id), match.score, words[:MOST_SHARED])
