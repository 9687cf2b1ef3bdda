"""Tables of results: what was approved, by which votes, what cities answered and were told."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.applications.models import Application
from app.calls.models import Call
from app.domain.actors import Subject
from app.domain.call_states import ResultStatus
from app.domain.call_vocabulary import Ballot, Outcome, OutcomeReason, ResultStage
from app.domain.call_workflows import APPEAL, RESULT
from app.extensions import Base, utcnow
from app.files.models import StoredFile
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import User


class Result(Lifecycle):
    """A ranking that the committee votes on and the chair approves; its date publishes it.

    ``rules`` keeps the weights, cut-off, ties and quotas by which it was counted. An approved
    result never changes: a correction is a new one, after the old one was withdrawn.
    """

    __tablename__ = "result"
    workflow = RESULT

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    stage: Mapped[ResultStage] = mapped_column(EnumString(ResultStage))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    minutes_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    announced_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship(lazy="joined")
    minutes: Mapped[StoredFile | None] = relationship()
    placements: Mapped[list["Placement"]] = relationship(
        back_populates="result", order_by="Placement.rank, Placement.id"
    )
    votes: Mapped[list["ResultVote"]] = relationship(back_populates="result")

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Closed lists."""
        return (one_of("stage", ResultStage),)

    @property
    def publishes_at(self) -> datetime | None:
        """When the public may read it, once approved."""
        if self.stage is ResultStage.PRELIMINARY:
            return self.call.preliminary_at
        return self.call.final_at

    @property
    def is_published(self) -> bool:
        """It is approved and its date has come."""
        moment = self.publishes_at
        return self.status is ResultStatus.APPROVED and moment is not None and utcnow() >= moment

    @property
    def subject(self) -> Subject:
        """The committee's and the network's; everybody's once published."""
        call = self.call
        return Subject(
            party_ids=frozenset({call.organization_id}),
            is_public=self.is_published,
            reviewer_ids=call.committee_ids,
            chair_ids=call.chair_ids,
        )


class Placement(Base):
    """The place of one application in a result. ``total`` runs from 0 to 100.

    ``scores`` maps a criterion's id to its score; ``tie`` says with whom it was equal and what
    decided; ``rank`` is empty for what cannot be ranked.
    """

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("result_id", "application_id"),
        one_of("outcome", Outcome),
        one_of("reason", OutcomeReason),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    rank: Mapped[int | None]
    total: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    outcome: Mapped[Outcome] = mapped_column(EnumString(Outcome))
    reason: Mapped[OutcomeReason] = mapped_column(EnumString(OutcomeReason))
    waiting_place: Mapped[int | None]
    scores: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    tie: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    result: Mapped[Result] = relationship(back_populates="placements")
    application: Mapped[Application] = relationship(lazy="joined")


class ResultVote(Base):
    """The vote of one member of the committee on a result, with a dissenting opinion if any."""

    __tablename__ = "result_vote"
    __table_args__ = (UniqueConstraint("result_id", "user_id"), one_of("ballot", Ballot))

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ballot: Mapped[Ballot] = mapped_column(EnumString(Ballot))
    opinion: Mapped[str] = mapped_column(Text, default="")
    voted_at: Mapped[datetime] = mapped_column(default=utcnow)

    result: Mapped[Result] = relationship(back_populates="votes")
    user: Mapped[User] = relationship(lazy="joined")


class ResultLetter(Base):
    """The letter to one city about a result: reviewed by a person, sent when it is published."""

    __tablename__ = "result_letter"
    __table_args__ = (UniqueConstraint("result_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    result: Mapped[Result] = relationship()
    application: Mapped[Application] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}


class Appeal(Lifecycle):
    """A city's appeal against its place in the preliminary result. One a city and call.

    ``criteria`` lists the ids of the contested criteria.
    """

    __tablename__ = "appeal"
    workflow = APPEAL

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    criteria: Mapped[list[int]] = mapped_column(JSON, default=list)
    grounds: Mapped[str] = mapped_column(Text)
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(lazy="joined")

    @property
    def subject(self) -> Subject:
        """As the application it is about."""
        return self.application.subject
