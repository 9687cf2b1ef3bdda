"""The demo's organizations and people, registered and verified as anybody would be."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app
from flask_security import hash_password

from app import audit
from app.domain.actors import SYSTEM
from app.domain.states import OrganizationAction, OrganizationStatus
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import db, utcnow
from app.lifecycle import Act
from app.organizations import people, service
from app.organizations.invitations import invite
from app.organizations.models import Membership, Organization, User
from app.organizations.places import place_name
from app.organizations.queries import by_email
from seeds import cast
from seeds.calendar import Calendar
from seeds.content import Row, rows

_COORDINATION_DAY, _CITIES_DAY, _STARTUPS_DAY = -440, -435, -412
_BEFORE_THE_CALL = datetime(2025, 9, 8, tzinfo=UTC)
"""By when the coordination is there, however long ago that is: the call of 2025 needs it."""
_LANG = {Country.BRAZIL: Language.PORTUGUESE}
# A membership sets the last three.
_NOT_COLUMNS = ("slug", "waits_days", "member_since", "founder", "cohort")
_hashes: list[str] = []


def plan(calendar: Calendar) -> None:
    """Let the coordination start, then cities, then startups; each is verified two days later."""
    team = [*rows("people.toml", "person"), *rows("startups.toml", "person")]
    earlier = _earlier(calendar)
    calendar.add(_COORDINATION_DAY + earlier, _start_coordination, _of(team, cast.COORDINATION)[0])
    _join(calendar, _COORDINATION_DAY + earlier + 1, cast.COORDINATION, team)
    for row, day in cities(calendar):
        _enrol(calendar, day, OrganizationKind.CITY, row, team)
    for index, row in enumerate(rows("startups.toml", "startup")):
        day = -row["waits_days"] if "waits_days" in row else _STARTUPS_DAY + index // 2
        _enrol(calendar, day, OrganizationKind.STARTUP, row, team)
    for row in rows("people.toml", "invitation"):
        calendar.add(-row["days_ago"], _invite, row)


def cities(calendar: Calendar) -> list[tuple[Row, int]]:
    """Return the cities that are members by now, and the day on which each registers."""
    earlier = {Country.ARGENTINA.value: _earlier(calendar)}
    return [
        (row, _CITIES_DAY + index // 2 + earlier.get(row["country"], 0))
        for index, row in enumerate(rows("cities.toml", "city"))
    ]


def _earlier(calendar: Calendar) -> int:
    return min(0, calendar.days_to(_BEFORE_THE_CALL) - _COORDINATION_DAY)


def _of(team: list[Row], slug: str) -> list[Row]:
    """Return the people of an organization, who answers for it first."""
    members = [row for row in team if row["organization"] == slug]
    return sorted(members, key=lambda row: row["role"] != Role.OWNER)


def _join(calendar: Calendar, day: int, slug: str, team: list[Row]) -> None:
    for row in _of(team, slug)[1:]:
        calendar.add(day, _add_colleague, row)


def _enrol(calendar: Calendar, day: int, kind: OrganizationKind, row: Row, team: list[Row]) -> None:
    calendar.add(day, register, kind, row, _of(team, row["slug"])[0])
    if "waits_days" in row:
        return
    calendar.add(day + 2, verify, row["slug"])
    _join(calendar, day + 3, row["slug"], team)


def _start_coordination(founder: Row) -> None:
    """Begin as ``flask users create-admin`` does: nobody could verify the coordination."""
    user = account(founder)
    organization = Organization(
        kind=OrganizationKind.COORDINATION,
        slug=cast.COORDINATION,
        name="Coordinación CIIAR",
        country=Country.ARGENTINA,
        lang=Language.SPANISH,
        status=OrganizationStatus.VERIFIED,
    )
    user.membership = Membership(organization=organization, role=Role.OWNER)
    audit.record(organization, "create", SYSTEM, to_status=organization.status)


def register(kind: OrganizationKind, row: Row, founder: Row) -> None:
    """Open the account of who founds an organization, and let them register it.

    Raises:
        ValueError: another one has the address that the content speaks of.
    """
    user = account(founder)
    organization = service.create(_values(kind, row), user)
    if organization.slug != row["slug"]:
        message = f"{row['slug']} got the address {organization.slug}"
        raise ValueError(message)


def _values(kind: OrganizationKind, row: Row) -> dict[str, Any]:
    country = Country(row["country"])
    values = {name: value for name, value in row.items() if name not in _NOT_COLUMNS}
    return {
        "lang": _LANG.get(country, Language.SPANISH),
        "subdivision_name": place_name(row["subdivision"]),
        **values,
        "kind": kind,
        "country": country,
    }


def verify(slug: str) -> None:
    """Let the coordination verify an organization."""
    organization = cast.organization(slug)
    actor = cast.coordinator(organization.country)
    service.act(organization, Act(OrganizationAction.VERIFY), actor)


def _add_colleague(row: Row) -> None:
    people.join(account(row), cast.organization(row["organization"]), Role(row["role"]))


def account(row: Row) -> User:
    """Open an account whose address is confirmed."""
    security = current_app.extensions["security"]
    user: User = security.datastore.create_user(
        email=row["email"],
        name=row["name"],
        title=row.get("title", ""),
        language=Language(row["language"]),
        password=_password_hash(),
        confirmed_at=utcnow(),
    )
    db.session.flush()
    return user


def _password_hash() -> str:
    """Return the hash of the one password, made once a load: hashing is slow on purpose."""
    if not _hashes:
        _hashes.append(hash_password(cast.PASSWORD))
    return _hashes[0]


def _invite(row: Row) -> None:
    inviter = by_email(row["invited_by"])
    if inviter is None:
        raise LookupError(row["invited_by"])
    invite(cast.organization(row["organization"]), row["email"], Role(row["role"]), inviter)
