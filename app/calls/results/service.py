"""What the committee does with a result: propose it, vote on it, approve it or take it back."""

from app import audit
from app.calls.locking import hold
from app.calls.models import Call
from app.calls.results import queries
from app.calls.results.counting import entries_of, kept_rules, placements, rules_of
from app.calls.results.letters.service import draft
from app.calls.results.models import Result, ResultVote
from app.calls.results.rules import (
    PROPOSED_FROM,
    approval_obstacles,
    in_conflict,
    owes_reviews,
    proposal_obstacles,
    voters,
)
from app.calls.results.telling import tell_proposed, tell_settled
from app.calls.service import freeze_lot
from app.domain.actors import SYSTEM, Actor
from app.domain.call_states import CallAction, ResultAction, ResultStatus
from app.domain.call_vocabulary import Ballot, ResultStage
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.domain.permissions import Permission, can
from app.domain.ranking import rank
from app.extensions import db, utcnow
from app.jobs.service import enqueue
from app.lifecycle import Act, advance, apply, check_version

_ISSUES = {
    ResultStage.PRELIMINARY: CallAction.ISSUE_PRELIMINARY,
    ResultStage.FINAL: CallAction.ISSUE_FINAL,
}
_TAKES_BACK = {
    ResultStage.PRELIMINARY: CallAction.TAKE_BACK_PRELIMINARY,
    ResultStage.FINAL: CallAction.TAKE_BACK_FINAL,
}


def propose(call: Call, stage: ResultStage, actor: Actor) -> Result:
    """Count what the committee says and put the table to its vote.

    What lacks reviews has no place in it, and the result cannot be approved then.

    Raises:
        NotAllowed: the actor does not run the call.
        OutOfOrder: the call is not where a result of that stage belongs.
        RuleBroken: ``conflict_in_call``, or what ``rules.proposal_obstacles`` finds.
    """
    if not can(actor, Permission.RESULT_PROPOSE, call.subject):
        raise NotAllowed(Permission.RESULT_PROPOSE)
    hold(call)
    if call.status is not PROPOSED_FROM[stage]:
        raise OutOfOrder("propose", call.status)
    if in_conflict(call, actor):
        raise RuleBroken("conflict_in_call")
    for obstacle in proposal_obstacles(call, stage):
        raise obstacle
    freeze_lot(call)
    rules, entries = rules_of(call), entries_of(call)
    result = Result(call=call, stage=stage, rules=kept_rules(call, rules))
    result.placements = placements(rank(rules, entries), entries, call)
    db.session.add(result)
    audit.record(result, "propose", actor, to_status=result.status)
    tell_proposed(result)
    return result


def vote(result: Result, ballot: Ballot, opinion: str, actor: Actor) -> ResultVote:
    """Vote on a proposed result; voting again replaces the vote.

    Raises:
        NotAllowed: the actor does not sit in the committee.
        OutOfOrder: it is not, or no longer, being voted on.
        RuleBroken: ``conflict_in_call``, ``reviews_first`` or ``opinion_missing``.
    """
    if not can(actor, Permission.RESULT_VOTE, result.subject):
        raise NotAllowed(Permission.RESULT_VOTE)
    _hold(result)
    if result.status is not ResultStatus.PROPOSED:
        raise OutOfOrder("vote", result.status)
    _check_voter(result, actor)
    if ballot is Ballot.AGAINST and not opinion.strip():
        raise RuleBroken("opinion_missing")
    own = queries.vote_of(result, actor.id)
    if own is None:
        own = ResultVote(result_id=result.id, user_id=actor.id)
        db.session.add(own)
    own.ballot, own.opinion, own.voted_at = ballot, opinion.strip(), utcnow()
    audit.record(result, "vote", actor)
    db.session.expire(result, ["votes"])
    return own


def _check_voter(result: Result, actor: Actor) -> None:
    if actor.id not in {one.user_id for one in voters(result.call)}:
        raise RuleBroken("conflict_in_call")
    if owes_reviews(result.call, actor.id):
        raise RuleBroken("reviews_first")


def _hold(result: Result) -> None:
    """Keep reviews, votes and acts on the call waiting, and look at the result afresh."""
    hold(result.call)
    db.session.refresh(result)
    db.session.expire(result, ["votes"])


def act(result: Result, sent: Act, actor: Actor) -> None:
    """Approve a result, or take it back while it is not public.

    Raises:
        RuleBroken: what ``rules.approval_obstacles`` finds, or ``result_published``.
        DomainError: as ``lifecycle.advance``.
    """
    _hold(result)
    check_version(result, sent.version)
    row = result.workflow.find(sent.action, result.status)
    if not can(actor, row.permission, result.subject):
        raise NotAllowed(row.permission)
    if sent.action is ResultAction.APPROVE:
        _approve(result, sent, actor)
    else:
        _withdraw(result, sent, actor)


def _approve(result: Result, sent: Act, actor: Actor) -> None:
    for obstacle in approval_obstacles(result):
        raise obstacle
    apply(result, Act(sent.action), actor)
    result.approved_at, result.approved_by_id = utcnow(), actor.id
    advance(result.call, _ISSUES[result.stage], SYSTEM)
    draft(result)
    enqueue("calls.minutes", key=str(result.id), result=result.id)
    if result.is_published:
        enqueue("calls.announce", key=str(result.id), result=result.id)
    tell_settled(result, sent)


def _withdraw(result: Result, sent: Act, actor: Actor) -> None:
    if result.is_published:
        raise RuleBroken("result_published")
    was_approved = result.status is ResultStatus.APPROVED
    apply(result, Act(sent.action, sent.reason), actor)
    if was_approved:
        advance(result.call, _TAKES_BACK[result.stage], SYSTEM)
    tell_settled(result, sent)
