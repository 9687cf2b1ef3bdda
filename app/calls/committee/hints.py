"""What makes one suspect a conflict of interest, computed; a person decides whether it is one.

``HINTS`` is filled here and by the features above calls (the partners of a pilot, for example).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from app.calls.applications.models import Application
from app.calls.models import CommitteeMember
from app.domain.call_vocabulary import ConflictHint
from app.extensions import db
from app.organizations.models import Membership, Organization, User
from app.search_text import fold

HARD = frozenset({ConflictHint.SAME_ORGANIZATION})
"""Hints that keep a person from being assigned at all; the others are avoided where possible."""

_GLOBAL = (
    "gmail.com googlemail.com icloud.com me.com proton.me protonmail.com gmx.com zoho.com aol.com"
)
_MICROSOFT = (
    "hotmail.com hotmail.com.ar hotmail.es outlook.com outlook.com.ar outlook.es live.com msn.com"
)
_YAHOO = "yahoo.com yahoo.com.ar yahoo.com.br yahoo.es ymail.com"
_ARGENTINA = "fibertel.com.ar speedy.com.ar arnet.com.ar ciudad.com.ar live.com.ar"
_NEIGHBOURS = (
    "uol.com.br bol.com.br terra.com.br ig.com.br globo.com adinet.com.uy vera.com.uy vtr.net"
)
PUBLIC_PROVIDERS = frozenset(
    " ".join((_GLOBAL, _MICROSOFT, _YAHOO, _ARGENTINA, _NEIGHBOURS)).split(" ")
)
"""Domains that thousands share, so that having the same one means nothing."""


@dataclass(frozen=True, slots=True)
class Hint:
    """That something ties a person to the city of an application."""

    user_id: int
    application_id: int
    kind: ConflictHint


Members = Sequence[CommitteeMember]
Source = Callable[[Members, Sequence[Application]], Iterable[Hint]]
Pair = tuple[int, int]
"""The id of an application and that of a person."""


class Hints:
    """Where hints come from, filled once while the application starts."""

    def __init__(self) -> None:
        self._sources: list[Source] = []

    def register(self, source: Source) -> Source:
        """Add a source; usable as a decorator."""
        self._sources.append(source)
        return source

    def of(
        self, members: Members, applications: Sequence[Application]
    ) -> dict[Pair, tuple[ConflictHint, ...]]:
        """Return what ties each of ``members`` (who joined) to each of ``applications``."""
        found: dict[Pair, set[ConflictHint]] = defaultdict(set)
        known = [one for one in members if one.user_id is not None]
        for source in self._sources:
            for hint in source(known, applications):
                found[hint.application_id, hint.user_id].add(hint.kind)
        order = list(ConflictHint)
        return {pair: tuple(sorted(kinds, key=order.index)) for pair, kinds in found.items()}


HINTS = Hints()


@HINTS.register
def _same_organization(members: Members, applications: Sequence[Application]) -> Iterator[Hint]:
    for member, application in _pairs(members, applications):
        organization = _organization_of(member)
        if organization is not None and organization.id == application.organization_id:
            yield _hint(member, application, ConflictHint.SAME_ORGANIZATION)


@HINTS.register
def _same_affiliation(members: Members, applications: Sequence[Application]) -> Iterator[Hint]:
    for member, application in _pairs(members, applications):
        city = application.organization
        if any(_names(member.affiliation, name) for name in (city.name, city.full_name) if name):
            yield _hint(member, application, ConflictHint.SAME_AFFILIATION)


@HINTS.register
def _same_region(members: Members, applications: Sequence[Application]) -> Iterator[Hint]:
    for member, application in _pairs(members, applications):
        organization = _organization_of(member)
        place = application.organization.subdivision
        if organization is not None and place and organization.subdivision == place:
            yield _hint(member, application, ConflictHint.SAME_REGION)


@HINTS.register
def _same_domain(members: Members, applications: Sequence[Application]) -> Iterator[Hint]:
    domains = _domains_of(applications)
    for member, application in _pairs(members, applications):
        addresses = {member.email, member.user.email if member.user else ""}
        if _domains(addresses) & domains[application.id]:
            yield _hint(member, application, ConflictHint.SAME_DOMAIN)


def _domains_of(applications: Sequence[Application]) -> dict[int, set[str]]:
    """Return the domains of each application: its contact's, its people's and its website's."""
    query = select(Membership.organization_id, User.email).join(Membership.user)
    cities = {one.organization_id for one in applications}
    people: dict[int, set[str]] = defaultdict(set)
    for city, email in db.session.execute(query.where(Membership.organization_id.in_(cities))):
        people[city].add(email)
    return {
        one.id: _domains(people[one.organization_id] | {one.contact_email})
        | _site(one.website)
        | _site(one.organization.website)
        for one in applications
    }


def _domains(addresses: Iterable[str]) -> set[str]:
    found = {address.lower().rpartition("@")[2] for address in addresses if "@" in address}
    return found - PUBLIC_PROVIDERS


def _site(website: str) -> set[str]:
    try:
        host = (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return set()
    return {host} - {""} - PUBLIC_PROVIDERS


def _names(text: str, name: str) -> bool:
    """Tell whether ``text`` holds ``name`` as whole words, whatever the case and the accents."""
    return re.search(rf"\b{re.escape(fold(name))}\b", fold(text)) is not None


def _pairs(
    members: Members, applications: Sequence[Application]
) -> Iterator[tuple[CommitteeMember, Application]]:
    return ((member, application) for member in members for application in applications)


def _organization_of(member: CommitteeMember) -> Organization | None:
    return member.user.organization if member.user else None


def _hint(member: CommitteeMember, application: Application, kind: ConflictHint) -> Hint:
    return Hint(member.user_id or 0, application.id, kind)
