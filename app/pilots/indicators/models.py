"""Tables of indicators and their readings."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.vocabulary import Direction, Frequency
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, one_of
from app.organizations.models import User
from app.pilots.indicators.measure import progress, target_met
from app.pilots.models import Pilot


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
