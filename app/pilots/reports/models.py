"""The table of progress reports."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.actors import Subject
from app.domain.states import ReportStatus
from app.domain.workflows import REPORT
from app.lifecycle import Lifecycle
from app.pilots.models import Pilot, inner_subject


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
