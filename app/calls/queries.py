"""Reads of calls; each states in SQL who may see what, as the table of permissions does."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import selectinload

from app.calls.applications.models import (
    Application,
    ApplicationFile,
    ApplicationVersion,
    RequirementAnswer,
)
from app.calls.models import Call, CommitteeMember
from app.domain.actors import Actor
from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.call_vocabulary import CallPhase
from app.domain.permissions import Permission
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.web.access import Loader

_S = CallStatus


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``call:view`` in SQL."""
    return or_(Call.published_at.is_not(None), _of_network(actor), _sits(actor))


def _of_network(actor: Actor) -> ColumnElement[bool]:
    if actor.kind is not OrganizationKind.COORDINATION or not actor.verified:
        return false()
    return Call.organization_id == actor.organization_id


def _sits(actor: Actor) -> ColumnElement[bool]:
    if actor.id is None:
        return false()
    return Call.members.any(
        and_(
            CommitteeMember.user_id == actor.id,
            CommitteeMember.accepted_at.is_not(None),
            CommitteeMember.left_at.is_(None),
        )
    )


def by_public_id(call_id: str) -> Call | None:
    """Return a call by its public identifier, with its rules."""
    query = select(Call).where(Call.public_id == call_id)
    rules = (Call.requirements, Call.documents, Call.criteria, Call.quotas, Call.changes)
    return db.session.scalar(query.options(*(selectinload(one) for one in rules)))


CALL = Loader(by_public_id, Permission.CALL_VIEW)


def phase_column(now: datetime | None = None) -> ColumnElement[str]:
    """Return ``Call.phase`` as SQL."""
    moment = now or utcnow()
    shown_final = and_(Call.status == _S.FINAL, Call.final_at <= moment)
    has_preliminary = Call.status.in_((_S.PRELIMINARY, _S.FINAL))
    shown_preliminary = and_(has_preliminary, Call.preliminary_at <= moment)
    return case(
        (Call.status == _S.SUSPENDED, CallPhase.SUSPENDED.value),
        (Call.status == _S.CANCELLED, CallPhase.CANCELLED.value),
        (Call.status == _S.VOID, CallPhase.VOID.value),
        (or_(Call.opens_at.is_(None), Call.opens_at > moment), CallPhase.UPCOMING.value),
        (or_(Call.closes_at.is_(None), Call.closes_at > moment), CallPhase.OPEN.value),
        (Call.status == _S.ARCHIVED, CallPhase.FINAL.value),
        (shown_final, CallPhase.FINAL.value),
        (shown_preliminary, CallPhase.PRELIMINARY.value),
        (Call.status == _S.PUBLISHED, CallPhase.CLOSED.value),
        else_=CallPhase.EVALUATING.value,
    )


def rank_column() -> ColumnElement[int]:
    """Return the order in which people look for calls: the open, the upcoming, the others."""
    phase = phase_column()
    return case((phase == CallPhase.OPEN.value, 0), (phase == CallPhase.UPCOMING.value, 1), else_=2)


def public_calls() -> Select[Any]:
    """Select what the public list shows: published ones, whatever came of them."""
    return select(Call).where(Call.published_at.is_not(None))


def open_calls(limit: int | None = None) -> list[Call]:
    """Return the calls whose form is open now, the soonest to close first."""
    query = public_calls().where(phase_column() == CallPhase.OPEN.value)
    query = query.where(Call.status == _S.PUBLISHED).order_by(Call.closes_at, Call.id)
    return list(db.session.scalars(query.limit(limit)).unique())


def drafts_of(organization_id: int | None) -> list[Call]:
    """Return the calls that a coordination has not published yet, the newest first."""
    query = select(Call).where(
        Call.organization_id == organization_id, Call.status == CallStatus.DRAFT
    )
    return list(db.session.scalars(query.order_by(Call.id.desc())).unique())


def under_way(organization_id: int | None) -> list[Call]:
    """Return the calls of a coordination that still wait for something, with their committee."""
    waiting = (_S.DRAFT, _S.PUBLISHED, _S.SUSPENDED, _S.EVALUATING)
    query = select(Call).where(Call.organization_id == organization_id, Call.status.in_(waiting))
    query = query.options(selectinload(Call.members)).order_by(Call.id)
    return list(db.session.scalars(query).unique())


def copyable(actor: Actor) -> list[Call]:
    """Return the calls that ``actor`` may copy, the newest first: the published and their own."""
    query = select(Call).where(visible_to(actor)).order_by(Call.year.desc(), Call.id.desc())
    return list(db.session.scalars(query).unique())


def applying(call_id: int) -> list[int]:
    """Return the ids of the organizations that have an application, sent or not yet."""
    query = select(Application.organization_id).where(
        Application.call_id == call_id, Application.status != ApplicationStatus.WITHDRAWN
    )
    return list(db.session.scalars(query.order_by(Application.id)))


def digests_before(call_id: int, moment: datetime) -> list[str]:
    """Return the digests of what was submitted before ``moment``, sorted."""
    query = (
        select(ApplicationVersion.digest)
        .join(ApplicationVersion.application)
        .where(Application.call_id == call_id, ApplicationVersion.submitted_at < moment)
    )
    return sorted(db.session.scalars(query))


def answered_rows(call_id: int) -> tuple[set[int], set[int]]:
    """Return the ids of the requirements and of the documents that some application answers."""
    requirements = (
        select(RequirementAnswer.requirement_id)
        .join(RequirementAnswer.application)
        .where(Application.call_id == call_id)
    )
    documents = (
        select(ApplicationFile.document_id)
        .join(ApplicationFile.application)
        .where(Application.call_id == call_id)
    )
    return set(db.session.scalars(requirements)), set(db.session.scalars(documents))


def counts_by_status(call_id: int, actor: Actor) -> dict[ApplicationStatus, int]:
    """Return how many applications the call has in each state.

    Those with which ``actor`` has a conflict of interest are left out of the count, as everywhere.
    """
    barred = Application.conflicts.any(user_id=actor.id)
    query = select(Application.status, func.count()).where(Application.call_id == call_id, ~barred)
    found = db.session.execute(query.group_by(Application.status))
    return {ApplicationStatus(status): number for status, number in found}
