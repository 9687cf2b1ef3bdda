"""Table of memberships of the coalition."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.applications.models import Application
from app.domain.actors import Subject
from app.domain.call_states import EnrolmentStatus
from app.domain.call_workflows import ENROLMENT
from app.files.models import StoredFile
from app.lifecycle import Lifecycle
from app.organizations.models import Organization

LIVING = (
    EnrolmentStatus.OFFERED,
    EnrolmentStatus.SIGNED,
    EnrolmentStatus.ACTIVE,
    EnrolmentStatus.SUSPENDED,
)
_LIVING = ", ".join(f"'{status.value}'" for status in LIVING)
LEAST_TIME_TO_SIGN = timedelta(days=10)


class Enrolment(Lifecycle):
    """A city's membership of the coalition, in the cohort of a year.

    Founding members have no ``application``. ``coordination_id`` is the network that looks after
    it. ``since`` is the day from which the yearly commitments count.
    """

    __tablename__ = "enrolment"
    workflow = ENROLMENT

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    coordination_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), unique=True)
    cohort: Mapped[str] = mapped_column(String(10))
    signer: Mapped[str] = mapped_column(String(160), default="")
    signer_role: Mapped[str] = mapped_column(String(160), default="")
    signed_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    since: Mapped[date | None]

    organization: Mapped[Organization] = relationship(foreign_keys=[organization_id], lazy="joined")
    application: Mapped[Application | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @classmethod
    def extra_constraints(cls) -> tuple[Any, ...]:
        """A city is, or is becoming, a member once at a time."""
        living = text(f"status IN ({_LIVING})")
        return (
            Index(
                "uq_enrolment_living",
                "organization_id",
                unique=True,
                sqlite_where=living,
                postgresql_where=living,
            ),
        )

    @property
    def is_member(self) -> bool:
        """The city belongs to the coalition, suspended or not."""
        return self.status in (EnrolmentStatus.ACTIVE, EnrolmentStatus.SUSPENDED)

    @property
    def sign_by(self) -> datetime | None:
        """Until when the adhesion can be signed; whoever is offered a seat late has ten days."""
        if self.application is None:
            return None
        latest = self.created_at + LEAST_TIME_TO_SIGN
        closes = self.application.call.adhesion_closes_at
        return latest if closes is None else max(closes, latest)

    @property
    def subject(self) -> Subject:
        """The city's and the network's."""
        return Subject(
            city_id=self.organization_id,
            party_ids=frozenset({self.coordination_id}),
        )
