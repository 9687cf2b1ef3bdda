"""Tables of pilots: what was agreed, who signed it and what came of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.challenges.models import Challenge
from app.domain.actors import Subject
from app.domain.states import PilotStatus
from app.domain.vocabulary import (
    AbandonReason,
    Currency,
    Frequency,
    Language,
    PilotDecision,
    Side,
)
from app.domain.workflows import PILOT
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.matches.models import Match
from app.organizations.models import Organization, User
from app.search_text import Searchable
from app.solutions.models import Solution

DEFAULT_WEEKS = 16
UNDER_WAY = frozenset({PilotStatus.RUNNING, PilotStatus.PAUSED, PilotStatus.CLOSING})
PREPARED = frozenset({PilotStatus.PREPARING, PilotStatus.SIGNING})
ENDED = frozenset({PilotStatus.FINISHED, PilotStatus.NOT_CARRIED_OUT})


def today_in(zone: str) -> date:
    """Return the day that it is now in a time zone."""
    return utcnow().astimezone(ZoneInfo(zone)).date()


class Pilot(Searchable, Lifecycle):
    """A solution tried in a city for some months: the agreement, and in the end what came of it."""

    __tablename__ = "pilot"
    workflow = PILOT
    searched_columns = ("title", "public_words")

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    solution_id: Mapped[int] = mapped_column(ForeignKey("solution.id"), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    startup_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    lang: Mapped[Language] = mapped_column(EnumString(Language))
    title: Mapped[str] = mapped_column(String(160))

    objective: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(Text, default="")
    city_duties: Mapped[str] = mapped_column(Text, default="")
    startup_duties: Mapped[str] = mapped_column(Text, default="")
    data_access: Mapped[str] = mapped_column(Text, default="")
    privacy: Mapped[str] = mapped_column(Text, default="")
    intellectual_property: Mapped[str] = mapped_column(Text, default="")
    cost_amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    cost_currency: Mapped[Currency | None] = mapped_column(EnumString(Currency))
    paid_by: Mapped[str] = mapped_column(String(200), default="")
    exit_plan: Mapped[str] = mapped_column(Text, default="")
    continuation_route: Mapped[str] = mapped_column(Text, default="")
    integration_owner: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(300), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    report_frequency: Mapped[Frequency] = mapped_column(
        EnumString(Frequency), default=Frequency.FORTNIGHTLY
    )

    done: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    obstacles: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[PilotDecision | None] = mapped_column(EnumString(PilotDecision), index=True)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    contract_value: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    contract_currency: Mapped[Currency | None] = mapped_column(EnumString(Currency))
    in_use: Mapped[bool | None]
    abandon_reason: Mapped[AbandonReason | None] = mapped_column(EnumString(AbandonReason))
    started_at: Mapped[datetime | None] = mapped_column(index=True)
    finished_at: Mapped[datetime | None] = mapped_column(index=True)

    match: Mapped[Match] = relationship()
    challenge: Mapped[Challenge] = relationship(lazy="joined", innerjoin=True)
    solution: Mapped[Solution] = relationship(lazy="joined", innerjoin=True)
    city: Mapped[Organization] = relationship(
        lazy="joined", innerjoin=True, foreign_keys="Pilot.city_id"
    )
    startup: Mapped[Organization | None] = relationship(
        lazy="joined", foreign_keys="Pilot.startup_id"
    )
    signatures: Mapped[list["AgreementSignature"]] = relationship(
        back_populates="pilot", order_by="AgreementSignature.id"
    )

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Dates in order; an end has what is published about it."""
        return (
            CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="dates_in_order"),
            CheckConstraint(
                "status <> 'finished' OR (finished_at IS NOT NULL AND decision IS NOT NULL)",
                name="finished_is_decided",
            ),
        )

    @property
    def subject(self) -> Subject:
        """That it exists is public; ``pilot:follow`` and its parts are of the two sides."""
        return Subject(
            city_id=self.city_id,
            startup_id=self.startup_id,
            party_ids=self.party_ids,
            is_public=True,
        )

    @property
    def party_ids(self) -> frozenset[int]:
        """The organizations that carry it out."""
        startup = frozenset() if self.startup_id is None else frozenset({self.startup_id})
        return startup | {self.city_id}

    @property
    def sides(self) -> frozenset[Side]:
        """Who must sign: with a public good there is only the city."""
        return frozenset({Side.CITY}) if self.startup_id is None else frozenset(Side)

    @property
    def was_started(self) -> bool:
        """It began at some time, so that its course may be told."""
        return self.started_at is not None

    @property
    def public_words(self) -> str:
        """What the search of the public list may find: nothing that is not published."""
        words = [self.city.name if self.city else ""]
        if self.startup is not None and self.was_started:
            words.append(self.startup.name)
        if self.status is PilotStatus.FINISHED:
            words += [self.done, self.results, self.decision_reason]
        if self.status in ENDED:
            words.append(self.lessons)
        return " ".join(word for word in words if word)


class AgreementSignature(Base):
    """That one side signed the agreement as it read then (``text_hash``).

    A signature is voided, not deleted, when the agreement goes back to be changed.
    """

    __tablename__ = "agreement_signature"
    __table_args__ = (
        one_of("side", Side),
        Index(
            "uq_agreement_signature_standing",
            "pilot_id",
            "side",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    side: Mapped[Side] = mapped_column(EnumString(Side))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    text_hash: Mapped[str] = mapped_column(String(64))
    voided_at: Mapped[datetime | None]

    pilot: Mapped[Pilot] = relationship(back_populates="signatures")
    user: Mapped[User] = relationship()


class Inner(Protocol):
    """Something inside a pilot."""

    pilot: Pilot


def inner_subject(thing: Inner) -> Subject:
    """Return whose it is: as the pilot's, and never public."""
    pilot = thing.pilot
    return Subject(city_id=pilot.city_id, startup_id=pilot.startup_id, party_ids=pilot.party_ids)
