"""The conditions that the table of permissions is made of, one line each.

Predicates are pure: they look at the actor and at the parties of the thing (:class:`Subject`),
never at its status.
"""

from collections.abc import Callable

from app.domain.actors import Actor, Subject
from app.domain.vocabulary import OrganizationKind, Role

Predicate = Callable[[Actor, Subject | None], bool]


def anyone(actor: Actor, subject: Subject | None) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(actor: Actor, subject: Subject | None) -> bool:
    """A person with an account."""
    return actor.id is not None


def without_organization(actor: Actor, subject: Subject | None) -> bool:
    """A person who does not belong to an organization yet."""
    return actor.organization_id is None


def system(actor: Actor, subject: Subject | None) -> bool:
    """The platform itself (jobs and consequences of other acts)."""
    return actor.system


def coordinator(actor: Actor, subject: Subject | None) -> bool:
    """A person of the coordination who may write."""
    return actor.kind is OrganizationKind.COORDINATION and actor.verified and writes(actor, subject)


def coordination(actor: Actor, subject: Subject | None) -> bool:
    """Any person of the coordination."""
    return actor.kind is OrganizationKind.COORDINATION and actor.verified


def writes(actor: Actor, subject: Subject | None) -> bool:
    """A person whose role lets them change their organization's things."""
    return actor.role in (Role.OWNER, Role.EDITOR)


def owner(actor: Actor, subject: Subject | None) -> bool:
    """The person who answers for the organization."""
    return actor.role is Role.OWNER


def verified(actor: Actor, subject: Subject | None) -> bool:
    """A person of an organization that the coordination has verified."""
    return actor.verified


def of_city(actor: Actor, subject: Subject | None) -> bool:
    """A person of a city."""
    return actor.kind is OrganizationKind.CITY


def of_startup(actor: Actor, subject: Subject | None) -> bool:
    """A person of a startup."""
    return actor.kind is OrganizationKind.STARTUP


def public(actor: Actor, subject: Subject | None) -> bool:
    """The thing can be read by anybody."""
    return subject is not None and subject.is_public


def party(actor: Actor, subject: Subject | None) -> bool:
    """The thing is disclosed to the actor's organization."""
    return subject is not None and actor.organization_id in subject.party_ids


def received(actor: Actor, subject: Subject | None) -> bool:
    """The city has it: it is no longer, or not again, a draft of the startup alone."""
    return subject is not None and subject.city_id in subject.party_ids


def its_city(actor: Actor, subject: Subject | None) -> bool:
    """The thing belongs to the actor's city."""
    return subject is not None and _same(actor.organization_id, subject.city_id)


def its_startup(actor: Actor, subject: Subject | None) -> bool:
    """The thing belongs to the actor's startup."""
    return subject is not None and _same(actor.organization_id, subject.startup_id)


def reviewer(actor: Actor, subject: Subject | None) -> bool:
    """A person to whom the evaluation of the thing is entrusted."""
    return subject is not None and actor.id in subject.reviewer_ids


def chair(actor: Actor, subject: Subject | None) -> bool:
    """The person who presides the committee."""
    return subject is not None and actor.id in subject.chair_ids


def unbiased(actor: Actor, subject: Subject | None) -> bool:
    """A person without a conflict of interest in the thing."""
    return subject is not None and actor.id not in subject.barred_ids


def unowned(actor: Actor, subject: Subject | None) -> bool:
    """The thing belongs to no startup (a digital public good)."""
    return subject is not None and subject.startup_id is None


def _same(one: int | None, other: int | None) -> bool:
    return one is not None and one == other
