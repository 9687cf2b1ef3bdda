"""How member cities stand with their yearly duties: derived, never typed in."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from app.audit import AuditEntry
from app.calls.enrolments.models import Enrolment
from app.calls.enrolments.queries import living
from app.commitments.rules import (
    Duty,
    Standing,
    days_left,
    in_year,
    local_day,
    project_standing,
    year_bounds,
)
from app.domain.call_states import EnrolmentStatus
from app.domain.states import OrganizationStatus, PilotStatus
from app.domain.workflows import CHALLENGE, MILESTONE, PILOT, REPORT
from app.extensions import db, utcnow
from app.organizations.models import Organization
from app.pilots.models import ENDED, Pilot

_WORK = tuple(workflow.name for workflow in (CHALLENGE, PILOT, MILESTONE, REPORT))


@dataclass(frozen=True, slots=True)
class Commitment:
    """One duty of a city in a year: how it stands, or only what the platform knows of it.

    ``standing`` is ``None`` where nobody records the duty here; ``cases`` and ``last_edit`` are
    then what is known, if anything.
    """

    duty: Duty
    standing: Standing | None = None
    pilots: tuple[Pilot, ...] = ()
    cases: int | None = None
    last_edit: date | None = None


@dataclass(frozen=True, slots=True)
class CityYear:
    """A city's five duties in one year, with the days left in it.

    While its membership is suspended they do not count, and ``commitments`` is empty.
    """

    city: Organization
    year: int
    days_left: int
    commitments: tuple[Commitment, ...]

    @property
    def is_suspended(self) -> bool:
        """Its membership is suspended."""
        return not self.commitments

    @property
    def project(self) -> Commitment | None:
        """The duty that is derived: the collaborative project; none while suspended."""
        return next((one for one in self.commitments if one.duty is Duty.PROJECT), None)


def member_cities(year: int) -> list[Enrolment]:
    """Return the memberships of verified cities that had begun in ``year``, by name."""
    query = (
        select(Enrolment)
        .join(Enrolment.organization)
        .where(
            Organization.status == OrganizationStatus.VERIFIED,
            Enrolment.status.in_((EnrolmentStatus.ACTIVE, EnrolmentStatus.SUSPENDED)),
            Enrolment.since <= date(year, 12, 31),
        )
    )
    return list(db.session.scalars(query.order_by(Organization.name, Organization.id)))


def all_cities(year: int) -> list[CityYear]:
    """Return how every member city stands in ``year``."""
    memberships = member_cities(year)
    suspended = {
        one.organization_id for one in memberships if one.status is EnrolmentStatus.SUSPENDED
    }
    cities = [one.organization for one in memberships]
    return [
        replace(one, commitments=()) if one.city.id in suspended else one
        for one in _standings(cities, year)
    ]


def of_city(city: Organization, year: int) -> CityYear | None:
    """Return how one city stands in ``year``; nothing where no commitment of it counts."""
    membership = living(city.id)
    if membership is None or membership.status is not EnrolmentStatus.ACTIVE:
        return None
    if membership.since is None or membership.since > date(year, 12, 31):
        return None
    return _standings([city], year)[0]


def years() -> list[int]:
    """Return the years to look at, the latest first: from the first pilot to the present."""
    first = db.session.scalar(select(func.min(Pilot.created_at))) or utcnow()
    return list(range(utcnow().year, min(first.year, utcnow().year) - 1, -1))


def _standings(cities: list[Organization], year: int) -> list[CityYear]:
    ids = [city.id for city in cities]
    pilots = _pilots(ids)
    edits = _last_edits(cities, year)
    return [_city_year(city, year, pilots[city.id], edits.get(city.id)) for city in cities]


def _city_year(
    city: Organization, year: int, pilots: list[Pilot], edited: datetime | None
) -> CityYear:
    zone, now = city.timezone, utcnow()
    finished = [p for p in pilots if p.status is PilotStatus.FINISHED and p.finished_at]
    going = [p for p in pilots if p.status not in ENDED]
    met = tuple(p for p in finished if in_year(_end(p), year, zone))
    standing = project_standing(year, zone, map(_end, finished), bool(going), now)
    told = [p for p in pilots if p.status in ENDED and in_year(_end(p), year, zone)]
    last_edit = None if edited is None else local_day(edited, zone)
    shown = tuple(going) if standing is Standing.IN_PROGRESS else met
    return CityYear(
        city,
        year,
        days_left(year, zone, now),
        (
            Commitment(Duty.PROJECT, standing, pilots=shown),
            Commitment(Duty.SHARING, cases=len(told)),
            Commitment(Duty.UP_TO_DATE, last_edit=last_edit),
            Commitment(Duty.MEETINGS),
            Commitment(Duty.RESPONSIBLE_AI),
        ),
    )


def _end(pilot: Pilot) -> datetime:
    return pilot.finished_at or pilot.status_since


def _pilots(city_ids: list[int]) -> dict[int, list[Pilot]]:
    found: dict[int, list[Pilot]] = defaultdict(list)
    query = select(Pilot).where(Pilot.city_id.in_(city_ids)).order_by(Pilot.id)
    for pilot in db.session.scalars(query):
        found[pilot.city_id].append(pilot)
    return found


def _last_edits(cities: list[Organization], year: int) -> dict[int, datetime]:
    """Return, for each city, when its people last did something with challenges or pilots."""
    found: dict[int, datetime] = {}
    for zone in {city.timezone for city in cities}:
        ids = [city.id for city in cities if city.timezone == zone]
        begins, ends = year_bounds(year, zone)
        query = (
            select(AuditEntry.organization_id, func.max(AuditEntry.at))
            .where(
                AuditEntry.organization_id.in_(ids),
                AuditEntry.subject_type.in_(_WORK),
                AuditEntry.at >= begins,
                AuditEntry.at < ends,
            )
            .group_by(AuditEntry.organization_id)
        )
        found |= {city: at for city, at in db.session.execute(query) if city is not None}
    return found
