"""Mail about matches: who is told what."""

from typing import Any

from app.domain.vocabulary import Side
from app.matches.models import Match
from app.notifications.service import Recipient, send
from app.organizations.queries import coordinators, members_to_tell

COORDINATION_TOO = frozenset(
    {"match_confirmed", "match_declined", "match_expired", "match_released"}
)


def tell(match: Match, letter: str, **context: Any) -> None:
    """Send ``letter`` to the people of both sides, and to the coordination where it decides next.

    Each side reads it with ``reader`` set to its side; the coordination with ``None``.
    """
    for side, people in _people(match).items():
        send(people, letter, match=match, reader=side, **context)
    if letter in COORDINATION_TOO:
        send(coordinators(), letter, match=match, reader=None, **context)


def _people(match: Match) -> dict[Side, list[Recipient]]:
    return {
        Side.CITY: members_to_tell(match.city_id),
        Side.STARTUP: members_to_tell(match.startup_id),
    }
