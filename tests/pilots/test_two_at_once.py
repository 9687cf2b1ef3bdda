"""Two people who act at the same moment: nothing happens twice, nothing is lost."""

from collections import Counter

import pytest

from app.audit import entries_for
from app.challenges.models import Challenge
from app.domain.states import ChallengeStatus, PilotStatus
from app.domain.vocabulary import Role, Side
from app.extensions import db, utcnow
from app.pilots.indicators.models import Reading
from app.pilots.models import Pilot
from tests.pilots.build import confirmed_match, pilot, sign_url, url

S = PilotStatus


@pytest.fixture
def sides(people):
    return people.city(), people.startup()


def _acts(thing):
    return Counter(entry.action for entry in entries_for(thing))


def test_both_sides_sign_at_once_and_the_pilot_starts_once(race, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    seen = {"version": str(thing.version)}
    answers = race(
        thing,
        (city, sign_url(thing, Side.CITY), seen),
        (startup, sign_url(thing, Side.STARTUP), seen),
    )
    assert answers == [302, 302]
    assert thing.status is S.RUNNING
    assert thing.challenge.status is ChallengeStatus.PILOTING
    assert _acts(thing) == {"sign_as_city": 1, "sign_as_startup": 1, "start": 1}


def test_two_owners_of_one_side_sign_at_once_and_one_counts(people, race, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    second = people.person(city.organization, Role.OWNER)
    address = sign_url(thing, Side.CITY)
    assert race(thing, (city, address, {}), (second, address, {})) == [302, 409]
    assert len(thing.signatures) == 1


def test_one_signs_while_the_other_returns_and_nothing_half_starts(race, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    seen = {"version": str(thing.version)}
    answers = race(
        thing,
        (city, sign_url(thing, Side.CITY), seen),
        (startup, url(thing, "acts/return_agreement"), {**seen, "reason": "Falta algo"}),
    )
    assert 302 in answers
    assert thing.status is S.PREPARING
    assert [s for s in thing.signatures if s.voided_at is None] == []


def test_a_pilot_is_opened_once(people, race, sides):
    match = confirmed_match(*sides)
    address = f"/matches/{match.public_id}/pilot"
    challenge = db.session.get(Challenge, match.challenge_id)
    answers = race(challenge, (sides[0], address, {}), (people.coordinator(), address, {}))
    assert answers == [302, 409]
    assert db.session.query(Pilot).count() == 1


def test_two_readings_of_one_day_keep_one(race, sides):
    thing = pilot(*sides, S.RUNNING)
    fields = {"on": utcnow().date().isoformat(), "value": "300"}
    address = url(thing, "indicators/1/readings")
    assert race(thing, (sides[0], address, fields), (sides[1], address, fields)) == [302, 422]
    assert db.session.query(Reading).count() == 1


def test_what_is_planned_while_it_is_sent_is_signed_or_refused(race, sides):
    city, startup = sides
    thing = pilot(city, startup)
    fields = {"title": "Uno más", "due_on": utcnow().date().isoformat()}
    answers = race(
        thing,
        (city, url(thing, "acts/send_agreement"), {"version": str(thing.version)}),
        (startup, url(thing, "milestones/new"), fields),
    )
    assert answers in ([302, 302], [302, 409])
    assert thing.status is S.SIGNING
