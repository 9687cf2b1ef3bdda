"""What the page of a match shows besides its rows: reasons, turns and buttons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

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
BESIDE = {
    "sector": _l("Same sector"),
    "approved": _l("From past decisions"),
}
"""What counts beside the words."""

_WORDS = "words"
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


class Scored(Protocol):
    """What has a score with parts that add up to it: a match, or a fit."""

    @property
    def score(self) -> float:
        """From 0 to 1."""

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts, as the matcher gave them."""


def score_parts(scored: Scored, *, insider: bool = False) -> list[Part]:
    """Return the reasons of the score, the largest first; the small ones are put together last.

    What counts beside the words is always shown. The words that decisions brought are those of
    other solutions, so that only an ``insider`` reads them.
    """
    beside = [part for part in scored.parts if _source(part) != _WORDS]
    words = [part for part in scored.parts if _source(part) == _WORDS]
    shown = [*words[:SHOWN_PARTS], *beside]
    shown.sort(key=lambda part: -part["score"])
    parts = [_part(part, insider) for part in shown]
    if len(words) > SHOWN_PARTS:
        rest = scored.score - sum(part.value for part in parts)
        parts.append(Part(_l("Other shared words"), max(rest, 0.0), _more(words)))
    return parts


def shared_words(scored: Scored, side: str) -> list[str]:
    """Return the words of one side ("need" or "offer") that carry the score, to be marked."""
    words = [part for part in scored.parts if _source(part) == _WORDS]
    return [part[side] for part in words[:MARKED_PARTS]]


def _source(part: dict[str, Any]) -> str:
    """Return what a part comes from; matches of the first months knew words only."""
    return str(part.get("source", _WORDS))


def _part(part: dict[str, Any], insider: bool) -> Part:
    source = _source(part)
    if source == _WORDS:
        return Part(_words(part), part["score"], FIELDS.get(part["field"]))
    detail = _words(part) if insider and source == "approved" else None
    return Part(BESIDE[source], part["score"], detail)


def _words(part: dict[str, Any]) -> str:
    need, offer = part["need"], part["offer"]
    return need if need == offer else f"{need} / {offer}"


def _more(words: list[dict[str, Any]]) -> str:
    return ", ".join(part["offer"] for part in words[SHOWN_PARTS : SHOWN_PARTS + 8])


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
