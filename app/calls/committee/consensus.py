"""What the committee agrees on where its members differ; who presides it records it."""

from collections.abc import Mapping
from decimal import Decimal

from app import audit
from app.calls.applications.models import Application
from app.calls.committee.models import Consensus, ConsensusScore
from app.calls.committee.phase import is_over, require_evaluation
from app.calls.committee.queries import consensus_of, is_complete, may_read_scores
from app.calls.locking import hold_shared
from app.domain.actors import Actor
from app.domain.call_states import CallStatus, ConsensusAction, ConsensusStatus
from app.domain.errors import NotAllowed, ReasonMissing, RuleBroken
from app.domain.permissions import Permission, can
from app.extensions import db, utcnow
from app.lifecycle import Act, apply, check_version

Scores = Mapping[int, Decimal | None]


def open_consensus(
    application: Application, actor: Actor, reason: str = "", *, appealed: bool = False
) -> Consensus:
    """Open the consensus on an application, or reopen the one that was agreed, with a reason.

    Args:
        application: what it is about.
        actor: who presides the committee.
        reason: why it is reopened; the first opening needs none.
        appealed: an appeal against the preliminary result was upheld, so that the scores of this
            application alone change after the approval.

    Raises:
        NotAllowed: the actor does not preside, or may not read the scores yet.
        RuleBroken: ``reviews_pending``: individual reviews come first; ``nothing_reviewed``;
            ``consensus_known``; or the evaluation is not on.
    """
    _require_chair(application, actor)
    _require_phase(application, appealed)
    known = consensus_of(application)
    if known is not None and known.status is ConsensusStatus.AGREED:
        return _reopen(known, reason, actor)
    if known is not None and not appealed:
        raise RuleBroken("consensus_known")
    if not any(one.counts for one in application.reviews):
        raise RuleBroken("nothing_reviewed")
    if not (appealed or is_complete(application) or is_over(application.call)):
        raise RuleBroken("reviews_pending")
    consensus = known or Consensus(application=application)
    consensus.status_since = utcnow()
    audit.record(consensus, "open_consensus", actor, reason=reason.strip())
    return consensus


def _require_chair(application: Application, actor: Actor) -> None:
    if not can(actor, Permission.REVIEW_CHAIR, application.subject):
        raise NotAllowed(Permission.REVIEW_CHAIR)
    if not may_read_scores(actor, application):
        raise NotAllowed(Permission.REVIEW_CHAIR)


def _require_phase(application: Application, appealed: bool) -> None:
    hold_shared(application.call)
    db.session.expire(application, ["reviews", "conflicts"])
    if not (appealed and application.call.status is CallStatus.PRELIMINARY):
        require_evaluation(application.call)


def _reopen(consensus: Consensus, reason: str, actor: Actor) -> Consensus:
    apply(consensus, Act(ConsensusAction.REOPEN, reason), actor)
    return consensus


def reopen(consensus: Consensus, sent: Act, actor: Actor) -> None:
    """Reopen an agreed consensus during the evaluation.

    Raises:
        DomainError: as :func:`open_consensus` and ``lifecycle.apply``.
    """
    _require_chair(consensus.application, actor)
    _require_phase(consensus.application, appealed=False)
    apply(consensus, sent, actor)


def agree(
    consensus: Consensus,
    scores: Scores,
    reasons: str,
    dissent: str,
    actor: Actor,
    seen: int | None = None,
) -> None:
    """Record what the committee agreed on: its scores count instead of the mean.

    Raises:
        NotAllowed: the actor does not preside, or may not read the scores yet.
        ReasonMissing: without reasons.
        RuleBroken: ``scores_missing``, ``score_off_scale``, or nothing may change any more.
    """
    application = consensus.application
    _require_chair(application, actor)
    _require_agreeing(consensus)
    check_version(consensus, seen)
    consensus.workflow.find(ConsensusAction.AGREE, consensus.status)
    if not reasons.strip():
        raise ReasonMissing(ConsensusAction.AGREE)
    consensus.reasons, consensus.dissent = reasons, dissent
    consensus.updated_at = utcnow()
    db.session.flush()
    _keep(consensus, scores)
    apply(consensus, Act(ConsensusAction.AGREE), actor)


def _require_agreeing(consensus: Consensus) -> None:
    """After the approval, only what was opened since, for an upheld appeal, is still agreed."""
    call = consensus.application.call
    hold_shared(call)
    db.session.refresh(consensus, with_for_update={"of": Consensus})
    opened_since = consensus.status_since >= call.status_since
    if not (call.status is CallStatus.PRELIMINARY and opened_since):
        require_evaluation(call)


def _keep(consensus: Consensus, scores: Scores) -> None:
    criteria = consensus.application.call.criteria
    missing = [one.name for one in criteria if scores.get(one.id) is None]
    if missing:
        raise RuleBroken("scores_missing", names="; ".join(missing))
    known = {one.criterion_id: one for one in consensus.scores}
    for criterion in criteria:
        score = scores[criterion.id] or Decimal(0)
        if not 0 <= score <= criterion.scale:
            raise RuleBroken("score_off_scale", name=criterion.name, scale=criterion.scale)
        kept = known.get(criterion.id)
        if kept is None:
            kept = ConsensusScore(criterion_id=criterion.id)
            consensus.scores.append(kept)
        kept.score = score
