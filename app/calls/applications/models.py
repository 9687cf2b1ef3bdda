"""Tables of applications: what a city tells, hands in, and what the coordination says of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.models import Call
from app.calls.rulebook.models import RequiredDocument, Requirement
from app.domain.actors import Subject
from app.domain.call_states import ApplicationStatus, ReviewStatus
from app.domain.call_vocabulary import PopulationBand, Verdict
from app.domain.call_workflows import APPLICATION
from app.extensions import Base, utcnow
from app.files.models import StoredFile
from app.lifecycle import EnumString, Lifecycle, one_of
from app.organizations.models import Organization, User

MINE_ALONE = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN})
ENTRUSTED = frozenset(
    {
        ReviewStatus.ASSIGNED,
        ReviewStatus.ACCEPTED,
        ReviewStatus.SUBMITTED,
        ReviewStatus.REOPENED,
    }
)
_SMALL, _LARGE = 50_000, 250_000


class Application(Lifecycle):
    """A city's application to a call. One a city and call; ``number`` is that of its receipt."""

    __tablename__ = "application"
    workflow = APPLICATION

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    submitted_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    legal_name: Mapped[str] = mapped_column(String(200), default="")
    tax_id: Mapped[str] = mapped_column(String(20), default="")
    official_code: Mapped[str] = mapped_column(String(12), default="")
    region: Mapped[str] = mapped_column(String(10), default="")
    region_name: Mapped[str] = mapped_column(String(80), default="")
    population: Mapped[int | None]
    mayor_name: Mapped[str] = mapped_column(String(160), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    contact_name: Mapped[str] = mapped_column(String(160), default="")
    contact_role: Mapped[str] = mapped_column(String(160), default="")
    contact_email: Mapped[str] = mapped_column(String(255), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")

    unit_name: Mapped[str] = mapped_column(String(200), default="")
    unit_head: Mapped[str] = mapped_column(String(160), default="")
    team: Mapped[str] = mapped_column(Text, default="")
    plan_title: Mapped[str] = mapped_column(String(200), default="")
    plan_address: Mapped[str] = mapped_column(String(300), default="")
    plan_summary: Mapped[str] = mapped_column(Text, default="")
    experience: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    challenges: Mapped[str] = mapped_column(Text, default="")
    capacity: Mapped[str] = mapped_column(Text, default="")
    ethics: Mapped[str] = mapped_column(Text, default="")
    accepts_commitments: Mapped[bool] = mapped_column(default=False)

    letter_signer: Mapped[str] = mapped_column(String(160), default="")
    letter_role: Mapped[str] = mapped_column(String(160), default="")
    letter_date: Mapped[date | None]

    call: Mapped[Call] = relationship(lazy="joined")
    organization: Mapped[Organization] = relationship(lazy="joined")
    answers: Mapped[list["RequirementAnswer"]] = relationship(
        back_populates="application", cascade="all, delete-orphan"
    )
    files: Mapped[list["ApplicationFile"]] = relationship(
        back_populates="application", order_by="ApplicationFile.id"
    )
    versions: Mapped[list["ApplicationVersion"]] = relationship(
        back_populates="application", order_by="ApplicationVersion.number"
    )
    checks: Mapped[list["AdmissibilityCheck"]] = relationship(
        back_populates="application", cascade="all, delete-orphan"
    )
    corrections: Mapped[list["Correction"]] = relationship(
        back_populates="application", order_by="Correction.id"
    )
    # Named, not imported: the evaluation knows applications, and not the other way round.
    reviews: Mapped[list[Any]] = relationship(
        "Review", back_populates="application", order_by="Review.id"
    )
    conflicts: Mapped[list[Any]] = relationship("Conflict", back_populates="application")

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """One application a city and call."""
        return (UniqueConstraint("call_id", "organization_id"),)

    @property
    def barred_ids(self) -> frozenset[int]:
        """The people with a conflict of interest."""
        return frozenset(one.user_id for one in self.conflicts)

    @property
    def subject(self) -> Subject:
        """The city's own; disclosed to the network once submitted and to whom it is entrusted."""
        received = self.status not in MINE_ALONE
        return Subject(
            city_id=self.organization_id,
            party_ids=frozenset({self.call.organization_id}) if received else frozenset(),
            reviewer_ids=frozenset(
                one.user_id for one in self.reviews if received and one.status in ENTRUSTED
            )
            & self.call.committee_ids - self.barred_ids,
            chair_ids=self.call.chair_ids - self.barred_ids if received else frozenset(),
            barred_ids=self.barred_ids,
        )

    @property
    def band(self) -> PopulationBand | None:
        """The size of the municipality, where its population is known."""
        if self.population is None:
            return None
        if self.population < _SMALL:
            return PopulationBand.SMALL
        return PopulationBand.MEDIUM if self.population < _LARGE else PopulationBand.LARGE


class RequirementAnswer(Base):
    """How a city meets one requirement, in its own words."""

    __tablename__ = "application_answer"
    __table_args__ = (UniqueConstraint("application_id", "requirement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    requirement_id: Mapped[int] = mapped_column(ForeignKey("call_requirement.id"))
    evidence: Mapped[str] = mapped_column(Text, default="")

    application: Mapped[Application] = relationship(back_populates="answers")
    requirement: Mapped[Requirement] = relationship()


class ApplicationFile(Base):
    """A document that was handed in; ``replaced_at`` is set when a newer one took its place."""

    __tablename__ = "application_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("call_document.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)
    replaced_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(back_populates="files")
    document: Mapped[RequiredDocument] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")
    uploaded_by: Mapped[User] = relationship()


class ApplicationVersion(Base):
    """What an application said when it was submitted; the receipt carries its digest.

    ``content`` holds the fields, answers and digests of the files; ``digest`` is the SHA-256 of
    it as canonical JSON.
    """

    __tablename__ = "application_version"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    number: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(default=utcnow)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))

    application: Mapped[Application] = relationship(back_populates="versions")
    submitted_by: Mapped[User | None] = relationship()


class AdmissibilityCheck(Base):
    """What the coordination says of one item: ``requirement:<id>`` or ``document:<id>``."""

    __tablename__ = "admissibility_check"
    __table_args__ = (UniqueConstraint("application_id", "item"), one_of("verdict", Verdict))

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[Verdict] = mapped_column(EnumString(Verdict))
    note: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_at: Mapped[datetime] = mapped_column(default=utcnow)

    application: Mapped[Application] = relationship(back_populates="checks")


class Correction(Base):
    """A request to correct: the named items are open again until ``due_at``.

    ``items`` names fields of the form, ``requirement:<id>`` and ``document:<id>``.
    """

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    items: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(back_populates="corrections")


class LateEntry(Base):
    """A logged permission for one city to submit after the call has closed."""

    __tablename__ = "late_entry"
    __table_args__ = (UniqueConstraint("call_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime] = mapped_column(default=utcnow)

    organization: Mapped[Organization] = relationship()
