"""When something fails inside: a plain page with the number, nothing of the inside, no half act."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.domain.states import MatchStatus
from app.extensions import db
from app.pages import queries
from tests.challenges.build import challenge
from tests.matches.build import match
from tests.solutions.build import solution


def _broken(problem):
    def fail(*_arguments, **_options):
        raise problem

    return fail


LOCKED = OperationalError("SELECT secret", {}, Exception("database is locked"))
FAULTS = [(ZeroDivisionError("secret inside"), 500), (LOCKED, 503)]


@pytest.mark.parametrize(("problem", "status"), FAULTS, ids=["bug", "locked"])
@pytest.mark.parametrize("page_fails", [False, True])
def test_a_failure_is_told_plainly(browser, people, monkeypatch, problem, status, page_fails):
    reader = browser(people.city())
    monkeypatch.setattr(queries, "figures", _broken(problem))
    if page_fails:
        monkeypatch.setattr("app.web.errors.render_template", _broken(LOCKED))
    answer = reader.get("/")
    assert answer.status_code == status
    assert answer.headers["X-Request-ID"] in answer.text or status == 503
    assert "<h1>" in answer.text
    for word in ("secret", "Traceback", "SELECT", "ZeroDivision"):
        assert word not in answer.text
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)


def test_pages_of_a_person_are_kept_by_nobody(browser, people):
    reader = browser(people.city())
    for page in ("/", "/work", "/profile", "/challenges/"):
        headers = reader.get(page).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in headers["Vary"]


def test_a_link_from_elsewhere_does_not_sign_out(browser, people):
    reader = browser(people.city())
    for page in (
        "/tf-validate",
        "/logout",
        "/profile/sign-out-everywhere",
        "/reset/x",
        "/confirm/x",
    ):
        reader.get(page)
    assert reader.get("/profile").status_code == 200


def _statements(reader, page):
    count = [0]

    def note(*_arguments):
        count[0] += 1

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert reader.get(page).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return count[0]


@pytest.mark.parametrize("page", ["/", "/challenges/", "/solutions/", "/organizations/"])
def test_a_longer_list_asks_no_more_of_the_database(browser, people, page):
    def grow(amount):
        for _number in range(amount):
            challenge(people.city())
            solution(people.startup())

    reader = browser(people.coordinator())
    grow(3)
    few = _statements(reader, page)
    grow(9)
    assert _statements(reader, page) == few
    assert few < 25


def test_the_work_of_a_city_asks_no_more_with_more_matches(browser, people):
    city, startup = people.city(), people.startup()
    reader = browser(city)

    def grow(amount):
        for _number in range(amount):
            match(challenge(city), solution(startup), MatchStatus.CONFIRMED)

    grow(2)
    few = _statements(reader, "/work")
    grow(6)
    assert _statements(reader, "/work") == few
