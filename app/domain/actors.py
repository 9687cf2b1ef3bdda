"""Who acts and what may be asked of a thing: all that the table of permissions looks at."""

from dataclasses import dataclass

from app.domain.vocabulary import OrganizationKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in their organization, nobody in particular, or the system itself.

    ``verified`` tells whether the coordination has verified the organization and not suspended it.
    """

    id: int | None = None
    organization_id: int | None = None
    kind: OrganizationKind | None = None
    role: Role | None = None
    verified: bool = False
    system: bool = False


ANONYMOUS = Actor()
SYSTEM = Actor(system=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """What predicates may ask of a thing: whose it is and who may read it.

    ``party_ids`` are the organizations to whom the thing is disclosed now; ``is_public`` means
    that anybody may read it. ``city_id`` and ``startup_id`` say whose it is, if anybody's.
    ``reviewer_ids`` and ``chair_ids`` are the people to whom an evaluation is entrusted;
    ``barred_ids`` are people with a conflict of interest, who may not even know how it stands.
    """

    city_id: int | None = None
    startup_id: int | None = None
    party_ids: frozenset[int] = frozenset()
    is_public: bool = False
    reviewer_ids: frozenset[int] = frozenset()
    chair_ids: frozenset[int] = frozenset()
    barred_ids: frozenset[int] = frozenset()
