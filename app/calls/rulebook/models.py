"""Tables of what a call asks and how it counts."""

from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.call_vocabulary import DocumentKind, QuotaField, QuotaKind
from app.extensions import Base
from app.lifecycle import EnumString, one_of


class Requirement(Base):
    """A condition that a city must meet to take part; the city answers it with evidence."""

    __tablename__ = "call_requirement"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    help: Mapped[str] = mapped_column(Text, default="")


class RequiredDocument(Base):
    """A PDF that a city hands in. ``max_pages`` is checked on the server."""

    __tablename__ = "call_document"
    __table_args__ = (
        one_of("kind", DocumentKind),
        CheckConstraint("max_pages IS NULL OR max_pages >= 1", name="pages_counted"),
        CheckConstraint("max_megabytes BETWEEN 1 AND 20", name="size_limited"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[DocumentKind] = mapped_column(EnumString(DocumentKind))
    title: Mapped[str] = mapped_column(String(200))
    help: Mapped[str] = mapped_column(Text, default="")
    required: Mapped[bool] = mapped_column(default=True)
    max_pages: Mapped[int | None]
    max_megabytes: Mapped[int] = mapped_column(default=10)


class Criterion(Base):
    """One line of the rubric: scored from 0 to ``scale``, counted with ``weight``.

    ``labels`` says what each score means, the lowest first. Below ``minimum`` an application is
    left out whatever its total.
    """

    __tablename__ = "call_criterion"
    __table_args__ = (
        CheckConstraint("weight > 0", name="weight_counts"),
        CheckConstraint("scale BETWEEN 1 AND 10", name="scale_known"),
        CheckConstraint("minimum IS NULL OR minimum BETWEEN 0 AND scale", name="minimum_in_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    help: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    scale: Mapped[int] = mapped_column(default=5)
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)


class Quota(Base):
    """A rule about groups: seats kept for one, or the most seats that one can take.

    ``value`` is the group (a region's code or a member of ``PopulationBand``); empty, in a cap, it
    means each group.
    """

    __tablename__ = "call_quota"
    __table_args__ = (
        one_of("kind", QuotaKind),
        one_of("field", QuotaField),
        CheckConstraint("seats >= 1", name="seats_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[QuotaKind] = mapped_column(EnumString(QuotaKind))
    field: Mapped[QuotaField] = mapped_column(EnumString(QuotaField))
    value: Mapped[str] = mapped_column(String(40), default="")
    seats: Mapped[int]
