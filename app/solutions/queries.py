"""Reads of solutions; each states in SQL who may see what, as the table of permissions does."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, false, func, or_, select, true

from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import SolutionStatus
from app.domain.vocabulary import Country, Language, OrganizationKind
from app.extensions import db
from app.organizations.models import Organization
from app.solutions.models import Solution
from app.web.access import Loader

_PUBLISHED = Solution.status == SolutionStatus.PUBLISHED


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``solution:view`` in SQL; jobs (SYSTEM) read everything."""
    if actor.system or (actor.kind is OrganizationKind.COORDINATION and actor.verified):
        return true()
    own = false() if actor.organization_id is None else _of(actor.organization_id)
    return or_(_PUBLISHED, own)


def _of(organization_id: int) -> ColumnElement[bool]:
    return Solution.organization_id == organization_id


def by_public_id(solution_id: str) -> Solution | None:
    """Return a solution by its public identifier."""
    return db.session.scalar(select(Solution).where(Solution.public_id == solution_id))


def published() -> Select[Any]:
    """Select what the public list shows, with the organization of those that have one."""
    return select(Solution).outerjoin(Solution.organization).where(_PUBLISHED)


def of_organization(organization_id: int, actor: Actor) -> list[Solution]:
    """Return an organization's solutions that ``actor`` may see, the last updated first."""
    query = (
        select(Solution)
        .where(_of(organization_id), visible_to(actor))
        .order_by(Solution.updated_at.desc(), Solution.id.desc())
    )
    return list(db.session.scalars(query))


def own_published(actor: Actor) -> list[Solution]:
    """Return the published solutions of the actor's startup, by title."""
    if actor.organization_id is None:
        return []
    query = select(Solution).where(_of(actor.organization_id), _PUBLISHED)
    return list(db.session.scalars(query.order_by(Solution.title, Solution.id)))


def awaiting_review() -> list[Solution]:
    """Return what the coordination has to review, the longest waiting first."""
    query = select(Solution).where(Solution.status == SolutionStatus.IN_REVIEW)
    return list(db.session.scalars(query.order_by(Solution.status_since)))


def kept_back(actor: Actor) -> list[Solution]:
    """Return what is not published and concerns the actor, the last changed first.

    To a startup that is its own; to the coordination its public goods, what it has to review and
    what it suspended.
    """
    unpublished = Solution.status != SolutionStatus.PUBLISHED
    query = select(Solution).order_by(Solution.updated_at.desc(), Solution.id.desc())
    if actor.kind is OrganizationKind.COORDINATION and actor.verified:
        to_decide = Solution.status.in_((SolutionStatus.IN_REVIEW, SolutionStatus.SUSPENDED))
        public_good = Solution.organization_id.is_(None)
        query = query.where(or_(to_decide, and_(public_good, unpublished)))
    elif actor.kind is OrganizationKind.STARTUP and actor.organization_id is not None:
        query = query.where(_of(actor.organization_id), unpublished)
    else:
        return []
    return list(db.session.scalars(query))


def count_by_status() -> dict[str, int]:
    """Return how many solutions there are in each state."""
    query = select(Solution.status, func.count()).group_by(Solution.status)
    return {str(status): count for status, count in db.session.execute(query)}


def kind_column() -> ColumnElement[str]:
    """Return whose a solution is as SQL: ``startup`` or ``public_good``."""
    return case((Solution.organization_id.is_(None), "public_good"), else_="startup")


def speaks(language: Language) -> ColumnElement[bool]:
    """State that a solution works in ``language``."""
    return _lists(Solution.languages, language)


def serves(country: Country) -> ColumnElement[bool]:
    """State that a solution is offered in ``country`` or comes from it."""
    return or_(_lists(Solution.countries, country), Organization.country == country)


def _lists(column: Any, value: StrEnum) -> ColumnElement[bool]:
    # A JSON list of short codes reads the same as text on both databases.
    return cast(column, Text).contains(f'"{value.value}"')


SOLUTION = Loader(by_public_id, Permission.SOLUTION_VIEW)
