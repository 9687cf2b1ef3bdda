"""The audit trail: one append-only row for each act, written in the transaction of the act."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import JSON, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from app.domain.actors import Actor
from app.extensions import Base, db, utcnow


class AuditEntry(Base):
    """Who did what to which thing, from and to which state, why and when."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_type", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(40))
    from_status: Mapped[str | None] = mapped_column(String(40))
    to_status: Mapped[str | None] = mapped_column(String(40))
    reason_code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Audited(Protocol):
    """What the trail needs to know of a thing: the name of its kind and its key."""

    @property
    def id(self) -> int:
        """Key of the row."""

    @property
    def audit_name(self) -> str:
        """Name of the kind of thing."""


def record(
    thing: Audited,
    action: str,
    actor: Actor,
    *,
    from_status: StrEnum | None = None,
    to_status: StrEnum | None = None,
    reason: str = "",
    reason_code: str | None = None,
    **details: Any,
) -> AuditEntry:
    """Append one row about ``thing``, flushing first so that it has its key."""
    if object_session(thing) is None:
        db.session.add(thing)
    db.session.flush()
    entry = AuditEntry(
        at=utcnow(),
        actor_id=actor.id,
        organization_id=actor.organization_id,
        subject_type=thing.audit_name,
        subject_id=thing.id,
        action=action,
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        reason_code=reason_code,
        details=details,
    )
    db.session.add(entry)
    return entry


def entries_for(thing: Audited) -> list[AuditEntry]:
    """Return the trail of ``thing``, oldest first."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject_type == thing.audit_name, AuditEntry.subject_id == thing.id)
        .order_by(AuditEntry.id)
    )
    return list(db.session.scalars(query))
