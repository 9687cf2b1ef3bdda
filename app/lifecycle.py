"""How a thing moves from one state to the next: the only code that changes a status."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Dialect, String, TypeDecorator
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from app import audit
from app.domain.actors import Actor, Subject
from app.domain.errors import NotAllowed, ReasonMissing, SomeoneWasFaster
from app.domain.permissions import can
from app.domain.workflow import Transition, Workflow
from app.extensions import Base, db, utcnow

_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_ID_LENGTH = 12


def new_public_id() -> str:
    """Return an identifier for URLs that cannot be guessed (59 random bits)."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


class EnumString(TypeDecorator[StrEnum]):
    """A closed list stored as its text, given back as the enumeration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Refuse what is not in the list."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Return the member of the list."""
        return None if value is None else self.kind(value)


def one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Return the CHECK that keeps ``column`` inside the enumeration."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


class Lifecycle(Base):
    """A table whose rows have a life: status, version, public identifier and dates.

    A subclass sets ``workflow`` and gets the CHECK on its status. ``version`` counts changes, so
    that of two people who decide at once one wins and the other is told.
    """

    __abstract__ = True
    workflow: ClassVar[Workflow]

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    updated_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)
    status_since: Mapped[datetime] = mapped_column(default=utcnow)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if self.status is None:
            self.status = self.workflow.initial

    @declared_attr
    def status(cls) -> Mapped[StrEnum]:
        """Where the thing is in its life."""
        return mapped_column(EnumString(cls.workflow.states), index=True)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (one_of("status", cls.workflow.states), *cls.extra_constraints())

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Constraints and indexes of the subclass besides the CHECK on the status."""
        return ()

    @property
    def audit_name(self) -> str:
        """The name of its kind in the audit trail."""
        return self.workflow.name

    @property
    def subject(self) -> Subject:
        """Whose it is and who may read it now."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Act:
    """What a person decided: the act, why, and the version they had on the screen."""

    action: StrEnum
    reason: str = ""
    reason_code: str | None = None
    version: int | None = None


def available(thing: Lifecycle, actor: Actor) -> Iterator[Transition]:
    """Yield the rows of the table that ``actor`` may apply to ``thing`` now."""
    for row in thing.workflow.available(thing.status):
        if can(actor, row.permission, thing.subject):
            yield row


def check_version(thing: Lifecycle, seen: int | None) -> None:
    """Compare the version a person had on the screen with the present one.

    Raises:
        SomeoneWasFaster: the thing has changed since.
    """
    if seen is not None and seen != thing.version:
        raise SomeoneWasFaster


def apply(thing: Lifecycle, act: Act, actor: Actor) -> audit.AuditEntry:
    """Advance ``thing`` as ``act`` says, unless it changed since the actor saw it.

    Raises:
        DomainError: as :func:`check_version` and :func:`advance`.
    """
    check_version(thing, act.version)
    return advance(thing, act.action, actor, act.reason, act.reason_code)


def advance(
    thing: Lifecycle,
    action: StrEnum,
    actor: Actor,
    reason: str = "",
    reason_code: str | None = None,
) -> audit.AuditEntry:
    """Apply one row of the table of ``thing`` and write the audit row with it.

    Args:
        thing: what moves.
        action: what is done.
        actor: who does it.
        reason: why, in the actor's words; required where the row says so.
        reason_code: a member of the row's closed list of reasons, where it has one.

    Returns:
        The audit row.

    Raises:
        OutOfOrder: the table has no such act from the present state.
        NotAllowed: the actor does not hold the row's permission.
        ReasonMissing: the row asks for a reason that was not given.
        SomeoneWasFaster: another transaction changed the thing first.
    """
    row = thing.workflow.find(action, thing.status)
    if not can(actor, row.permission, thing.subject):
        raise NotAllowed(row.permission)
    _check_reason(row, reason, reason_code)
    before = thing.status
    thing.status = row.target
    thing.status_since = utcnow()
    try:
        db.session.flush()
    except StaleDataError as error:
        raise SomeoneWasFaster from error
    return audit.record(
        thing,
        action,
        actor,
        from_status=before,
        to_status=row.target,
        reason=reason.strip(),
        reason_code=reason_code,
    )


def _check_reason(row: Transition, reason: str, code: str | None) -> None:
    if row.needs_reason and not reason.strip():
        raise ReasonMissing(row.action)
    if row.reasons is not None and code not in set(row.reasons):
        raise ReasonMissing(row.action)
    if row.reasons is None and code is not None:
        raise ReasonMissing(row.action)
