"""The table of milestones."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.actors import Subject
from app.domain.states import MilestoneStatus
from app.domain.workflows import MILESTONE
from app.lifecycle import Lifecycle
from app.pilots.models import Pilot, inner_subject, today_in

OPEN = frozenset(
    {
        MilestoneStatus.PLANNED,
        MilestoneStatus.IN_PROGRESS,
        MilestoneStatus.RETURNED,
    }
)
SETTLED = frozenset({MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED})


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
        return self.is_open and self.days_left < 0

    @property
    def days_left(self) -> int:
        """Whole days until its day in the city, negative once it has passed."""
        return (self.due_on - today_in(self.pilot.city.timezone)).days
