"""What the page of a match shows besides its rows: reasons, turns and buttons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.states import MatchAction, MatchStatus
from app.domain.vocabulary import OrganizationKind, Side
from app.matches.models import Match
from app.matches.service import DECLINES, side_of
from app.organizations.queries import Happening, happenings
from app.web.actions import Action, action_bar

SHOWN_PARTS = 6
MARKED_PARTS = 12
"""Beyond these, what two texts share is everyday words; marking them would hide the others."""
FIELDS = {
    "title": _l("in its title"),
    "uses": _l("in its use cases"),
    "text": _l("in its description"),
}
_OF_THE_SIDES = frozenset(
    {
        MatchAction.PROPOSE,
        "accept_as_city",
        "accept_as_startup",
        MatchAction.CONFIRM,
        *DECLINES,
        MatchAction.EXPIRE,
        MatchAction.RELEASE,
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score bar."""

    label: Any
    value: float
    detail: Any = None


def score_parts(match: Match) -> list[Part]:
    """Return the reasons of the score, the largest first; the small ones are put together last."""
    shown = match.parts[:SHOWN_PARTS]
    parts = [Part(_words(part), part["score"], FIELDS.get(part["field"])) for part in shown]
    rest = match.score - sum(part.value for part in parts)
    if len(match.parts) > SHOWN_PARTS:
        parts.append(Part(_l("Other shared words"), max(rest, 0.0), _more(match)))
    return parts


def shared_words(match: Match, side: str) -> list[str]:
    """Return the words of one side ("need" or "offer") that carry the score, to be marked."""
    return [part[side] for part in match.parts[:MARKED_PARTS]]


def _words(part: dict[str, Any]) -> str:
    need, offer = part["need"], part["offer"]
    return need if need == offer else f"{need} / {offer}"


def _more(match: Match) -> str:
    return ", ".join(part["offer"] for part in match.parts[SHOWN_PARTS : SHOWN_PARTS + 8])


def buttons(match: Match, actor: Actor) -> list[Action]:
    """Return what ``actor`` may do: the acts of the table, and accepting for their side."""
    can_answer = match.can_be_answered
    left_out = () if can_answer else DECLINES
    side = side_of(match, actor) if can_answer else None
    acts = action_bar(match, actor, lambda name: _act_url(match, name), without=left_out)
    if side is None or side in match.consented:
        return acts
    address = url_for("matches.accept", match_id=match.public_id)
    return [Action("accept", _l("Accept the match"), address), *acts]


def _act_url(match: Match, name: str) -> str:
    return url_for("matches.act", match_id=match.public_id, act=name)


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens next: whose turn it is, what they do, and until when."""

    who: Any
    what: Any
    until: datetime | None = None


def turn(match: Match) -> Turn | None:
    """Return what happens next with ``match``; nothing where its life is over."""
    city, startup = match.challenge.organization, match.solution.organization
    coordination = _l("The coordination")
    if match.status is MatchStatus.SUGGESTED:
        return Turn(coordination, _l("Reads both texts and approves or dismisses the suggestion."))
    if match.status is MatchStatus.APPROVED:
        return Turn(
            coordination,
            _l("It is next in line: it is proposed when the present proposal does not go on."),
        )
    if match.status is MatchStatus.CONFIRMED:
        return Turn(city.name, _l("Opens the pilot and prepares the agreement with the provider."))
    if match.status is not MatchStatus.PROPOSED:
        return None
    if not match.can_be_answered:
        return Turn(
            coordination, _l("It can no longer be answered; the next one is proposed soon.")
        )
    names = {Side.CITY: city.name, Side.STARTUP: startup.name if startup else ""}
    missing = [names[side] for side in Side if side in match.sides - match.consented]
    return Turn(" · ".join(missing), _l("Accepts or declines the match."), match.respond_by)


def history(match: Match, actor: Actor) -> list[Happening]:
    """Return the trail as ``actor`` may read it: the sides see what happened between them."""
    trail = happenings(match)
    if actor.kind is OrganizationKind.COORDINATION:
        return trail
    return [entry for entry in trail if entry.action in _OF_THE_SIDES]
