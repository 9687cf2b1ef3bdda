"""Home, my work and the menus: what each reader is offered, and nothing else."""

from datetime import timedelta

import pytest

from app.domain.states import (
    ChallengeStatus,
    MatchStatus,
    MilestoneStatus,
    PilotStatus,
    ReportStatus,
    SubmissionStatus,
)
from app.domain.vocabulary import Country, Role
from app.extensions import db, utcnow
from app.matches.models import Match
from app.pages.territory import places, tiles
from app.pilots.reports.models import ProgressReport
from app.submissions.models import Submission
from tests.challenges.build import challenge
from tests.pilots import build


def _rows(browser):
    """Return the text of each line of my work."""
    html = browser.get("/work").get_data(as_text=True)
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(row.split()) for row in body.split("</tr>") if "<td" in row]


def test_home_counts_what_is_public_and_hides_the_rest(people, browser):
    city = people.city(subdivision="AR-S")
    challenge(city, title="Un desafío abierto")
    challenge(city, ChallengeStatus.DRAFT, title="Un borrador secreto")
    html = browser().get("/").get_data(as_text=True)
    assert "Un desafío abierto" in html
    assert "secreto" not in html
    assert 'aria-label="Santa Fe: 1"' in html


@pytest.mark.parametrize("path", ["/how-matching-works", "/accessibility", "/privacy", "/healthz"])
def test_plain_pages_answer_everybody(browser, path):
    assert browser().get(path).status_code == 200


def test_my_work_asks_a_visitor_to_sign_in(browser):
    answer = browser().get("/work")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=/work")


def test_a_person_without_organization_is_told_what_to_do(people, browser):
    html = browser(people.person()).get("/work").get_data(as_text=True)
    assert 'href="/organizations/new"' in html


def test_the_coordination_sees_what_is_to_review(people, browser):
    city = people.city()
    waiting = challenge(city, ChallengeStatus.IN_REVIEW, title="Espera revisión")
    challenge(city, ChallengeStatus.DRAFT, title="Todavía no")
    rows = _rows(browser(people.coordinator()))
    assert len(rows) == 1
    assert waiting.public_id in rows[0]
    assert "Review the challenge" in rows[0]


def test_a_city_sees_its_own_drafts_and_not_its_neighbours(people, browser):
    city, neighbour = people.city(), people.city()
    challenge(city, ChallengeStatus.DRAFT, title="Propio")
    challenge(neighbour, ChallengeStatus.DRAFT, title="Ajeno")
    rows = _rows(browser(city))
    assert len(rows) == 1
    assert "Propio" in rows[0]


def test_both_sides_are_asked_to_answer_until_they_did(people, browser):
    city, startup = people.city(), people.startup()
    match = build.confirmed_match(city, startup)
    match.status, match.respond_by = MatchStatus.PROPOSED, utcnow() + timedelta(days=3)
    match.consents.clear()
    match.challenge.status = ChallengeStatus.PUBLISHED
    db.session.commit()
    for person in (city, startup):
        assert any("Accept or decline" in row for row in _rows(browser(person)))
    assert _rows(browser(people.city())) == []
    assert browser(city).post(f"/matches/{match.public_id}/accept").status_code == 302
    assert not any("Accept or decline" in row for row in _rows(browser(city)))
    assert any("Accept or decline" in row for row in _rows(browser(startup)))


def test_the_city_opens_the_pilot_of_a_confirmed_match(people, browser):
    city, startup = people.city(), people.startup()
    match = build.confirmed_match(city, startup)
    assert any("Open the pilot" in row and match.public_id in row for row in _rows(browser(city)))
    assert _rows(browser(startup)) == []


@pytest.mark.parametrize(
    ("status", "words", "startup_too"),
    [
        (PilotStatus.PREPARING, "Prepare the agreement", False),
        (PilotStatus.SIGNING, "Sign the agreement", True),
        (PilotStatus.CLOSING, "Write the closing report", False),
    ],
)
def test_a_pilot_asks_whose_turn_it_is(people, browser, status, words, startup_too):
    city, startup = people.city(), people.startup()
    build.pilot(city, startup, status)
    assert sum(words in row for row in _rows(browser(city))) == 1
    assert sum(words in row for row in _rows(browser(startup))) == int(startup_too)


def test_who_may_only_read_is_asked_for_nothing_and_only_owners_to_sign(people, browser):
    city, startup = people.city(), people.startup()
    build.pilot(city, startup, PilotStatus.SIGNING)
    challenge(city, ChallengeStatus.DRAFT, title="Propio")
    reader = people.person(city.organization, Role.VIEWER)
    editor = people.person(city.organization, Role.EDITOR)
    assert _rows(browser(reader)) == []
    assert ["Sign the agreement" in row for row in _rows(browser(editor))] == [False]
    assert sum("Sign the agreement" in row for row in _rows(browser(city))) == 1


def test_deliveries_and_reports_wait_for_the_city(people, browser):
    city, startup = people.city(), people.startup()
    pilot = build.pilot(city, startup, PilotStatus.RUNNING)
    build.milestone(pilot, status=MilestoneStatus.DELIVERED, title="Entregado")
    today = utcnow().date()
    db.session.add(
        ProgressReport(
            pilot=pilot,
            status=ReportStatus.SUBMITTED,
            period_from=today - timedelta(days=14),
            period_to=today,
        )
    )
    db.session.commit()
    rows = _rows(browser(city))
    assert any("Accept or return the delivered milestone" in row for row in rows)
    assert any("Accept or return the progress report" in row for row in rows)
    assert not any("Accept or return" in row for row in _rows(browser(startup)))


def test_a_draft_submission_is_due_when_its_challenge_closes(people, browser):
    city, startup = people.city(), people.startup()
    thing = challenge(city)
    solution = build.solution(startup)
    draft = Submission(challenge=thing, solution=solution, status=SubmissionStatus.DRAFT)
    db.session.add(draft)
    db.session.commit()
    rows = _rows(browser(startup))
    assert len(rows) == 1
    assert "Send the submission" in rows[0]
    assert db.session.query(Match).count() == 0


@pytest.mark.parametrize("country", list(Country))
def test_each_country_is_drawn_without_two_places_on_one_square(country):
    squares = places(country)
    assert len({(place.col, place.row) for place in squares}) == len(squares)
    assert len({place.iso for place in squares}) == len(squares)
    drawn = tiles(country, {squares[0].iso: 3}, "/?q={name}")
    assert (drawn[0].count, drawn[1].count) == (3, 0)
    assert drawn[0].url == f"/?q={squares[0].name}"


def test_the_menu_offers_only_what_the_reader_may_use(people, browser):
    visitor = browser().get("/").get_data(as_text=True)
    assert 'href="/matches/desk"' not in visitor
    assert 'href="/work"' not in visitor
    coordinator = browser(people.coordinator()).get("/").get_data(as_text=True)
    assert 'href="/matches/desk"' in coordinator
    assert 'href="/work"' in browser(people.city()).get("/").get_data(as_text=True)
