"""The one table of permissions: default deny, holders, and what must hold for every actor."""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import permissions as table
from app.domain.actors import ANONYMOUS, SYSTEM, Actor, Subject
from app.domain.permissions import POLICY, Permission, can
from app.domain.vocabulary import OrganizationKind, Role

P = Permission
IDS = st.integers(1, 4)
ACTORS = st.builds(
    Actor,
    id=st.none() | IDS,
    organization_id=st.none() | IDS,
    kind=st.none() | st.sampled_from(OrganizationKind),
    role=st.none() | st.sampled_from(Role),
    verified=st.booleans(),
    system=st.booleans(),
)
SUBJECTS = st.builds(
    Subject,
    city_id=st.none() | IDS,
    startup_id=st.none() | IDS,
    party_ids=st.frozensets(IDS, max_size=3),
    is_public=st.booleans(),
    reviewer_ids=st.frozensets(IDS, max_size=2),
    chair_ids=st.frozensets(IDS, max_size=2),
    barred_ids=st.frozensets(IDS, max_size=2),
)
MANY_ACTORS = [
    SYSTEM,
    ANONYMOUS,
    Actor(id=1),
    *(
        Actor(1, 1, kind, role, verified)
        for kind in OrganizationKind
        for role in Role
        for verified in (True, False)
    ),
]
MANY_SUBJECTS = [
    None,
    Subject(),
    Subject(city_id=1, party_ids=frozenset({1})),
    Subject(startup_id=1, party_ids=frozenset({1})),
    Subject(city_id=1, party_ids=frozenset({1, 2})),
    Subject(is_public=True),
    Subject(reviewer_ids=frozenset({1}), chair_ids=frozenset({1})),
]
READING = {"view", "use", "desk", "oversee", "follow", "progress"}


def verb(permission: Permission) -> str:
    return permission.partition(":")[2]


WRITING = [p for p in Permission if verb(p) not in READING and p is not P.ORGANIZATION_CREATE]


def entrusted(actor: Actor, subject: Subject) -> bool:
    return actor.id in subject.reviewer_ids | subject.chair_ids


def person(kind, role=Role.EDITOR, organization_id=1, verified=True) -> Actor:
    return Actor(1, organization_id, kind, role, verified)


CITY = person(OrganizationKind.CITY)
STARTUP = person(OrganizationKind.STARTUP)
COORDINATOR = person(OrganizationKind.COORDINATION, organization_id=9)


def test_every_permission_has_a_rule():
    assert set(POLICY) == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_has_a_holder(permission):
    assert any(can(a, permission, s) for a in MANY_ACTORS for s in MANY_SUBJECTS)


@pytest.mark.parametrize("permission", list(Permission))
def test_every_rule_can_hold_and_is_needed(permission):
    for rule in POLICY[permission]:
        assert any(
            all(predicate(a, s) for predicate in rule) for a in MANY_ACTORS for s in MANY_SUBJECTS
        )


def test_what_is_not_in_the_table_is_held_by_nobody(monkeypatch):
    monkeypatch.delitem(POLICY, P.CHALLENGE_CREATE)
    assert not any(can(actor, P.CHALLENGE_CREATE) for actor in MANY_ACTORS)


@given(SUBJECTS)
def test_a_visitor_changes_nothing(subject):
    for permission in WRITING:
        assert not can(ANONYMOUS, permission, subject)


@given(SUBJECTS)
def test_a_visitor_reads_only_what_is_public(subject):
    readable = {p for p in Permission if can(ANONYMOUS, p, subject)} - {P.MAILBOX_VIEW}
    if subject.is_public:
        assert {verb(p) for p in readable} == {"view"}
    else:
        assert readable <= {P.ORGANIZATION_CREATE}
        assert not can(ANONYMOUS, P.ORGANIZATION_CREATE)


@given(st.sampled_from(OrganizationKind), st.booleans(), SUBJECTS)
def test_a_reader_of_an_organization_changes_nothing(kind, verified, subject):
    reader = Actor(1, 1, kind, Role.VIEWER, verified)
    if entrusted(reader, subject):
        return
    for permission in WRITING:
        assert not can(reader, permission, subject), permission


@given(ACTORS.filter(lambda a: not a.system), SUBJECTS)
def test_what_belongs_to_others_is_neither_seen_nor_changed(actor, subject):
    outsider = actor.kind is not OrganizationKind.COORDINATION
    involved = actor.organization_id in {
        *subject.party_ids,
        *(one for one in (subject.city_id, subject.startup_id) if one is not None),
    }
    if not outsider or involved or entrusted(actor, subject) or subject.is_public:
        return
    about_things = {
        p for p in Permission if verb(p) not in {"use", "create", "desk", "oversee"}
    } - {P.MAILBOX_VIEW}
    assert not {p for p in about_things if can(actor, p, subject)}


@given(ACTORS.filter(lambda a: not a.verified and not a.system), SUBJECTS)
def test_an_unverified_organization_does_nothing_with_consequences(actor, subject):
    for permission in (
        *(P.CHALLENGE_SUBMIT, P.CHALLENGE_REVIEW, P.SOLUTION_SUBMIT, P.SOLUTION_REVIEW),
        *(P.MATCH_DECIDE, P.MATCH_CONSENT_CITY, P.MATCH_CONSENT_STARTUP, P.SUBMISSION_CREATE),
        *(P.PILOT_SIGN_CITY, P.PILOT_SIGN_STARTUP, P.PILOT_DECIDE, P.ORGANIZATION_VERIFY),
    ):
        assert not can(actor, permission, subject)


@given(ACTORS.filter(lambda a: not a.system), SUBJECTS)
def test_consequences_belong_to_the_platform(actor, subject):
    for permission in (P.CHALLENGE_PROGRESS, P.SUBMISSION_PROGRESS, P.MATCH_PROGRESS):
        assert not can(actor, permission, subject)
        assert can(SYSTEM, permission, subject)


@given(ACTORS, st.sampled_from(Permission))
def test_an_organization_is_never_the_same_as_none(actor, permission):
    nobodys = Subject()
    without = Actor(actor.id, None, actor.kind, actor.role, verified=actor.verified)
    for predicate in (table.its_city, table.its_startup):
        assert not predicate(without, nobodys)


def test_each_side_consents_for_itself():
    shared = Subject(city_id=1, startup_id=2, party_ids=frozenset({1, 2}))
    startup = person(OrganizationKind.STARTUP, organization_id=2)
    assert can(CITY, P.MATCH_CONSENT_CITY, shared)
    assert not can(CITY, P.MATCH_CONSENT_STARTUP, shared)
    assert can(startup, P.MATCH_CONSENT_STARTUP, shared)
    assert not can(startup, P.MATCH_CONSENT_CITY, shared)
    for permission in (P.MATCH_CONSENT_CITY, P.MATCH_CONSENT_STARTUP):
        assert not can(COORDINATOR, permission, shared)


def test_a_public_good_is_looked_after_by_the_coordination():
    good = Subject(is_public=True)
    owned = Subject(startup_id=1, party_ids=frozenset({1}))
    assert can(COORDINATOR, P.SOLUTION_EDIT, good)
    assert not can(COORDINATOR, P.SOLUTION_EDIT, owned)
    assert can(STARTUP, P.SOLUTION_EDIT, owned)
    assert not can(STARTUP, P.SOLUTION_EDIT, good)


def test_a_conflict_of_interest_bars_the_coordination_from_an_application():
    theirs = Subject(city_id=1, party_ids=frozenset({9}))
    barred = Subject(city_id=1, party_ids=frozenset({9}), barred_ids=frozenset({1}))
    for permission in (P.APPLICATION_VIEW, P.APPLICATION_ASSESS, P.REVIEW_VIEW, P.REVIEW_OVERSEE):
        assert can(COORDINATOR, permission, theirs)
        assert not can(COORDINATOR, permission, barred)


def test_the_network_of_another_country_has_no_part_in_a_call():
    call = Subject(party_ids=frozenset({9}))
    sister = person(OrganizationKind.COORDINATION, organization_id=8)
    for permission in (P.CALL_MANAGE, P.CALL_OVERSEE, P.CALL_VIEW, P.APPLICATION_VIEW):
        assert can(COORDINATOR, permission, call)
        assert not can(sister, permission, call)


def test_only_owners_sign_and_decide():
    subject = Subject(city_id=1, party_ids=frozenset({1}))
    owner = person(OrganizationKind.CITY, Role.OWNER)
    for permission in (P.PILOT_SIGN_CITY, P.PILOT_DECIDE):
        assert can(owner, permission, subject)
        assert not can(CITY, permission, subject)


def test_every_predicate_says_what_it_means():
    predicates = {one for rules in POLICY.values() for rule in rules for one in rule}
    assert predicates
    for predicate in predicates:
        assert inspect.getdoc(predicate)
