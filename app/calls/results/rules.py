"""What must hold before a result is proposed, voted on and approved, and who reads it until then.

Until a result is published it is hidden from everybody in conflict with any application of the
call: a table without one row would tell its place by the gap. Who has a review of their own to
send does not read it either. Both are decided in :func:`reads`, which every page and file asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.calls.committee import queries as committee
from app.calls.committee.models import Review
from app.calls.models import Call, CommitteeMember
from app.calls.results import queries
from app.calls.results.counting import entries_of, key_of, ranking_in, rules_in, scores_in
from app.calls.results.models import Result
from app.domain.actors import Actor
from app.domain.call_states import AppealStatus, ApplicationStatus, CallStatus
from app.domain.call_vocabulary import Ballot, OutcomeReason, ResultStage
from app.domain.errors import RuleBroken
from app.domain.permissions import Permission, can
from app.domain.ranking import Place, rank
from app.extensions import utcnow

PROPOSED_FROM = {
    ResultStage.PRELIMINARY: CallStatus.EVALUATING,
    ResultStage.FINAL: CallStatus.PRELIMINARY,
}
_UNDECIDED = frozenset({ApplicationStatus.SUBMITTED, ApplicationStatus.CORRECTING})


def reads(result: Result, actor: Actor) -> bool:
    """Tell whether ``actor`` may read the whole table of a result, with what it was counted from.

    The committee and the coordination of the call, without a conflict of interest in it and with
    every review of their own sent. Publication opens to everybody a shorter table, not this one.
    """
    if actor.system:
        return True
    call = result.call
    if not can(actor, Permission.COMMITTEE_VIEW, call.subject):
        return False
    return not in_conflict(call, actor) and not owes_reviews(call, actor.id)


def in_conflict(call: Call, actor: Actor) -> bool:
    """Tell whether ``actor`` has a conflict of interest, or is of a city that applies."""
    if actor.id in queries.barred_from(call):
        return True
    return actor.organization_id in {one.organization_id for one in queries.submitted(call)}


def may_take_matrix(result: Result, actor: Actor) -> bool:
    """Tell whether ``actor`` may have who scored what how: who presides, and the coordination."""
    call = result.call
    oversees = actor.id in call.chair_ids or can(actor, Permission.CALL_OVERSEE, call.subject)
    return oversees and reads(result, actor)


def owes_reviews(call: Call, user_id: int | None) -> bool:
    """Tell whether a person has a review to send, so that they read nobody else's scores yet."""
    if user_id is None or user_id not in call.committee_ids:
        return False
    return any(not review.counts for review in _entrusted(call, user_id))


def _entrusted(call: Call, user_id: int) -> list[Review]:
    own = (committee.live_review(one, user_id) for one in committee.admitted(call))
    return [review for review in own if review is not None]


def voters(call: Call) -> list[CommitteeMember]:
    """Return the members who vote on a result: those who sit and have no conflict in the call."""
    return [
        one
        for one in call.members
        if one.sits and one.user and not in_conflict(call, one.user.actor)
    ]


def proposal_obstacles(call: Call, stage: ResultStage) -> Iterator[RuleBroken]:
    """Yield what is still missing before a result of ``stage`` can be proposed."""
    if queries.standing(call, stage) is not None:
        yield RuleBroken("result_exists")
        return
    if stage is ResultStage.FINAL:
        yield from _before_final(call)
    yield from _open_admissibility(call)
    yield from _open_reviews(call)
    unsettled = [key_of(one) for one in committee.unsettled(call)]
    if unsettled:
        yield RuleBroken("consensus_missing", numbers=", ".join(unsettled))


def _before_final(call: Call) -> Iterator[RuleBroken]:
    preliminary = queries.standing(call, ResultStage.PRELIMINARY)
    if preliminary is None or not preliminary.is_published:
        yield RuleBroken("preliminary_not_published")
        return
    if call.appeals_close_at is None or utcnow() < call.appeals_close_at:
        yield RuleBroken("appeals_still_open")
    appeals = queries.appeals(call)
    waiting = [key_of(one.application) for one in appeals if one.status is AppealStatus.FILED]
    if waiting:
        yield RuleBroken("appeals_undecided", numbers=", ".join(waiting))
    upheld = {one.application_id for one in appeals if one.status is AppealStatus.UPHELD}
    changed = _changed(preliminary, skipping=upheld)
    if changed:
        yield RuleBroken("scores_changed_without_appeal", numbers=", ".join(changed))


def _changed(result: Result, skipping: Iterable[int]) -> list[str]:
    standings = committee.standings(result.call)
    return [
        key_of(one.application)
        for one in result.placements
        if one.application_id not in set(skipping)
        and dict(standings[one.application_id].scores) != scores_in(one)
    ]


def _open_admissibility(call: Call) -> Iterator[RuleBroken]:
    everything = queries.submitted(call)
    undecided = [key_of(one) for one in everything if one.status in _UNDECIDED]
    if undecided:
        yield RuleBroken("admissibility_open", numbers=", ".join(undecided))
    elif not committee.admitted(call):
        yield RuleBroken("nothing_to_rank")


def _open_reviews(call: Call) -> Iterator[RuleBroken]:
    over = call.evaluation_closes_at is not None and utcnow() >= call.evaluation_closes_at
    waiting = [one for one in committee.admitted(call) if not committee.is_complete(one)]
    if waiting and not over:
        yield RuleBroken("evaluation_not_over", count=len(waiting))


def approval_obstacles(result: Result) -> Iterator[RuleBroken]:
    """Yield what keeps the chair from approving a result."""
    lacking = [
        key_of(one.application)
        for one in result.placements
        if one.reason is OutcomeReason.NO_QUORUM
    ]
    if lacking:
        yield RuleBroken("result_provisional", numbers=", ".join(lacking))
    if is_outdated(result):
        yield RuleBroken("result_outdated")
    if not is_carried(result):
        yield RuleBroken("result_not_carried")
    call = result.call
    if result.stage is ResultStage.PRELIMINARY and (
        call.appeals_close_at is None or call.appeals_close_at <= utcnow()
    ):
        yield RuleBroken("no_time_to_appeal")


def is_carried(result: Result) -> bool:
    """Tell whether more than half of those who vote did, and more of them in favour than against.

    Votes of people who have found a conflict of interest since do not count.
    """
    entitled = {one.user_id for one in voters(result.call)}
    ballots = [one.ballot for one in result.votes if one.user_id in entitled]
    favour, against = ballots.count(Ballot.IN_FAVOUR), ballots.count(Ballot.AGAINST)
    return 2 * len(ballots) > len(entitled) and favour > against


def is_outdated(result: Result) -> bool:
    """Tell whether counting anew, by the rules that were kept, gives another table."""
    entries = entries_of(result.call)
    now = rank(rules_in(result), entries).places
    if {one.key: replace(one, tie=None) for one in now} != _kept_places(result):
        return True
    counted = {key_of(one.application): scores_in(one) for one in result.placements}
    return {one.key: dict(one.scores) for one in entries} != counted


def _kept_places(result: Result) -> dict[str, Place]:
    return {one.key: one for one in ranking_in(result, {}).places}
