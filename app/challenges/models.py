"""Tables of challenges."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.actors import Subject
from app.domain.states import ChallengeStatus
from app.domain.vocabulary import (
    BudgetKind,
    Currency,
    DataSensitivity,
    Direction,
    Language,
    Sector,
)
from app.domain.workflows import CHALLENGE
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import Organization
from app.search_text import Searchable

PUBLIC = frozenset(
    {
        ChallengeStatus.PUBLISHED,
        ChallengeStatus.MATCHED,
        ChallengeStatus.PILOTING,
        ChallengeStatus.RESOLVED,
        ChallengeStatus.NO_AWARD,
        ChallengeStatus.ARCHIVED,
    }
)
EDITABLE = frozenset({ChallengeStatus.DRAFT, ChallengeStatus.CHANGES_REQUESTED})
DEFAULT_PILOT_WEEKS = 16


class Challenge(Searchable, Lifecycle):
    """A problem that a city wants solved, told without naming the solution."""

    __tablename__ = "challenge"
    workflow = CHALLENGE
    searched_columns = ("title", "question", "summary", "problem", "affected", "expected_result")

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    lang: Mapped[Language] = mapped_column(EnumString(Language))
    sector: Mapped[Sector] = mapped_column(EnumString(Sector), index=True)
    title: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(String(250), default="")
    summary: Mapped[str] = mapped_column(String(400), default="")
    why_now: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    size_value: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    size_unit: Mapped[str] = mapped_column(String(120), default="")
    tried_before: Mapped[str] = mapped_column(Text, default="")
    expected_result: Mapped[str] = mapped_column(Text, default="")
    data_available: Mapped[str] = mapped_column(Text, default="")
    data_sensitivity: Mapped[DataSensitivity | None] = mapped_column(EnumString(DataSensitivity))
    constraints: Mapped[str] = mapped_column(Text, default="")
    decision_maker: Mapped[str] = mapped_column(String(200), default="")
    team: Mapped[str] = mapped_column(Text, default="")
    budget_kind: Mapped[BudgetKind | None] = mapped_column(EnumString(BudgetKind))
    budget_amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    currency: Mapped[Currency | None] = mapped_column(EnumString(Currency))
    incentive: Mapped[str] = mapped_column(Text, default="")
    continuity: Mapped[str] = mapped_column(Text, default="")
    pilot_place: Mapped[str] = mapped_column(String(300), default="")
    pilot_weeks: Mapped[int] = mapped_column(default=DEFAULT_PILOT_WEEKS)
    required_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    sdgs: Mapped[list[int]] = mapped_column(JSON, default=list)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None] = mapped_column(index=True)
    published_at: Mapped[datetime | None] = mapped_column(index=True)

    organization: Mapped[Organization] = relationship(lazy="joined")
    criteria: Mapped[list["SuccessCriterion"]] = relationship(
        back_populates="challenge", cascade="all, delete-orphan", order_by="SuccessCriterion.id"
    )

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Closed lists and the order of dates."""
        return (
            one_of("sector", Sector),
            CheckConstraint("closes_at IS NULL OR opens_at < closes_at", name="dates_in_order"),
        )

    @property
    def subject(self) -> Subject:
        """The city's own; everybody's once published."""
        return Subject(
            city_id=self.organization_id,
            party_ids=frozenset({self.organization_id}),
            is_public=self.status in PUBLIC,
        )

    @property
    def is_editable(self) -> bool:
        """The brief may be rewritten: it is not before the coordination nor published."""
        return self.status in EDITABLE

    @property
    def phase(self) -> str:
        """What the clock makes of a published challenge: upcoming, open or closed."""
        now = utcnow()
        if self.opens_at is not None and now < self.opens_at:
            return "upcoming"
        if self.closes_at is not None and now >= self.closes_at:
            return "closed"
        return "open"

    @property
    def is_open(self) -> bool:
        """Startups can apply now."""
        return self.status is ChallengeStatus.PUBLISHED and self.phase == "open"


class SuccessCriterion(Base):
    """How the city will measure success: a number from a baseline to a target."""

    __tablename__ = "success_criterion"
    __table_args__ = (one_of("direction", Direction),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(160))
    unit: Mapped[str] = mapped_column(String(60))
    baseline: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    target: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    direction: Mapped[Direction] = mapped_column(EnumString(Direction))

    challenge: Mapped[Challenge] = relationship(back_populates="criteria")
