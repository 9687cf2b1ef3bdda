"""Many who decide about one thing at the same moment: one counts, the others are told."""

from collections import Counter

import pytest

from app.audit import entries_for
from app.domain.states import MatchStatus, SubmissionStatus
from app.domain.vocabulary import Role
from app.extensions import db
from app.notifications.models import Message
from tests.challenges.build import challenge
from tests.matches.test_decisions import Table
from tests.solutions.build import solution
from tests.submissions.build import submission

S = SubmissionStatus
MANY = 20


def _acts(thing):
    return Counter(entry.action for entry in entries_for(thing))


def _told(person):
    return db.session.query(Message).filter_by(recipient=person.email).count()


@pytest.mark.parametrize("seen", [True, False], ids=["with version", "without"])
def test_of_twenty_approvals_of_one_match_one_counts(people, race, seen):
    table = Table(people)
    match, office = table.matches[0], table.coordinator.organization
    colleagues = [people.person(office, Role.EDITOR) for _ in range(MANY)]
    fields = {"version": str(match.version)} if seen else {}
    address = f"/matches/{match.public_id}/acts/approve"
    statuses = race(table.challenge, *[(who, address, fields) for who in colleagues])
    assert statuses == [302] + [409] * (MANY - 1)
    assert match.status is MatchStatus.PROPOSED
    assert _acts(match) == Counter(approve=1, propose=1)
    assert (_told(table.city), _told(table.startups[0])) == (1, 1)


def test_of_approvals_and_dismissals_at_once_one_counts(people, race):
    table = Table(people)
    match, office = table.matches[0], table.coordinator.organization
    colleagues = [people.person(office, Role.EDITOR) for _ in range(6)]
    approve, dismiss = (f"/matches/{match.public_id}/acts/{act}" for act in ("approve", "dismiss"))
    statuses = race(
        table.challenge,
        *[(who, approve, {}) for who in colleagues[::2]],
        *[(who, dismiss, {"reason_code": "off_topic"}) for who in colleagues[1::2]],
    )
    assert statuses == [302] + [409] * 5
    approved = match.status is MatchStatus.PROPOSED
    assert _acts(match) == (Counter(approve=1, propose=1) if approved else Counter(dismiss=1))
    assert _told(table.startups[0]) == int(approved)


def test_a_submission_is_taken_back_or_shortlisted_never_both(people, race):
    city, startup = people.city(), people.startup()
    thing = submission(challenge(city), solution(startup))
    seen = {"version": str(thing.version)}
    address = f"/submissions/{thing.public_id}/acts"
    statuses = race(
        thing, (startup, f"{address}/withdraw", seen), (city, f"{address}/shortlist", seen)
    )
    assert statuses[0] == 302
    assert statuses[1] in (404, 409)
    act = {S.WITHDRAWN: "withdraw", S.SHORTLISTED: "shortlist"}[thing.status]
    assert _acts(thing) == Counter([act])
