"""Tables of calls: the call, every change to it after publication, and its committee."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.rulebook.models import Criterion, Quota, RequiredDocument, Requirement
from app.domain.actors import Subject
from app.domain.call_states import CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase
from app.domain.call_workflows import CALL
from app.domain.vocabulary import Country, Language
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import Organization, User
from app.search_text import Searchable

SHOWN_AS_THEY_ARE = {
    CallStatus.SUSPENDED: CallPhase.SUSPENDED,
    CallStatus.CANCELLED: CallPhase.CANCELLED,
    CallStatus.VOID: CallPhase.VOID,
}


class Call(Searchable, Lifecycle):
    """A call for members: who may join the coalition, by which rules and until when.

    ``cut_off`` and totals run from 0 to 100. ``reviews_each`` is how many people review each
    application, ``quorum`` how many of them must have sent theirs before it can be ranked.
    ``consensus_spread`` is the difference between the highest and lowest score of a criterion, in
    percent of its scale, from which on the committee must agree on one. ``tie_breaks`` lists
    ``criterion:<id>`` and members of ``TieBreak`` in the order in which they are asked.
    """

    __tablename__ = "call"
    workflow = CALL
    searched_columns = ("title", "summary")

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    country: Mapped[Country] = mapped_column(EnumString(Country), index=True)
    timezone: Mapped[str] = mapped_column(String(60))
    lang: Mapped[Language] = mapped_column(EnumString(Language))
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(600), default="")
    rules: Mapped[str] = mapped_column(Text, default="")
    benefits: Mapped[str] = mapped_column(Text, default="")
    contact_email: Mapped[str] = mapped_column(String(255), default="")

    opens_at: Mapped[datetime | None] = mapped_column(index=True)
    questions_close_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None] = mapped_column(index=True)
    evaluation_closes_at: Mapped[datetime | None]
    preliminary_at: Mapped[datetime | None]
    appeals_close_at: Mapped[datetime | None]
    final_at: Mapped[datetime | None]
    adhesion_closes_at: Mapped[datetime | None]

    seats: Mapped[int] = mapped_column(default=10)
    waiting_seats: Mapped[int] = mapped_column(default=0)
    cut_off: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    reviews_each: Mapped[int] = mapped_column(default=3)
    quorum: Mapped[int] = mapped_column(default=2)
    consensus_spread: Mapped[int | None]
    anonymous: Mapped[bool] = mapped_column(default=False)
    tie_breaks: Mapped[list[str]] = mapped_column(JSON, default=list)
    lot_seed: Mapped[str] = mapped_column(String(64), default="")

    published_at: Mapped[datetime | None]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))

    organization: Mapped[Organization] = relationship(lazy="joined")
    requirements: Mapped[list[Requirement]] = relationship(
        cascade="all, delete-orphan", order_by=Requirement.position
    )
    documents: Mapped[list[RequiredDocument]] = relationship(
        cascade="all, delete-orphan", order_by=RequiredDocument.position
    )
    criteria: Mapped[list[Criterion]] = relationship(
        cascade="all, delete-orphan", order_by=Criterion.position
    )
    quotas: Mapped[list[Quota]] = relationship(
        cascade="all, delete-orphan", order_by=Quota.position
    )
    members: Mapped[list["CommitteeMember"]] = relationship(
        back_populates="call", order_by="CommitteeMember.id"
    )
    changes: Mapped[list["CallChange"]] = relationship(
        back_populates="call", order_by="CallChange.id.desc()"
    )

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Closed lists, dates in order, and numbers that make sense."""
        dates = [one.value for one in CallDate]
        in_order = (
            f"{earlier} IS NULL OR {later} IS NULL OR {earlier} <= {later}"
            for place, earlier in enumerate(dates)
            for later in dates[place + 1 :]
        )
        return (
            one_of("country", Country),
            CheckConstraint(" AND ".join(f"({one})" for one in in_order), name="dates_in_order"),
            CheckConstraint("closes_at IS NULL OR opens_at < closes_at", name="form_opens"),
            CheckConstraint("seats >= 1 AND waiting_seats >= 0", name="seats_counted"),
            CheckConstraint("quorum >= 1 AND quorum <= reviews_each", name="quorum_reachable"),
            CheckConstraint("cut_off >= 0 AND cut_off <= 100", name="cut_off_known"),
        )

    @property
    def committee_ids(self) -> frozenset[int]:
        """The people who sit in the committee now."""
        return frozenset(one.user_id for one in self.members if one.user_id and one.sits)

    @property
    def chair_ids(self) -> frozenset[int]:
        """The person who presides the committee, if it has one."""
        return frozenset(
            one.user_id for one in self.members if one.user_id and one.sits and one.chair
        )

    @property
    def subject(self) -> Subject:
        """The network's own; everybody's once published."""
        return Subject(
            party_ids=frozenset({self.organization_id}),
            is_public=self.published_at is not None,
            reviewer_ids=self.committee_ids,
            chair_ids=self.chair_ids,
        )

    @property
    def phase(self) -> CallPhase:
        """What the clock and the acts of people make of a published call."""
        if self.status in SHOWN_AS_THEY_ARE:
            return SHOWN_AS_THEY_ARE[CallStatus(self.status)]
        now = utcnow()
        if self.opens_at is None or now < self.opens_at:
            return CallPhase.UPCOMING
        if self.closes_at is None or now < self.closes_at:
            return CallPhase.OPEN
        return self._after_closing(now)

    def _after_closing(self, now: datetime) -> CallPhase:
        if self.status is CallStatus.ARCHIVED:
            return CallPhase.FINAL
        shows_final = self.final_at is not None and now >= self.final_at
        if self.status is CallStatus.FINAL and shows_final:
            return CallPhase.FINAL
        shows_preliminary = self.preliminary_at is not None and now >= self.preliminary_at
        if self.status in (CallStatus.PRELIMINARY, CallStatus.FINAL) and shows_preliminary:
            return CallPhase.PRELIMINARY
        return CallPhase.CLOSED if self.status is CallStatus.PUBLISHED else CallPhase.EVALUATING

    @property
    def is_frozen(self) -> bool:
        """Requirements, rubric, weights and quotas cannot change any more: the form has closed."""
        return (
            self.published_at is not None
            and self.closes_at is not None
            and utcnow() >= self.closes_at
        )

    def date_of(self, which: CallDate) -> datetime | None:
        """Return one of the dates."""
        moment: datetime | None = getattr(self, which.value)
        return moment


class CallChange(Base):
    """A change to a published call: what it said before and after, why, and who decided it.

    ``field`` is a member of ``CallDate`` or the name of a part of the rules. Dates are kept as ISO
    8601 in UTC. Public.
    """

    __tablename__ = "call_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(default=utcnow)

    call: Mapped[Call] = relationship(back_populates="changes")


class CommitteeMember(Base):
    """A person asked to sit in the committee of a call; they sit from the day they accept.

    Invited by address; ``token_hash`` is the SHA-256 of the link's token.
    """

    __tablename__ = "committee_member"
    __table_args__ = (UniqueConstraint("call_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    email: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(160))
    affiliation: Mapped[str] = mapped_column(String(200), default="")
    chair: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    invited_at: Mapped[datetime] = mapped_column(default=utcnow)
    accepted_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])

    @property
    def sits(self) -> bool:
        """The person accepted and has not left."""
        return self.accepted_at is not None and self.left_at is None
