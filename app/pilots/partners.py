"""What pilots know of who judges a city: whether they shared a pilot with it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.calls.applications.models import Application
from app.calls.committee.hints import Hint, Members
from app.domain.call_vocabulary import ConflictHint
from app.extensions import db
from app.pilots.models import Pilot


def of_committee(members: Members, applications: Sequence[Application]) -> Iterator[Hint]:
    """Yield the members whose startup had, or has, a pilot with a city that applies."""
    homes = {
        member.user_id: member.user.organization.id
        for member in members
        if member.user is not None and member.user.organization is not None
    }
    query = select(Pilot.city_id, Pilot.startup_id).where(
        Pilot.startup_id.in_(set(homes.values())),
        Pilot.city_id.in_({one.organization_id for one in applications}),
    )
    shared = {(city, startup) for city, startup in db.session.execute(query)}
    for user_id, home in homes.items():
        for application in applications:
            if user_id is not None and (application.organization_id, home) in shared:
                yield Hint(user_id, application.id, ConflictHint.FORMER_PARTNER)
