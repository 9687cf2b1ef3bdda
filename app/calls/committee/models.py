"""Tables of the evaluation: who may not judge whom, what each one says, what all agree on."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.applications.models import Application
from app.calls.rulebook.models import Criterion
from app.domain.actors import Subject
from app.domain.call_states import ReviewStatus
from app.domain.call_vocabulary import RecusalReason
from app.domain.call_workflows import CONSENSUS, REVIEW
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import User


class Conflict(Base):
    """That a person may not judge, nor follow, an application: declared, or set by the chair."""

    __tablename__ = "conflict"
    __table_args__ = (
        UniqueConstraint("application_id", "user_id"),
        one_of("reason", RecusalReason),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reason: Mapped[RecusalReason] = mapped_column(EnumString(RecusalReason))
    note: Mapped[str] = mapped_column(Text, default="")
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    declared_at: Mapped[datetime] = mapped_column(default=utcnow)

    application: Mapped[Application] = relationship(back_populates="conflicts")
    user: Mapped[User] = relationship(foreign_keys=[user_id])

    @property
    def audit_name(self) -> str:
        """The name of its kind in the audit trail."""
        return "conflict"


class Review(Lifecycle):
    """What one member of the committee says of one application.

    ``comment`` is for the committee; ``feedback`` goes to the city with each published result,
    without the name. ``seen_version`` is the version of the application that was judged.
    """

    __tablename__ = "review"
    workflow = REVIEW

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    feedback: Mapped[str] = mapped_column(Text, default="")
    seen_version: Mapped[int | None]
    submitted_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(back_populates="reviews", lazy="joined")
    user: Mapped[User] = relationship(lazy="joined")
    scores: Mapped[list["ReviewScore"]] = relationship(
        back_populates="review", cascade="all, delete-orphan"
    )

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """One review a person and application."""
        return (UniqueConstraint("application_id", "user_id"),)

    @property
    def counts(self) -> bool:
        """It was sent and stands."""
        return self.status is ReviewStatus.SUBMITTED

    @property
    def subject(self) -> Subject:
        """The reviewer's own; disclosed to the chair and the network, but to nobody in conflict."""
        call, barred = self.application.call, self.application.barred_ids
        return Subject(
            party_ids=frozenset({call.organization_id}),
            reviewer_ids=frozenset({self.user_id}) & call.committee_ids - barred,
            chair_ids=call.chair_ids - barred,
            barred_ids=barred,
        )


class ReviewScore(Base):
    """The score of one criterion in a review."""

    __tablename__ = "review_score"
    __table_args__ = (UniqueConstraint("review_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("call_criterion.id"))
    score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    comment: Mapped[str] = mapped_column(Text, default="")

    review: Mapped[Review] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship(lazy="joined")


class Consensus(Lifecycle):
    """What the committee agrees on where its members differ; its scores count instead of the mean.

    ``dissent`` keeps the opinion of those who do not share it.
    """

    __tablename__ = "consensus"
    workflow = CONSENSUS

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    reasons: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")

    application: Mapped[Application] = relationship(lazy="joined")
    scores: Mapped[list["ConsensusScore"]] = relationship(
        back_populates="consensus", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> Subject:
        """As the application, for the committee."""
        return self.application.subject


class ConsensusScore(Base):
    """The agreed score of one criterion."""

    __tablename__ = "consensus_score"
    __table_args__ = (UniqueConstraint("consensus_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consensus_id: Mapped[int] = mapped_column(
        ForeignKey("consensus.id", ondelete="CASCADE"), index=True
    )
    criterion_id: Mapped[int] = mapped_column(ForeignKey("call_criterion.id"))
    score: Mapped[Decimal] = mapped_column(Numeric(5, 2))

    consensus: Mapped[Consensus] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship(lazy="joined")
