"""Who and what the demo's texts speak of, found by the names they use."""

from functools import cache

from sqlalchemy import Select, select

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.vocabulary import Country, Role
from app.extensions import db
from app.matches.models import Match
from app.organizations.models import Membership, Organization, User
from app.pilots.models import Pilot
from app.solutions.models import Solution
from seeds import content
from seeds.content import Row

COORDINATION = "coordinacion-ciiar"
PASSWORD = "puente-demo-2026"
_COORDINATORS = {Country.URUGUAY: 1, Country.BRAZIL: 2}


def organization(slug: str) -> Organization:
    """Return an organization by slug."""
    return db.session.scalars(select(Organization).where(Organization.slug == slug)).one()


def owner_of(slug: str) -> Actor:
    """Return the first owner of an organization as an actor."""
    return _people(slug, Role.OWNER)[0].actor


def worker_of(slug: str, number: int = 0) -> Actor:
    """Return somebody who does the daily work of an organization, its owner where nobody else."""
    people = _people(slug, Role.EDITOR) or _people(slug, Role.OWNER)
    return people[number % len(people)].actor


def coordinator(country: str = Country.ARGENTINA) -> Actor:
    """Return the coordinator who looks after a country."""
    people = _people(COORDINATION, Role.OWNER, Role.EDITOR)
    return people[min(_COORDINATORS.get(Country(country), 0), len(people) - 1)].actor


def _people(slug: str, *roles: Role) -> list[User]:
    query: Select[User] = (
        select(User)
        .join(User.membership)
        .join(Membership.organization)
        .where(Organization.slug == slug, Membership.role.in_(roles))
        .order_by(User.id)
    )
    return list(db.session.scalars(query).unique())


@cache
def city_of(challenge_key: str) -> str:
    """Return the slug of the city of a challenge."""
    return str(content.challenges()[challenge_key]["city"])


@cache
def startup_of(solution_key: str) -> str | None:
    """Return the slug of the startup of a solution; none for a public good."""
    return content.solutions()[solution_key].get("startup")


def challenge(key: str) -> Challenge:
    """Return a challenge by key."""
    query = (
        select(Challenge)
        .join(Challenge.organization)
        .where(
            Organization.slug == city_of(key), Challenge.title == content.challenges()[key]["title"]
        )
    )
    return db.session.scalars(query).one()


def solution(key: str) -> Solution:
    """Return a solution by key."""
    title = content.solutions()[key]["title"]
    return db.session.scalars(select(Solution).where(Solution.title == title)).one()


def match(story: Row) -> Match:
    """Return the match that a story is about.

    Raises:
        LookupError: the matcher did not suggest the pair.
    """
    query = select(Match).where(
        Match.challenge_id == challenge(story["challenge"]).id,
        Match.solution_id == solution(story["solution"]).id,
    )
    found = db.session.scalar(query)
    if found is None:
        message = f"{story['solution']} is not suggested for {story['challenge']}"
        raise LookupError(message)
    return found


def pilot(story: Row) -> Pilot:
    """Return the pilot that a story is about."""
    return db.session.scalars(select(Pilot).where(Pilot.match_id == match(story).id)).one()
