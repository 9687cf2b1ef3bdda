"""What lists show in SQL is what the table of permissions says, on generated data."""

import itertools

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from sqlalchemy import select

from app.challenges import queries as challenges
from app.challenges.models import Challenge
from app.domain.actors import ANONYMOUS, Actor
from app.domain.permissions import Permission, can
from app.domain.states import ChallengeStatus, SolutionStatus, SubmissionStatus
from app.domain.vocabulary import OrganizationKind, Role
from app.extensions import db, utcnow
from app.solutions import queries as solutions
from app.solutions.models import Solution
from app.submissions import queries as submissions
from app.submissions.models import Submission
from tests.challenges.build import brief
from tests.solutions.build import described

CHECKED = (
    (Challenge, challenges.visible_to, Permission.CHALLENGE_VIEW),
    (Solution, solutions.visible_to, Permission.SOLUTION_VIEW),
    (Submission, submissions.visible_to, Permission.SUBMISSION_VIEW),
)
K = OrganizationKind
SIDES = st.tuples(st.integers(0, 1), st.sampled_from(ChallengeStatus))
OFFERS = st.tuples(st.sampled_from([0, 1, None]), st.sampled_from(SolutionStatus))


def _challenge(city, status):
    values = brief(criteria=[])
    values.pop("criteria")
    return Challenge(organization_id=city.id, status=status, published_at=utcnow(), **values)


def _actors(organizations):
    yield ANONYMOUS
    yield Actor(id=1)
    for organization, verified in itertools.product(organizations, (True, False)):
        known = {"organization_id": organization.id, "kind": organization.kind}
        yield Actor(id=1, role=Role.VIEWER, verified=verified, **known)


@pytest.fixture
def organizations(people):
    kinds = (K.CITY, K.CITY, K.STARTUP, K.STARTUP, K.COORDINATION)
    return [people.organization(kind) for kind in kinds]


@given(
    asked=st.lists(SIDES, min_size=1, max_size=3),
    offered=st.lists(OFFERS, min_size=1, max_size=3),
    statuses=st.lists(st.sampled_from(SubmissionStatus), min_size=9, max_size=9),
)
@tuned(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_lists_and_permissions_agree(organizations, asked, offered, statuses):
    cities, startups = organizations[:2], organizations[2:4]
    made = [_challenge(cities[whose], status) for whose, status in asked]
    told = [
        Solution(
            organization_id=None if whose is None else startups[whose].id,
            status=status,
            **described(),
        )
        for whose, status in offered
    ]
    db.session.add_all([*made, *told])
    db.session.flush()
    for (one, other), status in zip(itertools.product(made, told), statuses, strict=False):
        db.session.add(Submission(challenge_id=one.id, solution_id=other.id, status=status))
    db.session.flush()
    for actor in _actors(organizations):
        for model, visible_to, permission in CHECKED:
            listed = set(db.session.scalars(select(model).where(visible_to(actor))).unique())
            allowed = {
                thing
                for thing in db.session.scalars(select(model)).unique()
                if can(actor, permission, thing.subject)
            }
            assert listed == allowed, (actor, model)
    db.session.rollback()
