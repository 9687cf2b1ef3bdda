"""What the page of a result shows to the committee and the coordination, and what to all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.calls.applications.anonymity import hides_cities, title_of
from app.calls.applications.models import Application
from app.calls.results import queries
from app.calls.results.changes import Move, moves
from app.calls.results.counting import key_of
from app.calls.results.models import Placement, Result
from app.calls.results.reading import (
    QuotaLine,
    ScoredLine,
    of_outcome,
    quota_lines,
    quota_name,
    scored_lines,
    tie_words,
)
from app.calls.results.rules import (
    approval_obstacles,
    in_conflict,
    may_take_matrix,
    reads,
    voters,
)
from app.domain.actors import Actor
from app.domain.call_states import ResultAction, ResultStatus
from app.domain.call_vocabulary import Ballot, Outcome, TieBreak
from app.domain.permissions import Permission, can
from app.organizations.queries import happenings
from app.web.actions import action_bar, stepper
from app.web.errors import sentence_for
from app.web.timeline import timeline

_CONFIRM = {
    ResultAction.APPROVE: _l(
        "The table, the votes and the rules are fixed as they are. Everybody reads the result when "
        "its date comes."
    ),
}


@dataclass(frozen=True, slots=True)
class TieLine:
    """With whom a place has the same total, by name where the reader may know it, and why."""

    names: list[Any]
    unnamed: int
    decided_by: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the table with all that it was counted from."""

    placement: Placement
    title: Any
    lines: list[ScoredLine]
    tie: TieLine | None


def outside(result: Result) -> dict[str, Any]:
    """Return what everybody reads of a published result.

    Of those who were not selected only their number: each city reads its own place on a page of
    its own.
    """
    named = {
        key_of(one.application): one.application.organization.name
        for one in result.placements
        if one.outcome is not Outcome.NOT_SELECTED
    }
    return {
        "result": result,
        "call": result.call,
        "selected": of_outcome(result, Outcome.SELECTED),
        "waiting": of_outcome(result, Outcome.WAITLISTED),
        "others": len(of_outcome(result, Outcome.NOT_SELECTED)),
        "ties": {one.id: _tie(result, one, named) for one in result.placements if one.tie},
        "quotas": _quotas(result),
        "drawn": was_drawn(result),
        "moves": [
            (one, one.after.application.organization.name) for one in moves(result) if one.is_named
        ],
        "other_results": [one for one in queries.published(result.call) if one is not result],
    }


def _quotas(result: Result) -> list[tuple[QuotaLine, Any]]:
    return [(one, quota_name(one)) for one in quota_lines(result)]


def was_drawn(result: Result) -> bool:
    """Tell whether a lot decided a place."""
    return any(one.tie.get("decided_by") == TieBreak.LOT for one in result.placements)


def _tie(result: Result, placement: Placement, names: dict[str, Any]) -> TieLine | None:
    if not placement.tie:
        return None
    known = [names[key] for key in placement.tie["with"] if key in names]
    decided_by = tie_words(result, placement.tie["decided_by"])
    return TieLine(known, len(placement.tie["with"]) - len(known), decided_by)


def inside(result: Result, actor: Actor) -> dict[str, Any]:
    """Return what the committee and the coordination read, or why they do not read it yet."""
    table = _table(result, actor) if reads(result, actor) else None
    # Who presides can approve by the votes alone: a conflict of interest hides the table, no more.
    counts = table is not None or can(actor, Permission.RESULT_APPROVE, result.subject)
    return {
        "result": result,
        "call": result.call,
        "steps": stepper(result),
        "actions": actions(result, actor),
        "tally": tally(result) if counts else None,
        "biased": in_conflict(result.call, actor),
        "table": table,
    }


def _table(result: Result, actor: Actor) -> dict[str, Any]:
    titles = {
        key_of(one.application): title_of(one.application, actor) for one in result.placements
    }
    proposed = result.status is ResultStatus.PROPOSED
    letters = queries.letters(result)
    return {
        "rows": [_row(result, one, titles) for one in result.placements],
        "lines": result.rules["lines"],
        "quotas": _quotas(result),
        "obstacles": [sentence_for(one) for one in approval_obstacles(result)] if proposed else [],
        "votes": result.votes,
        "own_vote": queries.vote_of(result, actor.id),
        "votes_now": proposed and can(actor, Permission.RESULT_VOTE, result.subject),
        "moves": _told(moves(result), actor),
        "letters": len(letters),
        "unreviewed": sum(1 for one in letters if one.reviewed_at is None),
        "reviews_letters": bool(letters) and can(actor, Permission.RESULT_PROPOSE, result.subject),
        "matrix": may_take_matrix(result, actor),
        "minutes": result.minutes if takes_minutes(result, actor) else None,
        "entries": timeline(result.workflow, happenings(result)),
        "drawn": was_drawn(result),
    }


def _row(result: Result, placement: Placement, titles: dict[str, Any]) -> Row:
    return Row(
        placement,
        titles[key_of(placement.application)],
        scored_lines(result, placement),
        _tie(result, placement, titles),
    )


def _told(changed: Iterable[Move], actor: Actor) -> list[tuple[Move, Any]]:
    return [(one, title_of(one.after.application, actor)) for one in changed]


def takes_minutes(result: Result, actor: Actor) -> bool:
    """Tell whether ``actor`` may read the minutes: they carry the names of all cities."""
    return reads(result, actor) and not hides_cities(result.call, actor)


def tally(result: Result) -> dict[Any, int]:
    """Return how many voted how, and how many votes there could be."""
    ballots = [one.ballot for one in result.votes]
    return {
        "entitled": len(voters(result.call)),
        **{ballot.value: ballots.count(ballot) for ballot in Ballot},
    }


def actions(result: Result, actor: Actor) -> list[Any]:
    """Return the buttons; a result that is public cannot be taken back."""
    left_out = set()
    if any(approval_obstacles(result)):
        left_out.add(ResultAction.APPROVE)
    if result.is_published:
        left_out.add(ResultAction.WITHDRAW)
    return action_bar(
        result,
        actor,
        lambda name: url_for("results.act", result_id=result.public_id, act=name),
        without=left_out,
        confirmations=_CONFIRM,  # type: ignore[arg-type]  # keyed by one of the enumerations
    )


def feedback(application: Application, results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return how an application stands in each published result, for its own city."""
    found = []
    for result in results:
        placement = queries.placement_of(result, application)
        if placement is not None:
            found.append(
                {
                    "result": result,
                    "placement": placement,
                    "ranked": sum(1 for one in result.placements if one.rank is not None),
                    "lines": scored_lines(result, placement),
                    "tie": _tie(result, placement, {}),
                }
            )
    return found


def to_result(result: Result, part: str | None = None) -> ResponseReturnValue:
    """Go to the page of a result, at one of its parts."""
    return redirect(url_for("results.show", result_id=result.public_id, _anchor=part))
