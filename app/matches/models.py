"""Tables of matches: the pair, how its score is made, and who consented."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.challenges.models import Challenge
from app.domain.actors import Subject
from app.domain.states import ChallengeStatus, MatchStatus, SolutionStatus
from app.domain.vocabulary import Side
from app.domain.workflows import MATCH
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import User
from app.solutions.models import Solution

HIDDEN = (MatchStatus.SUGGESTED, MatchStatus.APPROVED, MatchStatus.DISMISSED)
"""States that only the coordination knows of."""

LIVE = (MatchStatus.PROPOSED, MatchStatus.CONFIRMED)
"""States that hold a challenge: at most one match of a challenge is in one of them."""

ONCE_APPROVED = (
    MatchStatus.APPROVED,
    MatchStatus.PROPOSED,
    MatchStatus.CONFIRMED,
    MatchStatus.DECLINED,
    MatchStatus.EXPIRED,
    MatchStatus.RELEASED,
)
"""States of a match that the coordination approved, whatever came of it."""

_ONE_LIVE = text("status IN ('proposed', 'confirmed')")


class Match(Lifecycle):
    """A challenge and a solution that may fit, with the score and its parts at the time.

    ``parts`` is a list of ``{"term", "need", "offer", "field", "score", "source"}`` that add up to
    ``score`` (0 to 1); ``missing`` lists what the challenge asks that the solution never names;
    ``parameters`` are the scales it was weighed with.
    """

    __tablename__ = "match"
    workflow = MATCH

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    solution_id: Mapped[int] = mapped_column(ForeignKey("solution.id"), index=True)
    score: Mapped[float]
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)
    matcher_version: Mapped[str] = mapped_column(String(40), default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    suggested_at: Mapped[datetime] = mapped_column(default=utcnow)
    proposed_at: Mapped[datetime | None]
    respond_by: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship(lazy="joined")
    solution: Mapped[Solution] = relationship(lazy="joined")
    consents: Mapped[list["Consent"]] = relationship(
        back_populates="match", cascade="all, delete-orphan", order_by="Consent.id"
    )

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """One match for a pair, one live match a challenge, and a score on its scale."""
        return (
            UniqueConstraint("challenge_id", "solution_id"),
            Index(
                "uq_match_live",
                "challenge_id",
                unique=True,
                sqlite_where=_ONE_LIVE,
                postgresql_where=_ONE_LIVE,
            ),
            CheckConstraint("score >= 0 AND score <= 1", name="score_on_scale"),
        )

    @property
    def city_id(self) -> int:
        """The city of the challenge."""
        return self.challenge.organization_id

    @property
    def startup_id(self) -> int | None:
        """The startup of the solution; none for a public good."""
        return self.solution.organization_id

    @property
    def subject(self) -> Subject:
        """Both sides' own from the moment it is proposed to them."""
        startup = frozenset() if self.startup_id is None else frozenset({self.startup_id})
        return Subject(
            city_id=self.city_id,
            startup_id=self.startup_id,
            party_ids=frozenset() if self.status in HIDDEN else startup | {self.city_id},
        )

    @property
    def sides(self) -> frozenset[Side]:
        """Whose consent it needs: a public good has nobody to ask but the city."""
        return frozenset(Side) if self.startup_id is not None else frozenset({Side.CITY})

    @property
    def consented(self) -> frozenset[Side]:
        """The sides that accepted the present proposal."""
        return frozenset(consent.side for consent in self.consents)

    @property
    def is_overdue(self) -> bool:
        """The time to answer has passed."""
        if self.status is not MatchStatus.PROPOSED or self.respond_by is None:
            return False
        return self.respond_by <= utcnow()

    @property
    def is_offered(self) -> bool:
        """The solution is published, and its startup (if it has one) verified."""
        startup = self.solution.organization
        return self.solution.status is SolutionStatus.PUBLISHED and (
            startup is None or startup.is_verified
        )

    @property
    def can_be_answered(self) -> bool:
        """It is proposed, in time, and both the challenge and the solution still stand."""
        return (
            self.status is MatchStatus.PROPOSED
            and not self.is_overdue
            and self.challenge.status is ChallengeStatus.PUBLISHED
            and self.is_offered
        )


class Consent(Base):
    """That one side accepted a proposed match."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("match_id", "side"), one_of("side", Side))

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(EnumString(Side))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)

    match: Mapped[Match] = relationship(back_populates="consents")
    user: Mapped[User] = relationship()
