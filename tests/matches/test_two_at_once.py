"""Two people who decide at the same moment: one wins, the other is told, nothing happens twice."""

from collections import Counter

import pytest
from sqlalchemy import select

from app.audit import AuditEntry
from app.domain.states import ChallengeStatus, MatchStatus
from app.extensions import db
from app.matches.models import Consent, Match
from tests.matches.test_decisions import Table


@pytest.fixture
def table(people):
    return Table(people)


def _acts(match):
    query = select(AuditEntry.action).where(
        AuditEntry.subject_type == "match", AuditEntry.subject_id == match.id
    )
    return Counter(db.session.scalars(query))


def _url(match, *parts):
    return "/".join(["/matches", match.public_id, *parts])


def test_two_coordinators_decide_about_one_suggestion(people, table, race):
    match = table.matches[0]
    seen = {"version": str(match.version)}
    other = people.coordinator()
    statuses = race(
        table.challenge,
        (table.coordinator, _url(match, "acts/approve"), seen),
        (other, _url(match, "acts/dismiss"), {**seen, "reason_code": "off_topic"}),
    )
    assert statuses == [302, 409]
    assert _acts(match) in (Counter(approve=1, propose=1), Counter(dismiss=1))


def test_two_coordinators_approve_two_suggestions(people, table, race):
    first, second = table.matches[:2]
    statuses = race(
        table.challenge,
        (table.coordinator, _url(first, "acts/approve"), {}),
        (people.coordinator(), _url(second, "acts/approve"), {}),
    )
    assert statuses == [302, 302]
    assert sorted(table.states) == ["approved", "proposed", "suggested"]


def test_both_sides_accept_at_once_and_it_is_confirmed_once(table, race):
    table.approve(0)
    match = table.matches[0]
    seen = {"version": str(match.version)}
    statuses = race(
        table.challenge,
        (table.city, _url(match, "accept"), seen),
        (table.startups[0], _url(match, "accept"), seen),
    )
    assert statuses == [302, 302]
    assert _acts(match)["confirm"] == 1
    assert match.status is MatchStatus.CONFIRMED
    assert table.challenge.status is ChallengeStatus.MATCHED
    assert db.session.query(Consent).count() == 2


def test_two_people_of_the_city_accept_at_once(people, table, race):
    table.approve(0)
    match = table.matches[0]
    colleague = people.person(table.city.organization)
    statuses = race(
        table.challenge,
        (table.city, _url(match, "accept"), {}),
        (colleague, _url(match, "accept"), {}),
    )
    assert statuses == [302, 409]
    assert _acts(match)["accept_as_city"] == 1


def test_one_side_accepts_while_the_other_declines(table, race):
    table.approve(0, 1)
    table.accept(0, table.startups[0])
    match = table.matches[0]
    seen = {"version": str(match.version)}
    decline = {**seen, "reason_code": "no_capacity"}
    statuses = race(
        table.challenge,
        (table.city, _url(match, "accept"), seen),
        (table.startups[0], _url(match, "acts/decline_as_startup"), decline),
    )
    assert statuses == [302, 409]
    live = db.session.query(Match).filter(Match.status.in_(("proposed", "confirmed"))).count()
    assert live == 1
    acts = _acts(match)
    assert acts["confirm"] + acts["decline_as_startup"] == 1
    assert (match.status is MatchStatus.CONFIRMED) == (acts["confirm"] == 1)


def test_the_city_accepts_while_the_challenge_is_cancelled(table, race):
    table.approve(0)
    table.accept(0, table.startups[0])
    match = table.matches[0]
    cancel = f"/challenges/{table.challenge.public_id}/acts/cancel"
    statuses = race(
        table.challenge,
        (table.city, _url(match, "accept"), {}),
        (table.coordinator, cancel, {"reason": "Cambio de gobierno"}),
    )
    assert statuses == [302, 409]
    confirmed = match.status is MatchStatus.CONFIRMED
    matched = table.challenge.status is ChallengeStatus.MATCHED
    assert confirmed == matched
