"""The table of submissions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.challenges.models import Challenge
from app.domain.actors import Subject
from app.domain.states import SubmissionStatus
from app.domain.workflows import SUBMISSION
from app.lifecycle import Lifecycle
from app.solutions.models import Solution

HIDDEN = (SubmissionStatus.DRAFT, SubmissionStatus.WITHDRAWN)


class Submission(Lifecycle):
    """One solution of a startup offered for one challenge, at most once each."""

    __tablename__ = "submission"
    workflow = SUBMISSION

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    solution_id: Mapped[int] = mapped_column(ForeignKey("solution.id"), index=True)
    approach: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    team: Mapped[str] = mapped_column(Text, default="")
    needs_from_city: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime | None]

    challenge: Mapped[Challenge] = relationship(lazy="joined")
    solution: Mapped[Solution] = relationship(lazy="joined")

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """One submission for a pair of challenge and solution."""
        return (UniqueConstraint("challenge_id", "solution_id"),)

    @property
    def is_editable(self) -> bool:
        """The text may be rewritten: the city has not received it, or it was taken back."""
        return self.status is SubmissionStatus.DRAFT

    @property
    def subject(self) -> Subject:
        """The startup's own; the city sees it from the moment it is submitted."""
        city_id = self.challenge.organization_id
        startup_id = self.solution.organization_id
        own = frozenset() if startup_id is None else frozenset({startup_id})
        return Subject(
            city_id=city_id,
            startup_id=startup_id,
            party_ids=own if self.status in HIDDEN else own | {city_id},
        )
