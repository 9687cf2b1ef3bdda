"""Tables of the matcher's settings: their versions, and what a trial would change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.actors import Subject
from app.domain.states import TuningStatus
from app.domain.tuning_workflow import TUNING
from app.extensions import Base, utcnow
from app.lifecycle import Lifecycle
from app.matches.scales import SHIPPED, Scales

MOST_WEIGHT = 10
"""The largest weight of a field."""

MOST_BONUS = 0.3
"""The largest share of the gap to full points that the same sector may close."""

MOST_FLOOR = 0.5
"""The largest of the least scores: above it hardly any pair would be suggested."""


def _only_one(status: TuningStatus) -> Index:
    here = text(f"status = '{status.value}'")
    return Index(
        f"uq_tuning_{status.value}", "status", unique=True, sqlite_where=here, postgresql_where=here
    )


class Tuning(Lifecycle):
    """One version of the settings; at most one is tried and one is in use.

    Without one in use, the settings count that the matcher ships with. ``concepts`` is the whole
    list of lines added to the glossary, each ``[es, pt, en]``.
    """

    __tablename__ = "tuning"
    workflow = TUNING

    title_weight: Mapped[float] = mapped_column(default=SHIPPED.title)
    uses_weight: Mapped[float] = mapped_column(default=SHIPPED.uses)
    text_weight: Mapped[float] = mapped_column(default=SHIPPED.text)
    sector_bonus: Mapped[float] = mapped_column(default=SHIPPED.sector)
    floor: Mapped[float] = mapped_column(default=SHIPPED.floor)
    feedback: Mapped[bool] = mapped_column(default=SHIPPED.feedback)
    concepts: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("tuning.id"))

    comparison: Mapped["Comparison | None"] = relationship(
        back_populates="tuning", cascade="all, delete-orphan"
    )

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """One trial, one in use, and values on their scales."""
        weights = " AND ".join(
            f"{name}_weight BETWEEN 0 AND {MOST_WEIGHT}" for name in ("title", "uses", "text")
        )
        return (
            *(_only_one(TuningStatus(name)) for name in ("trial", "accepted")),
            CheckConstraint(weights, name="weights_on_scale"),
            CheckConstraint(f"sector_bonus BETWEEN 0 AND {MOST_BONUS}", name="bonus_on_scale"),
            CheckConstraint(f"floor BETWEEN 0 AND {MOST_FLOOR}", name="floor_on_scale"),
        )

    @property
    def subject(self) -> Subject:
        """The coordination's own affair."""
        return Subject()

    @property
    def is_trial(self) -> bool:
        """It may still be changed."""
        return self.status is TuningStatus.TRIAL

    @property
    def scales(self) -> Scales:
        """Its values, as the matcher takes them."""
        return Scales(
            title=self.title_weight,
            uses=self.uses_weight,
            text=self.text_weight,
            sector=self.sector_bonus,
            floor=self.floor,
            feedback=self.feedback,
            concepts=tuple((es, pt, en) for es, pt, en in self.concepts),
        )


class Comparison(Base):
    """What a trial would change about past decisions, and how far the worker is with finding out.

    ``fingerprint`` tells which values were compared: a result for others is out of date. ``done``
    and ``total`` count steps; ``result`` is described in ``app/matches/matcher/comparing.py``.
    """

    __tablename__ = "tuning_comparison"

    id: Mapped[int] = mapped_column(primary_key=True)
    tuning_id: Mapped[int] = mapped_column(ForeignKey("tuning.id", ondelete="CASCADE"), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(20), default="")
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    tuning: Mapped[Tuning] = relationship(back_populates="comparison")
