"""Reads of the evaluation; each states who may see what, as the table of permissions does.

What is not about scores is in ``progress.py``; who may read whose scores is decided here, once, by
:func:`may_read_scores`, and every page, sheet and view asks it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.audit import AuditEntry
from app.calls.applications.models import ENTRUSTED, Application
from app.calls.committee.measures import Mark, means, spreads
from app.calls.committee.models import Conflict, Consensus, Review
from app.calls.committee.phase import is_over
from app.calls.models import Call, CommitteeMember
from app.domain.actors import Actor
from app.domain.call_states import (
    ApplicationStatus,
    ConsensusStatus,
    ReviewAction,
    ReviewStatus,
)
from app.domain.call_vocabulary import RecusalReason
from app.domain.permissions import Permission
from app.domain.predicates import chair, coordination, party
from app.extensions import db
from app.web.access import Loader

EVALUATED = frozenset(
    {
        ApplicationStatus.ADMITTED,
        ApplicationStatus.SELECTED,
        ApplicationStatus.WAITLISTED,
        ApplicationStatus.NOT_SELECTED,
    }
)
"""The states of an application that was admitted, whatever a result said of it since."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the committee says of an application now.

    ``scores`` maps the key of a criterion (its id as text) to its score: the agreed one where
    there is a consensus, else the mean of the reviews that were sent. ``reviews`` counts those.
    """

    scores: Mapping[str, Fraction]
    reviews: int
    agreed: bool = False


class AbsenceKind(StrEnum):
    """Why a person invited to the committee is missing from its work."""

    NEVER_JOINED = "never_joined"
    LEFT = "left"
    REVIEWS_MISSING = "reviews_missing"


@dataclass(frozen=True, slots=True)
class Absence:
    """A person missing from the work of the committee; ``missing`` counts reviews not sent."""

    member: CommitteeMember
    kind: AbsenceKind
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Recusal:
    """That a person did not judge an application, and why; ``conflict``: they may not know it."""

    name: str
    application: Application
    reason: RecusalReason
    at: datetime
    conflict: bool


def by_public_id(review_id: str) -> Review | None:
    """Return a review by its public identifier."""
    return db.session.scalar(select(Review).where(Review.public_id == review_id))


REVIEW = Loader(by_public_id, Permission.REVIEW_VIEW)


def admitted(call: Call) -> list[Application]:
    """Return the applications to evaluate, by number, ready to be asked who may see them."""
    query = _with_evaluation(select(Application)).where(
        Application.call_id == call.id, Application.status.in_(EVALUATED)
    )
    return list(db.session.scalars(query.order_by(Application.number, Application.id)))


def _with_evaluation(query: Select[Application]) -> Select[Application]:
    return query.options(
        selectinload(Application.reviews).selectinload(Review.scores),
        selectinload(Application.conflicts),
    )


def visible(applications: Iterable[Application], actor: Actor) -> list[Application]:
    """Leave out those in which ``actor`` has a conflict of interest, also from what is counted."""
    return [one for one in applications if actor.id is None or actor.id not in one.barred_ids]


def live_review(application: Application, user_id: int | None) -> Review | None:
    """Return the review entrusted to a person, unless it was recused or released."""
    return next(
        (one for one in application.reviews if one.user_id == user_id and one.status in ENTRUSTED),
        None,
    )


def may_read_scores(actor: Actor, application: Application) -> bool:
    """Tell whether ``actor`` may read what others say of ``application``.

    Whoever reviews it, be it the chair or somebody of the coordination: once their own review is
    sent. A chair who does not review it: always. The coordination: once every review is in.
    Nobody with a conflict of interest, and nobody else.
    """
    if actor.system:
        return True
    if actor.id is None or actor.id in application.barred_ids:
        return False
    own = live_review(application, actor.id)
    if own is not None and actor.id in application.call.committee_ids:
        return own.counts
    subject = application.subject
    if chair(actor, subject):
        return True
    return coordination(actor, subject) and party(actor, subject) and is_complete(application)


def is_complete(application: Application) -> bool:
    """Tell whether it has reviews and every one that is entrusted to somebody was sent."""
    entrusted = [one for one in application.reviews if one.status in ENTRUSTED]
    return bool(entrusted) and all(one.counts for one in entrusted)


def marks_of(application: Application) -> list[Mark]:
    """Return the scores of the reviews that were sent, without asking who wants to know."""
    return [
        Mark(review.user_id, application.id, score.criterion_id, score.score, score.criterion.scale)
        for review in application.reviews
        if review.counts
        for score in review.scores
    ]


def consensus_of(application: Application) -> Consensus | None:
    """Return the consensus on an application, if one was opened."""
    return db.session.scalar(select(Consensus).where(Consensus.application_id == application.id))


def standing_scores(application: Application) -> Standing:
    """Return what the committee says of an application now; with nothing sent, no scores."""
    return _standing(application, consensus_of(application))


def standings(call: Call) -> dict[int, Standing]:
    """Return what the committee says of each admitted application of a call, by its id."""
    agreed = consensuses(call)
    return {one.id: _standing(one, agreed.get(one.id)) for one in admitted(call)}


def consensuses(call: Call) -> dict[int, Consensus]:
    """Return the consensuses of a call by the id of their application."""
    query = (
        select(Consensus)
        .join(Consensus.application)
        .where(Application.call_id == call.id)
        .options(selectinload(Consensus.scores))
    )
    return {one.application_id: one for one in db.session.scalars(query)}


def _standing(application: Application, consensus: Consensus | None) -> Standing:
    marks = marks_of(application)
    sent = sum(1 for one in application.reviews if one.counts)
    if consensus is not None and consensus.status is ConsensusStatus.AGREED:
        scores = {str(one.criterion_id): Fraction(one.score) for one in consensus.scores}
        return Standing(scores, sent, agreed=True)
    return Standing({str(key): score for key, score in means(marks).items()}, sent)


def wide_spreads(application: Application) -> dict[int, Fraction]:
    """Return the criteria, with their spread in percent, on which the reviews are too far apart."""
    limit = application.call.consensus_spread
    if limit is None:
        return {}
    return {key: value for key, value in spreads(marks_of(application)).items() if value >= limit}


def asks_consensus(application: Application) -> bool:
    """Tell whether the rules ask for a consensus now: no review that is still to come can."""
    settled = is_complete(application) or is_over(application.call)
    return settled and bool(wide_spreads(application))


def unsettled(call: Call) -> list[Application]:
    """Return the applications whose consensus is open, or asked for by the rules and not agreed."""
    known = consensuses(call)
    return [one for one in admitted(call) if _is_unsettled(one, known.get(one.id))]


def _is_unsettled(application: Application, consensus: Consensus | None) -> bool:
    if consensus is not None:
        return consensus.status is not ConsensusStatus.AGREED
    return asks_consensus(application)


def absences(call: Call) -> list[Absence]:
    """Return who is missing from the work of the committee, for the minutes."""
    pending: dict[int, int] = {}
    for application in admitted(call):
        for review in application.reviews:
            if review.status in ENTRUSTED and not review.counts:
                pending[review.user_id] = pending.get(review.user_id, 0) + 1
    return [
        absence
        for member in call.members
        if (absence := _absence(member, pending.get(member.user_id or 0, 0)))
    ]


def _absence(member: CommitteeMember, missing: int) -> Absence | None:
    if member.accepted_at is None:
        return Absence(member, AbsenceKind.NEVER_JOINED)
    if member.left_at is not None:
        return Absence(member, AbsenceKind.LEFT)
    return Absence(member, AbsenceKind.REVIEWS_MISSING, missing) if missing else None


def recusals(call: Call) -> list[Recusal]:
    """Return who did not judge which application and why, oldest first, for the minutes."""
    conflicts = db.session.scalars(
        select(Conflict).join(Conflict.application).where(Application.call_id == call.id)
    )
    found = {
        (one.user_id, one.application_id): Recusal(
            one.user.name, one.application, one.reason, one.declared_at, conflict=True
        )
        for one in conflicts
    }
    for review, entry in _recused(call):
        known = Recusal(
            review.user.name,
            review.application,
            RecusalReason(entry.reason_code or RecusalReason.OTHER),
            entry.at,
            conflict=False,
        )
        found.setdefault((review.user_id, review.application_id), known)
    return sorted(found.values(), key=lambda one: (one.at, one.name))


def _recused(call: Call) -> Iterable[tuple[Review, AuditEntry]]:
    query = (
        select(Review, AuditEntry)
        .join(Review.application)
        .join(AuditEntry, AuditEntry.subject_id == Review.id)
        .where(
            Application.call_id == call.id,
            Review.status == ReviewStatus.RECUSED,
            AuditEntry.subject_type == Review.workflow.name,
            AuditEntry.action == ReviewAction.RECUSE,
        )
        .order_by(AuditEntry.id)
    )
    return [(review, entry) for review, entry in db.session.execute(query).unique()]
