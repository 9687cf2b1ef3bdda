"""Tables of people and organizations."""

from datetime import date, datetime
from typing import Any

from flask_security import AsaList, UserMixin
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.actors import Actor, Subject
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.domain.workflows import ORGANIZATION
from app.extensions import Base, utcnow
from app.lifecycle import EnumString, Lifecycle, one_of
from app.search_text import Searchable
from app.web.formats import ZONES


class Organization(Searchable, Lifecycle):
    """A city, a startup or the coordination."""

    __tablename__ = "organization"
    workflow = ORGANIZATION
    searched_columns = ("name", "full_name", "summary", "subdivision_name")

    kind: Mapped[OrganizationKind] = mapped_column(EnumString(OrganizationKind), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    full_name: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[Country] = mapped_column(EnumString(Country), index=True)
    subdivision: Mapped[str] = mapped_column(String(10), default="")
    subdivision_name: Mapped[str] = mapped_column(String(80), default="")
    timezone: Mapped[str] = mapped_column(String(60))
    lang: Mapped[Language] = mapped_column(EnumString(Language))
    summary: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    population: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    member_since: Mapped[date | None]
    founder: Mapped[bool] = mapped_column(default=False)
    cohort: Mapped[str] = mapped_column(String(10), default="")
    founded: Mapped[int | None]
    team_size: Mapped[int | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organization")

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """Closed lists."""
        return (one_of("kind", OrganizationKind), one_of("country", Country))

    def __init__(self, **values: Any) -> None:
        values.setdefault("timezone", ZONES[Country(values["country"])])
        super().__init__(**values)

    @property
    def is_verified(self) -> bool:
        """The coordination has verified it and not suspended it since."""
        return self.status is OrganizationStatus.VERIFIED

    @property
    def subject(self) -> Subject:
        """Its own people see it always; everybody once it is verified."""
        return Subject(
            city_id=self.id if self.kind is OrganizationKind.CITY else None,
            startup_id=self.id if self.kind is OrganizationKind.STARTUP else None,
            party_ids=frozenset({self.id}),
            is_public=self.is_verified and self.kind is not OrganizationKind.COORDINATION,
        )


class User(UserMixin, Base):
    """A person with an account."""

    __tablename__ = "user"
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[Language] = mapped_column(EnumString(Language), default=Language.SPANISH)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    membership: Mapped["Membership | None"] = relationship(back_populates="user", lazy="joined")

    # Two requests that spend one code or one link at once are told apart: the second one loses.
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_name(self) -> str:
        """The name of its kind in the audit trail."""
        return "user"

    @property
    def organization(self) -> Organization | None:
        """The organization the person belongs to, if any."""
        return self.membership.organization if self.membership else None

    @property
    def actor(self) -> Actor:
        """The person as an actor; in a suspended organization everybody is a reader."""
        if self.membership is None:
            return Actor(id=self.id)
        organization = self.membership.organization
        halted = organization.status in (OrganizationStatus.SUSPENDED, OrganizationStatus.REFUSED)
        return Actor(
            id=self.id,
            organization_id=organization.id,
            kind=organization.kind,
            role=Role.VIEWER if halted else self.membership.role,
            verified=organization.is_verified,
        )


class Membership(Base):
    """That a person belongs to an organization, and as what. One organization a person."""

    __tablename__ = "membership"
    __table_args__ = (one_of("role", Role), Index("ix_membership_organization", "organization_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    role: Mapped[Role] = mapped_column(EnumString(Role))
    since: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User] = relationship(back_populates="membership", lazy="joined")
    organization: Mapped[Organization] = relationship(back_populates="memberships", lazy="joined")


class Invitation(Base):
    """An invitation to join an organization: for one address, once, until it expires."""

    __tablename__ = "invitation"
    __table_args__ = (one_of("role", Role),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(255), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[Role] = mapped_column(EnumString(Role))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()
    invited_by: Mapped[User] = relationship()

    @property
    def is_open(self) -> bool:
        """It can still be accepted."""
        return not (self.accepted_at or self.revoked_at) and self.expires_at > utcnow()
