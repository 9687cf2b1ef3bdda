"""Nobody learns of a draft, nor a startup of its competitors: each test has something to leak."""

import pytest

from app.domain.states import SubmissionStatus
from app.submissions import queries
from tests.challenges.build import challenge
from tests.solutions.build import solution
from tests.submissions.build import submission

S = SubmissionStatus
SECRET = "Nuestro secreto industrial"


def _pages(browser, thing, city_challenge):
    return [
        browser.get(f"/submissions/{thing.public_id}"),
        browser.get(f"/submissions/{thing.public_id}/edit"),
        browser.get(f"/submissions/{thing.public_id}/receipt"),
        browser.post(f"/submissions/{thing.public_id}/acts/shortlist"),
        browser.post(f"/submissions/{thing.public_id}/acts/withdraw"),
        browser.get(f"/challenges/{city_challenge.public_id}/submissions"),
        browser.get(f"/challenges/{city_challenge.public_id}"),
        browser.get(f"/solutions/{thing.solution.public_id}"),
        browser.get("/submissions/"),
    ]


@pytest.mark.parametrize("status", [S.DRAFT, S.WITHDRAWN])
def test_neither_the_city_nor_the_coordination_sees_what_is_not_sent(people, browser, status):
    city = people.city()
    asked = challenge(city)
    thing = submission(asked, solution(people.startup(), title="Rutas"), status, approach=SECRET)
    for reader in (city, people.coordinator(), people.city(), people.startup()):
        answers = _pages(browser(reader), thing, asked)
        assert [answer.status_code for answer in answers[:5]] == [404] * 5
        for answer in answers:
            assert SECRET not in answer.text
            assert "1 startup has applied" not in answer.text
        assert "Compare the submissions" not in answers[6].text
    assert "No startup has applied yet" in browser(city).get(f"/challenges/{asked.public_id}").text


def test_a_competitor_a_neighbour_and_a_visitor_learn_nothing_of_what_was_sent(people, browser):
    city = people.city()
    asked = challenge(city)
    thing = submission(asked, solution(people.startup(), title="Rutas"), approach=SECRET)
    for reader in (people.startup(), people.city(), None):
        answers = _pages(browser(reader), thing, asked)
        for answer in answers:
            assert SECRET not in answer.text
            assert "startup has applied" not in answer.text
            assert "have arrived" not in answer.text
        assert all(answer.status_code in (302, 401, 404) for answer in answers[:5])
        assert answers[5].status_code in (302, 403)


def test_the_city_and_the_coordination_compare_what_was_sent(people, browser):
    city = people.city()
    asked = challenge(city)
    one = submission(asked, solution(people.startup(name="Rutaviva"), title="Rutas"))
    two = submission(asked, solution(people.startup(name="Ecolog"), title="Sensores", trl=4))
    submission(asked, solution(people.startup(name="Callada"), title="Oculta"), S.DRAFT)
    for reader in (city, people.coordinator()):
        shown = browser(reader)
        assert "2 submissions have arrived" in shown.get(f"/challenges/{asked.public_id}").text
        table = shown.get(f"/challenges/{asked.public_id}/submissions").text
        for words in ("Rutaviva", "Ecolog", "Sensores", "TRL 4", "Spanish, Portuguese"):
            assert words in table
        assert "Oculta" not in table
        assert table.index(one.public_id) < table.index(two.public_id)


def test_a_startup_finds_its_own_in_its_list_and_on_the_challenge(people, browser):
    city, startup = people.city(), people.startup()
    asked = challenge(city)
    own = submission(asked, solution(startup), S.DRAFT)
    other = submission(asked, solution(people.startup()))
    listed = browser(startup).get("/submissions/").text
    assert own.public_id in listed
    assert other.public_id not in listed
    page = browser(startup).get(f"/challenges/{asked.public_id}").text
    assert own.public_id in page
    assert other.public_id not in page


def test_people_are_not_named_across_the_table(people, browser):
    city, startup = people.city(), people.startup()
    thing = submission(challenge(city), solution(startup), S.DRAFT)
    browser(startup).post(f"/submissions/{thing.public_id}/acts/submit")
    page = browser(city).get(f"/submissions/{thing.public_id}").text
    assert startup.organization.name in page
    assert startup.name not in page


def test_standing_pairs_are_those_still_in_the_race(people):
    asked = challenge(people.city())
    standing = {S.SUBMITTED, S.SHORTLISTED, S.ALTERNATE}
    expected = set()
    for status in S:
        offered = solution(people.startup())
        submission(asked, offered, status)
        expected |= {offered.id} if status in standing else set()
    assert queries.standing_pairs(asked.id) == expected


def test_the_way_to_its_submissions_is_on_a_startups_page_for_its_people_only(people, browser):
    startup = people.startup()
    submission(challenge(people.city()), solution(startup), S.DRAFT)
    address = f"/organizations/{startup.organization.slug}"
    assert "1 submission, drafts included" in browser(startup).get(address).text
    for reader in (None, people.startup(), people.city(), people.coordinator()):
        assert "drafts included" not in browser(reader).get(address).text
