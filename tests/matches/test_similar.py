"""Challenges that resemble another: found by the worker, told to those who may read both."""

import pytest

from app.challenges import service
from app.domain.states import ChallengeAction, ChallengeStatus, PilotStatus
from app.domain.vocabulary import PilotDecision
from app.extensions import db, utcnow
from app.lifecycle import Act
from app.matches.similar.models import Resemblance
from app.matches.similar.queries import similar_to
from tests.challenges.build import brief, challenge
from tests.pilots.build import pilot

OTHER = {
    "title": "Turnos de vacunación",
    "question": "¿Cómo podríamos avisar los turnos?",
    "summary": "Los turnos de vacunas se pierden.",
    "problem": "Las familias no llegan a los turnos del vacunatorio.",
    "affected": "Familias con bebés.",
    "expected_result": "Más vacunas aplicadas.",
}


@pytest.fixture
def settle(run_jobs):
    def work():
        db.session.commit()
        run_jobs()
        db.session.expire_all()

    return work


def _draft(city, **changes):
    return service.create(brief(**changes), city.actor)


def _publish(thing, people):
    service.act(thing, Act(ChallengeAction.PUBLISH), people.coordinator().actor)


def _pairs():
    return {(row.challenge_id, row.other_id) for row in db.session.query(Resemblance)}


def test_a_draft_is_told_what_resembles_it(people, settle, browser):
    neighbour, city = people.city(name="Neuquén"), people.city()
    old = challenge(neighbour, title="Basura en las esquinas")
    challenge(neighbour, **OTHER)
    draft = _draft(city)
    settle()
    assert _pairs() == {(draft.id, old.id)}
    for address in (f"/challenges/{draft.public_id}", f"/challenges/{draft.public_id}/edit"):
        page = browser(city).get(address).text
        assert "Similar challenges" in page
        assert f"/challenges/{old.public_id}" in page
        assert "Turnos de vacunación" not in page
    assert "Similar challenges" not in browser(city).get("/challenges/new").text


def test_it_tells_what_came_of_it(people, settle, browser):
    neighbour, city = people.city(name="Neuquén"), people.city()
    done = pilot(
        neighbour,
        people.startup(),
        PilotStatus.FINISHED,
        finished_at=utcnow(),
        started_at=utcnow(),
        decision=PilotDecision.SCALE,
    )
    draft = _draft(city)
    settle()
    page = browser(city).get(f"/challenges/{draft.public_id}").text
    assert "This resembles a challenge for which Neuquén tried a solution already" in page
    assert f"/pilots/{done.public_id}" in page
    assert "Pilot: finished, scale" in page


def test_an_edit_is_followed_and_a_publication_tells_the_others(people, settle, browser):
    city = people.city()
    old = challenge(people.city())
    draft = _draft(city, **OTHER)
    settle()
    assert _pairs() == set()
    service.edit(draft, brief(), city.actor, None)
    settle()
    assert _pairs() == {(draft.id, old.id)}
    draft.status = ChallengeStatus.IN_REVIEW
    assert (
        f"/challenges/{draft.public_id}" not in browser().get(f"/challenges/{old.public_id}").text
    )
    _publish(draft, people)
    settle()
    assert _pairs() == {(draft.id, old.id), (old.id, draft.id)}
    assert f"/challenges/{draft.public_id}" in browser().get(f"/challenges/{old.public_id}").text


def test_a_draft_of_another_city_is_told_to_nobody(people, settle, browser):
    secret = {"title": "Palabrasecreta"}
    hidden = [_draft(people.city(), **secret)]
    hidden += [
        challenge(people.city(), status, **secret)
        for status in (
            ChallengeStatus.IN_REVIEW,
            ChallengeStatus.CHANGES_REQUESTED,
            ChallengeStatus.CANCELLED,
        )
    ]
    city = people.city()
    public = challenge(city)
    mine = _draft(city)
    service.enqueue("matches.resemble")
    settle()
    keys = {thing.id for thing in hidden}
    assert not {other for _thing, other in _pairs()} & keys
    assert (mine.id, public.id) in _pairs()
    for address in (public.public_id, mine.public_id, f"{mine.public_id}/edit"):
        for person in (city, people.coordinator()):
            assert "Palabrasecreta" not in browser(person).get(f"/challenges/{address}").text


def test_what_is_no_longer_public_is_no_longer_named(people, settle, browser):
    city = people.city()
    gone = challenge(people.city(), title="Palabrasecreta")
    draft = _draft(city)
    settle()
    assert "Palabrasecreta" in browser(city).get(f"/challenges/{draft.public_id}").text
    gone.status = ChallengeStatus.CANCELLED
    assert "Palabrasecreta" not in browser(city).get(f"/challenges/{draft.public_id}").text
    service.enqueue("matches.resemble")
    settle()
    assert _pairs() == set()


def test_no_challenge_resembles_itself_and_three_are_enough(people, settle):
    city = people.city()
    things = [challenge(city) for _ in range(5)]
    service.enqueue("matches.resemble")
    settle()
    first = [row.other_id for row in similar_to(things[0])]
    assert first == [thing.id for thing in things[1:4]]
    assert all(one != other for one, other in _pairs())
    once = {(row.id, row.found_at) for row in db.session.query(Resemblance)}
    service.enqueue("matches.resemble")
    settle()
    assert {(row.id, row.found_at) for row in db.session.query(Resemblance)} == once
