"""Filing an appeal and deciding it.

An upheld appeal changes the scores of that application alone: its consensus is opened, or opened
again, and agreed anew. The preliminary result stays as it was; the final one is counted afresh.
"""

from collections.abc import Collection

from app import audit
from app.calls.applications.models import Application
from app.calls.committee.consensus import open_consensus
from app.calls.locking import hold
from app.calls.models import Call
from app.calls.results import queries
from app.calls.results.appeals.telling import tell_decided, tell_filed
from app.calls.results.models import Appeal, Result
from app.domain.actors import Actor
from app.domain.call_states import AppealAction, CallStatus
from app.domain.call_vocabulary import ResultStage
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.permissions import Permission, can
from app.extensions import db, utcnow
from app.lifecycle import Act, apply, check_version


def appealable(call: Call) -> Result | None:
    """Return the preliminary result while cities may appeal against it."""
    result = queries.standing(call, ResultStage.PRELIMINARY)
    over = call.appeals_close_at is None or utcnow() >= call.appeals_close_at
    if over or call.status is not CallStatus.PRELIMINARY:
        return None
    return result if result is not None and result.is_published else None


def may_appeal(application: Application, actor: Actor) -> bool:
    """Tell whether the city can file an appeal now: it has a place, and has not filed one."""
    result = appealable(application.call)
    return (
        result is not None
        and can(actor, Permission.APPEAL_FILE, application.subject)
        and queries.placement_of(result, application) is not None
        and queries.appeal_of(application) is None
    )


def file_appeal(
    application: Application, criteria: Collection[int], grounds: str, actor: Actor
) -> Appeal:
    """Appeal against the scores of some criteria.

    Raises:
        NotAllowed: the actor does not write for the city.
        RuleBroken: ``appeals_closed``, ``appealed_already``, ``not_in_result`` or
            ``criteria_unknown``.
    """
    if not can(actor, Permission.APPEAL_FILE, application.subject):
        raise NotAllowed(Permission.APPEAL_FILE)
    hold(application.call)
    result = appealable(application.call)
    if result is None:
        raise RuleBroken("appeals_closed")
    if queries.appeal_of(application) is not None:
        raise RuleBroken("appealed_already")
    if queries.placement_of(result, application) is None:
        raise RuleBroken("not_in_result")
    known = {one.id for one in application.call.criteria}
    chosen = sorted(set(criteria))
    if not chosen or not set(chosen) <= known:
        raise RuleBroken("criteria_unknown")
    appeal = Appeal(application=application, criteria=chosen, grounds=grounds, filed_by_id=actor.id)
    db.session.add(appeal)
    audit.record(appeal, "file", actor, to_status=appeal.status)
    tell_filed(appeal)
    return appeal


def act(appeal: Appeal, sent: Act, actor: Actor) -> None:
    """Uphold or reject an appeal with reasons, or let the city take it back.

    Raises:
        OutOfOrder: it was decided, or the call has moved on.
        DomainError: as ``lifecycle.apply`` and ``committee.consensus.open_consensus``.
    """
    hold(appeal.application.call)
    db.session.refresh(appeal)
    check_version(appeal, sent.version)
    apply(appeal, Act(sent.action, sent.reason), actor)
    if sent.action is AppealAction.WITHDRAW:
        return
    appeal.answer, appeal.decided_at = sent.reason.strip(), utcnow()
    if sent.action is AppealAction.UPHOLD:
        open_consensus(appeal.application, actor, sent.reason, appealed=True)
    tell_decided(appeal)
