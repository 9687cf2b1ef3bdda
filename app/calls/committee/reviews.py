"""What a member does with a review: accept or decline it, write it, send it; what the chair may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app import audit
from app.calls.applications.models import Application
from app.calls.committee.assignment import refusal
from app.calls.committee.conflicts import REASONS, declare_conflict
from app.calls.committee.hints import HINTS
from app.calls.committee.models import Review, ReviewScore
from app.calls.committee.phase import require_evaluation, require_time
from app.calls.committee.queries import consensus_of
from app.calls.committee.telling import tell_assigned, tell_reopened
from app.domain.actors import Actor
from app.domain.call_states import ConsensusStatus, ReviewAction, ReviewStatus
from app.domain.call_vocabulary import RecusalReason
from app.domain.errors import NotAllowed, ReasonMissing, RuleBroken
from app.domain.permissions import Permission, can
from app.extensions import db, utcnow
from app.lifecycle import Act, apply, check_version

WRITABLE = frozenset({ReviewStatus.ACCEPTED, ReviewStatus.REOPENED})


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a member writes: scores and notes by the id of their criterion, and two comments."""

    scores: Mapping[int, Decimal | None]
    notes: Mapping[int, str] = field(default_factory=dict)
    comment: str = ""
    feedback: str = ""


def save_scores(review: Review, opinion: Opinion, actor: Actor, seen: int | None) -> None:
    """Keep what a member wrote so far; nothing of it counts before it is sent.

    Raises:
        NotAllowed: it is not the actor's review.
        RuleBroken: ``review_not_writable``, ``score_off_scale``, or the evaluation is not on.
        SomeoneWasFaster: it was saved in another window since version ``seen``.
    """
    if not can(actor, Permission.REVIEW_WRITE, review.subject):
        raise NotAllowed(Permission.REVIEW_WRITE)
    _hold(review)
    if review.status not in WRITABLE:
        raise RuleBroken("review_not_writable", status=review.status)
    check_version(review, seen)
    review.comment, review.feedback = opinion.comment, opinion.feedback
    review.seen_version = latest_version(review.application)
    review.updated_at = utcnow()
    db.session.flush()
    _keep_scores(review, opinion)
    db.session.flush()
    audit.record(review, "edit", actor)


def _keep_scores(review: Review, opinion: Opinion) -> None:
    known = {one.criterion_id: one for one in review.scores}
    for criterion in review.application.call.criteria:
        score = opinion.scores.get(criterion.id)
        kept = known.get(criterion.id)
        if score is None:
            if kept is not None:
                review.scores.remove(kept)
            continue
        if not 0 <= score <= criterion.scale:
            raise RuleBroken("score_off_scale", name=criterion.name, scale=criterion.scale)
        if kept is None:
            kept = ReviewScore(criterion_id=criterion.id)
            review.scores.append(kept)
        kept.score, kept.comment = score, opinion.notes.get(criterion.id, "")


def latest_version(application: Application) -> int | None:
    """Return the number of the newest version that the city submitted."""
    return application.versions[-1].number if application.versions else None


def submit(review: Review, actor: Actor, seen: int | None = None) -> None:
    """Send a review: it counts from now on, and its author may read those of the others.

    Raises:
        RuleBroken: ``scores_missing`` with the criteria that lack one, or the evaluation is not on.
        DomainError: as ``lifecycle.apply``.
    """
    _hold(review)
    check_version(review, seen)
    review.workflow.find(ReviewAction.SUBMIT, review.status)
    scored = {one.criterion_id for one in review.scores}
    missing = [one.name for one in review.application.call.criteria if one.id not in scored]
    if missing:
        raise RuleBroken("scores_missing", names="; ".join(missing))
    review.submitted_at = utcnow()
    apply(review, Act(ReviewAction.SUBMIT), actor)


def act(review: Review, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: the evaluation is not on, or as :func:`_check`.
        DomainError: as ``lifecycle.apply``.
    """
    if sent.action is ReviewAction.SUBMIT:
        submit(review, actor, sent.version)
        return
    require_evaluation(review.application.call)
    db.session.refresh(review)
    check_version(review, sent.version)
    row = review.workflow.find(sent.action, review.status)
    if not can(actor, row.permission, review.subject):
        raise NotAllowed(row.permission)
    _check(review, sent, actor)
    if sent.action is ReviewAction.RECUSE and sent.reason_code in REASONS:
        reason = RecusalReason(sent.reason_code)
        declare_conflict(review.application, review.user, reason, sent.reason, actor)
        return
    apply(review, sent, actor)
    _follow(review, sent)


def _check(review: Review, sent: Act, actor: Actor) -> None:
    """Refuse what the table alone cannot tell apart.

    Raises:
        RuleBroken: ``sent_stands``: without a conflict of interest what was sent is not taken
            back; ``recuse_instead``: who presides releases others, not themself;
            ``consensus_stands``: an agreed consensus is reopened first.
        DomainError: as :func:`phase.require_time`, and a refusal to be asked again.
    """
    action = sent.action
    if action is ReviewAction.RECUSE and not sent.reason_code:
        raise ReasonMissing(action)
    no_conflict = action is ReviewAction.RECUSE and sent.reason_code not in REASONS
    if review.counts and (no_conflict or action is ReviewAction.RELEASE):
        raise RuleBroken("sent_stands")
    if action is ReviewAction.RELEASE and actor.id == review.user_id:
        raise RuleBroken("recuse_instead")
    if action is ReviewAction.REOPEN:
        require_time(review.application.call)
        _check_no_consensus(review.application)
    if action is ReviewAction.REASSIGN:
        _check_again(review)


def _check_no_consensus(application: Application) -> None:
    consensus = consensus_of(application)
    if consensus is not None and consensus.status is ConsensusStatus.AGREED:
        raise RuleBroken("consensus_stands")


def _check_again(review: Review) -> None:
    application = review.application
    member = next((m for m in application.call.members if m.user_id == review.user_id), None)
    hints = HINTS.of([member], [application]) if member else {}
    pair = (application.id, review.user_id)
    code = refusal(application, member, hints.get(pair, ())) if member else "member_left"
    if code:
        raise RuleBroken(f"cannot_review_{code}")


def _follow(review: Review, sent: Act) -> None:
    call = review.application.call
    if sent.action is ReviewAction.REOPEN:
        tell_reopened(call, review.user, sent.reason)
    elif sent.action is ReviewAction.REASSIGN:
        tell_assigned(call, {review.user: 1})


def _hold(review: Review) -> None:
    """Let neither the call nor the review move, and look at both afresh."""
    require_time(review.application.call)
    db.session.refresh(review, with_for_update={"of": Review})
    db.session.expire(review, ["scores"])
    db.session.expire(review.application, ["conflicts"])
    if review.user_id in review.application.barred_ids:
        raise NotAllowed(Permission.REVIEW_WRITE)
