"""What startups see of the matcher: their own fits, and nothing of anybody else."""

import re
from datetime import timedelta

import pytest

from app.domain.states import (
    ChallengeStatus,
    MatchStatus,
    OrganizationStatus,
    SolutionStatus,
    SubmissionStatus,
    TuningStatus,
)
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.jobs.service import enqueue
from app.matches.fits.models import Fit
from app.matches.models import Match
from app.matches.tuning.models import Tuning
from tests.challenges.build import challenge
from tests.matches.build import match, solution, submission


@pytest.fixture
def find(run_jobs):
    """Let the worker compare challenges with the solutions."""

    def ask(*challenges):
        for thing in challenges:
            enqueue("matches.suggest", key=str(thing.id), challenge=thing.id)
        db.session.commit()
        run_jobs()
        db.session.expire_all()

    return ask


def _fits():
    return [(fit.challenge_id, fit.solution_id) for fit in db.session.query(Fit)]


def _text(answer):
    return re.sub(r'name="csrf_token"[^>]*>', "", answer.text)


def test_a_startup_sees_why_its_solution_fits_and_what_would_raise_it(people, find, browser):
    thing, startup = challenge(people.city()), people.startup()
    offer = solution(startup)
    find(thing)
    [fit] = db.session.query(Fit)
    [suggested] = db.session.query(Match)
    assert (fit.score, fit.parts, fit.missing) == (
        suggested.score,
        suggested.parts,
        suggested.missing,
    )
    points = f"{round(fit.score * 100)} points out of 100"
    tab = browser(startup)
    for address in (f"/solutions/{offer.public_id}", "/matches/fits"):
        page = tab.get(address).text
        assert f"/challenges/{thing.public_id}" in page
        assert points in page
        assert "microbasurales" in page
        assert fit.missing[0] in page
        assert f"/challenges/{thing.public_id}/submissions/new" in page
    page = tab.get(f"/challenges/{thing.public_id}").text
    assert "How your solutions fit" in page
    assert points in page
    assert thing.title in tab.get("/work").text


def test_the_city_the_rival_and_the_public_see_none_of_it(people, find, browser):
    city, startup = people.city(), people.startup()
    thing, offer = challenge(city), solution(startup)
    find(thing)
    for person in (None, city, people.startup(), people.coordinator()):
        tab = browser(person)
        assert "Challenges that fit" not in tab.get(f"/solutions/{offer.public_id}").text
        assert "How your solutions fit" not in tab.get(f"/challenges/{thing.public_id}").text
    assert browser(city).get("/matches/fits").status_code == 404
    rival = people.startup()
    assert thing.title not in browser(rival).get("/matches/fits").text
    assert "No open challenge fits yet" in browser(rival).get("/matches/fits").text


def test_decisions_do_not_show_in_a_fit(people, find, browser):
    thing, startup = challenge(people.city()), people.startup()
    offer = solution(startup)
    find(thing)
    tab = browser(startup)
    before = _text(tab.get("/matches/fits"))
    [row] = db.session.query(Match)
    for status in (MatchStatus.DISMISSED, MatchStatus.APPROVED):
        row.status = status
        row.note = "palabrasecreta"
        db.session.commit()
        find(thing)
        assert _text(tab.get("/matches/fits")) == before
        assert "palabrasecreta" not in tab.get(f"/solutions/{offer.public_id}").text


def test_other_solutions_never_speak_in_a_fit_even_where_decisions_count(people, find):
    thing, startup = challenge(people.city()), people.startup()
    words = {"use_cases": "microbasurales, palabrasecreta"}
    mine = solution(startup, **words)
    theirs = solution(people.startup(), **words)
    match(thing, theirs, MatchStatus.APPROVED)
    db.session.add(Tuning(status=TuningStatus.ACCEPTED, feedback=True))
    find(thing)
    suggested = db.session.query(Match).filter_by(solution_id=mine.id).one()
    assert {part["source"] for part in suggested.parts} == {"words", "approved"}
    fit = db.session.query(Fit).filter_by(solution_id=mine.id).one()
    assert {part["source"] for part in fit.parts} == {"words"}
    assert "palabrasecreta" not in str(fit.parts)


@pytest.mark.parametrize(
    "status", [one for one in SolutionStatus if one is not SolutionStatus.PUBLISHED]
)
def test_what_is_not_published_has_no_fit(people, find, browser, status):
    thing, startup = challenge(people.city()), people.startup()
    offer = solution(startup)
    find(thing)
    offer.status = status
    db.session.commit()
    tab = browser(startup)
    page = tab.get("/matches/fits")
    assert page.status_code == 200
    assert thing.title not in page.text
    assert thing.title not in tab.get("/work").text
    assert "Challenges that fit" not in tab.get(f"/solutions/{offer.public_id}").text
    find(thing)
    assert _fits() == []


@pytest.mark.parametrize(
    "status", [one for one in ChallengeStatus if one is not ChallengeStatus.PUBLISHED]
)
def test_what_is_not_open_is_offered_to_nobody(people, find, browser, status):
    thing, startup = challenge(people.city(), title="Palabrasecreta"), people.startup()
    solution(startup)
    find(thing)
    assert len(_fits()) == 1
    thing.status = status
    db.session.commit()
    assert "Palabrasecreta" not in browser(startup).get("/matches/fits").text
    find(thing)
    assert _fits() == []


def test_closed_and_upcoming_challenges_wait(people, find, browser):
    city, startup = people.city(), people.startup()
    late = challenge(city, title="Ya cerró", closes_at=utcnow() - timedelta(hours=1))
    soon = challenge(city, title="Todavía no", opens_at=utcnow() + timedelta(hours=1))
    solution(startup)
    find(late, soon)
    assert len(_fits()) == 2
    page = browser(startup).get("/matches/fits").text
    assert "Ya cerró" not in page
    assert "Todavía no" not in page


def test_a_draft_of_anybody_changes_nothing_in_a_fit(people, find, browser):
    thing, startup = challenge(people.city()), people.startup()
    solution(startup)
    find(thing)
    before = [(fit.score, fit.parts, fit.missing) for fit in db.session.query(Fit)]
    assert len(before) == 1
    secret = {"use_cases": "palabrasecreta, microbasurales"}
    solution(people.startup(), SolutionStatus.DRAFT, **secret)
    challenge(people.city(), ChallengeStatus.DRAFT, title="Palabrasecreta")
    find(thing)
    assert [(fit.score, fit.parts, fit.missing) for fit in db.session.query(Fit)] == before
    assert "alabrasecreta" not in browser(startup).get("/matches/fits").text


def test_a_suspended_startup_is_told_nothing(people, find, browser):
    thing, startup = challenge(people.city()), people.startup()
    offer = solution(startup)
    find(thing)
    startup.organization.status = OrganizationStatus.SUSPENDED
    db.session.commit()
    tab = browser(startup)
    for address in ("/matches/fits", f"/solutions/{offer.public_id}", "/work"):
        assert thing.title not in tab.get(address).text
    find(thing)
    assert _fits() == []


def test_public_goods_have_no_startup_to_tell(people, find):
    thing = challenge(people.city())
    solution(None)
    find(thing)
    assert _fits() == []
    assert db.session.query(Match).count() == 1


def test_what_was_applied_for_says_so(people, find, browser):
    thing, startup = challenge(people.city()), people.startup()
    offer = solution(startup)
    submission(thing, offer, SubmissionStatus.DRAFT)
    find(thing)
    assert "You applied" not in browser(startup).get("/matches/fits").text
    other = solution(startup)
    submission(thing, other)
    find(thing)
    page = browser(startup).get(f"/matches/fits?solution={other.public_id}").text
    assert "You applied" in page
    assert page.count("points out of 100") >= 1
    viewer = people.person(startup.organization, Role.VIEWER)
    assert "Edit the solution" not in browser(viewer).get("/matches/fits").text


def test_twice_is_as_once(people, find):
    thing, startup = challenge(people.city()), people.startup()
    for _ in range(3):
        solution(startup)
    find(thing)
    before = {(fit.id, fit.found_at) for fit in db.session.query(Fit)}
    find(thing)
    assert {(fit.id, fit.found_at) for fit in db.session.query(Fit)} == before
    assert len(before) == 3
