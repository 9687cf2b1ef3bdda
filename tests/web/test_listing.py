"""A list answers every address that somebody may have shared or made up."""

from datetime import timedelta

import pytest

from app.domain.vocabulary import Country, Sector
from app.extensions import db, utcnow
from app.web.listing import PER_PAGE
from tests.challenges.build import challenge


@pytest.fixture
def many(people):
    """More challenges than one page holds."""
    city = people.city()
    made = [challenge(city, title=f"Desafío {number:02}") for number in range(PER_PAGE + 3)]
    for days, thing in enumerate(made):
        thing.published_at = utcnow() - timedelta(days)
    db.session.commit()
    return made


@pytest.mark.parametrize(
    "page", ["0", "-1", "abc", "1.5", "", "9" * 30, "١", "2\x00", "1 OR 1=1", "999999"]
)
def test_a_page_that_does_not_exist_still_answers(browser, many, page):
    answer = browser().get("/challenges/", query_string={"page": page})
    assert answer.status_code == 200
    assert "Desafío" in answer.text


def test_every_row_is_on_exactly_one_page(browser, many):
    pages = [browser().get(f"/challenges/?page={page}").text for page in (1, 2)]
    for thing in many:
        assert sum(thing.public_id in page for page in pages) == 1


@pytest.mark.parametrize(
    "query",
    [
        {"sector": "alchemy"},
        {"sort": "password"},
        {"sort": "title; DROP TABLE challenge"},
        {"unknown": "x"},
        {"sector": ["waste", "alchemy"]},
        {"per_page": "1000000"},
    ],
)
def test_what_the_list_does_not_know_is_ignored(browser, many, query):
    answer = browser().get("/challenges/", query_string=query)
    assert answer.status_code == 200
    assert many[0].public_id in answer.text


@pytest.mark.parametrize("wildcard", ["%", "_", "\\", "100%", "a_b"])
def test_wildcards_are_ordinary_characters(browser, people, wildcard):
    city = people.city()
    found = challenge(city, title=f"Con {wildcard} adentro")
    other = challenge(city, title="Con cualquier cosa: 100, aXb")
    page = browser().get("/challenges/", query_string={"q": wildcard}).text
    assert found.public_id in page
    assert other.public_id not in page


@pytest.mark.parametrize("typed", ["inundacion", "INUNDACIÓN", "  Inundación ", "inundacio\u0301n"])
def test_search_forgives_accents_case_and_spaces(browser, people, typed):
    city = people.city()
    found = challenge(city, title="Inundación en el sur")
    other = challenge(city, title="Baches")
    page = browser().get("/challenges/", query_string={"q": typed}).text
    assert found.public_id in page
    assert other.public_id not in page


@pytest.mark.parametrize("typed", ["'; DROP TABLE challenge;--", "\x00", "x" * 5000, "a " * 900])
def test_no_search_is_a_failure(browser, many, typed):
    assert browser().get("/challenges/", query_string={"q": typed}).status_code == 200


def test_what_was_searched_is_shown_inert(browser, many):
    page = browser().get("/challenges/", query_string={"q": "<script>x</script>"}).text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_facets_narrow_together_and_widen_within(browser, people):
    argentina, brazil = people.city(), people.city(country=Country.BRAZIL)
    waste = challenge(argentina, sector=Sector.WASTE)
    water = challenge(argentina, sector=Sector.WATER)
    abroad = challenge(brazil, sector=Sector.WASTE)
    both = browser().get("/challenges/?sector=waste&sector=water&country=AR").text
    assert waste.public_id in both
    assert water.public_id in both
    assert abroad.public_id not in both


def test_no_filter_shows_what_is_not_published(browser, people):
    secret = challenge(people.city(), status="draft", title="Borrador secreto")
    for query in ({}, {"q": "secreto"}, {"phase": "open"}, {"sort": "title"}):
        page = browser().get("/challenges/", query_string=query).text
        assert secret.public_id not in page


def test_an_unknown_value_of_a_computed_facet_is_ignored(people, browser):
    challenge(people.city(), title="Sigue a la vista")
    reader = browser()
    assert "Sigue a la vista" in reader.get("/challenges/?phase=never").text
    assert "Sigue a la vista" not in reader.get("/challenges/?phase=closed").text
