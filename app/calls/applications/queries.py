"""Reads of applications; each states in SQL who may see what, as the table of permissions does.

A city sees its own at any time. The network of the call and who reviews it see what was handed in
and not taken back; who has a conflict of interest learns nothing, not even how many there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from app.calls.applications.models import (
    ENTRUSTED,
    MINE_ALONE,
    Application,
    ApplicationFile,
    LateEntry,
)
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.permissions import Permission
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.files.models import StoredFile
from app.organizations.models import Organization
from app.web.access import Loader

_S = ApplicationStatus
_RECEIVED = Application.status.not_in(MINE_ALONE)


@dataclass(frozen=True, slots=True)
class Begun:
    """An application that was begun and not handed in: whose, and when it was last written in."""

    city: str
    last_edited: datetime


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``application:view`` in SQL; jobs (SYSTEM) read everything."""
    if actor.system:
        return true()
    if actor.id is None:
        return false()
    unbiased = ~Application.conflicts.any(user_id=actor.id)
    return or_(
        _of_city(actor),
        and_(_RECEIVED, unbiased, or_(_of_network(actor), _entrusted_to(actor))),
    )


def _of_city(actor: Actor) -> ColumnElement[bool]:
    if actor.organization_id is None:
        return false()
    return Application.organization_id == actor.organization_id


def _of_network(actor: Actor) -> ColumnElement[bool]:
    if actor.kind is not OrganizationKind.COORDINATION or not actor.verified:
        return false()
    return Application.call.has(Call.organization_id == actor.organization_id)


def _entrusted_to(actor: Actor) -> ColumnElement[bool]:
    return or_(*(Application.reviews.any(user_id=actor.id, status=status) for status in ENTRUSTED))


def by_public_id(application_id: str) -> Application | None:
    """Return an application by its public identifier."""
    return db.session.scalar(select(Application).where(Application.public_id == application_id))


APPLICATION = Loader(by_public_id, Permission.APPLICATION_VIEW)


def of_call(call: Call, actor: Actor) -> list[Application]:
    """Return the applications to a call that ``actor`` may see, in the order of their numbers."""
    query = select(Application).where(Application.call_id == call.id, visible_to(actor))
    order = (func.length(Application.number), Application.number, Application.id)
    return list(db.session.scalars(query.order_by(*order)).unique())


def of_pair(call_id: int, organization_id: int | None) -> Application | None:
    """Return the application of a city to a call, in whatever state."""
    query = select(Application).where(
        Application.call_id == call_id, Application.organization_id == organization_id
    )
    return db.session.scalar(query)


def of_organization(actor: Actor) -> list[Application]:
    """Return the applications of the actor's city, the newest first."""
    query = select(Application).where(_of_city(actor)).order_by(Application.id.desc())
    return list(db.session.scalars(query).unique())


def begun(call: Call) -> list[Begun]:
    """Return the cities that have begun and not handed in, the last written in first.

    Nothing of what they write leaves this query.
    """
    query = (
        select(Organization.name, Application.updated_at)
        .join(Application.organization)
        .where(Application.call_id == call.id, Application.status == _S.DRAFT)
        .order_by(Application.updated_at.desc(), Application.id)
    )
    return [Begun(*row) for row in db.session.execute(query)]


def file_of(application: Application, file_id: str) -> ApplicationFile | None:
    """Return a document of an application by the public identifier of its file."""
    query = (
        select(ApplicationFile)
        .join(ApplicationFile.file)
        .where(ApplicationFile.application_id == application.id, StoredFile.public_id == file_id)
    )
    return db.session.scalar(query)


def late_entries(call: Call) -> list[LateEntry]:
    """Return the permissions to hand in after the call has closed, the first given first."""
    query = select(LateEntry).where(LateEntry.call_id == call.id).order_by(LateEntry.id)
    return list(db.session.scalars(query))


def cities_without_permission(call: Call) -> list[Organization]:
    """Return the verified cities of the country of a call that could be let in late."""
    given = select(LateEntry.organization_id).where(LateEntry.call_id == call.id)
    query = select(Organization).where(
        Organization.kind == OrganizationKind.CITY,
        Organization.country == call.country,
        Organization.id.not_in(given),
    )
    cities = db.session.scalars(query.order_by(Organization.name, Organization.id))
    return [city for city in cities if city.is_verified]


def drafts_closing_before(moment: datetime) -> list[Application]:
    """Return the drafts to calls that are open now and close before ``moment``."""
    now = utcnow()
    query = (
        select(Application)
        .join(Application.call)
        .where(
            Application.status == _S.DRAFT,
            Call.status == CallStatus.PUBLISHED,
            Call.opens_at <= now,
            Call.closes_at > now,
            Call.closes_at <= moment,
        )
    )
    return list(db.session.scalars(query.order_by(Application.id)).unique())


def waiting_for_examination(actor: Actor) -> list[Application]:
    """Return what the actor's network has received and must examine or end, of closed calls."""
    statuses: Collection[ApplicationStatus] = (_S.SUBMITTED, _S.CORRECTING)
    query = (
        select(Application)
        .join(Application.call)
        .where(
            Application.status.in_(statuses),
            Call.organization_id == actor.organization_id,
            Call.status.in_((CallStatus.PUBLISHED, CallStatus.EVALUATING)),
            Call.closes_at <= utcnow(),
            visible_to(actor),
        )
        .order_by(Application.status_since, Application.id)
    )
    return list(db.session.scalars(query).unique())
