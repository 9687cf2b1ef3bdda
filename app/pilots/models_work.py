"""Tables of the work inside a pilot: milestones, indicators with their readings, reports."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.permissions import Subject
from app.domain.states import MilestoneStatus, ReportStatus
from app.domain.vocabulary import Direction, Frequency
from app.domain.workflows import MILESTONE, REPORT
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import User
from app.pilots.measure import progress, target_met
from app.pilots.models import Pilot

OPEN = frozenset(
    {
        MilestoneStatus.PLANNED,
        MilestoneStatus.IN_PROGRESS,
        MilestoneStatus.RETURNED,
    }
)
SETTLED = frozenset({MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED})


def today_in(zone: str) -> date:
    """Return the day that it is now in a time zone."""
    return utcnow().astimezone(ZoneInfo(zone)).date()


class Inner(Protocol):
    """Something inside a pilot."""

    pilot: Pilot


def inner_subject(thing: Inner) -> Subject:
    """Return whose it is: as the pilot's, and never public."""
    pilot = thing.pilot
    return Subject(
        city_id=pilot.city_id, startup_id=pilot.startup_id, party_ids=pilot.party_ids
    )


class Milestone(Lifecycle):
    """Something to be delivered by a day, with the evidence that it was."""

    __tablename__ = "milestone"
    workflow = MILESTONE

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date] = mapped_column(index=True)
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_url: Mapped[str] = mapped_column(String(300), default="")

    pilot: Mapped[Pilot] = relationship(lazy="joined", innerjoin=True)

    @property
    def subject(self) -> Subject:
        """Of the two sides."""
        return inner_subject(self)

    @property
    def is_open(self) -> bool:
        """Somebody still has to deliver it."""
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """Its day has passed in the city and it is not delivered."""
        return self.is_open and self.due_on < today_in(self.pilot.city.timezone)


class Indicator(Base):
    """What is measured: from a baseline to a target, read now and then."""

    __tablename__ = "indicator"
    __table_args__ = (one_of("direction", Direction),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    unit: Mapped[str] = mapped_column(String(60))
    baseline: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    baseline_on: Mapped[date]
    target: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    direction: Mapped[Direction] = mapped_column(EnumString(Direction))
    source: Mapped[str] = mapped_column(String(300), default="")
    responsible: Mapped[str] = mapped_column(String(200), default="")
    frequency: Mapped[Frequency] = mapped_column(EnumString(Frequency), default=Frequency.MONTHLY)

    pilot: Mapped[Pilot] = relationship()
    readings: Mapped[list["Reading"]] = relationship(
        back_populates="indicator", cascade="all, delete-orphan", order_by="Reading.on"
    )

    @property
    def last_reading(self) -> "Reading | None":
        """The latest reading, if it was ever read."""
        return self.readings[-1] if self.readings else None

    @property
    def progress(self) -> float | None:
        """How far of the way to the target it is, as a share; ``None`` before any reading."""
        last = self.last_reading
        return None if last is None else progress(self.baseline, self.target, last.value)

    @property
    def is_met(self) -> bool:
        """The last reading reaches the target."""
        last = self.last_reading
        return last is not None and target_met(self.direction, self.target, last.value)


class Reading(Base):
    """The value of an indicator on a day."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("indicator_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    note: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    indicator: Mapped[Indicator] = relationship(back_populates="readings")
    user: Mapped[User | None] = relationship()


class ProgressReport(Lifecycle):
    """What was done in a period, what comes next, and what stands in the way."""

    __tablename__ = "progress_report"
    workflow = REPORT

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    period_from: Mapped[date]
    period_to: Mapped[date]
    done: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    obstacles: Mapped[str] = mapped_column(Text, default="")
    risks: Mapped[str] = mapped_column(Text, default="")

    pilot: Mapped[Pilot] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """A period does not end before it begins."""
        return (CheckConstraint("period_from <= period_to", name="period_in_order"),)

    @property
    def subject(self) -> Subject:
        """Of the two sides."""
        return inner_subject(self)

    @property
    def is_editable(self) -> bool:
        """It was not sent yet, or was returned."""
        return self.status in (ReportStatus.DRAFT, ReportStatus.RETURNED)
