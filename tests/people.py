"""Organizations, people and ready-made things for tests, made through the models."""

import itertools
import uuid

from app.domain.states import OrganizationStatus
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import db, utcnow
from app.organizations.models import Membership, Organization, User

_numbers = itertools.count(1)
PASSWORD = "a long test password"


class People:
    """Makes organizations and people, committed so that every connection sees them."""

    def organization(self, kind=OrganizationKind.CITY, **values) -> Organization:
        made = self._organization(kind, **values)
        db.session.commit()
        return made

    @staticmethod
    def _organization(kind, *, status=OrganizationStatus.VERIFIED, **values) -> Organization:
        number = next(_numbers)
        defaults = {
            "slug": f"{kind.value}-{number}",
            "name": f"{kind.value.title()} {number}",
            "country": Country.ARGENTINA,
            "lang": Language.SPANISH,
            "status": status,
        }
        organization = Organization(kind=kind, **{**defaults, **values})
        db.session.add(organization)
        return organization

    def person(self, organization=None, role=Role.OWNER, **values) -> User:
        number = next(_numbers)
        defaults = {
            "email": f"person-{number}@test.example",
            "name": f"Person {number}",
            "language": Language.ENGLISH,
            "fs_uniquifier": uuid.uuid4().hex,
            "confirmed_at": utcnow(),
            "active": True,
        }
        user = User(**{**defaults, **values})
        if organization is not None:
            user.membership = Membership(organization=organization, role=role)
        db.session.add(user)
        db.session.commit()
        return user

    def city(self, role=Role.OWNER, **values) -> User:
        """A person of a new verified city."""
        return self.person(self._organization(OrganizationKind.CITY, **values), role)

    def startup(self, role=Role.OWNER, **values) -> User:
        """A person of a new verified startup."""
        return self.person(self._organization(OrganizationKind.STARTUP, **values), role)

    def coordinator(self, role=Role.EDITOR) -> User:
        """A person of the coordination."""
        return self.person(self._organization(OrganizationKind.COORDINATION), role)
