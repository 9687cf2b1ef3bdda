"""What people type, cleaned and refused the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.challenges.models import Challenge
from app.extensions import db
from app.web.forms import clean_text

REFUSED = {
    "nul": "Bac\x00hes",
    "escape": "Bac\x1bhes",
    "right-to-left override": "Bac\u202ehes",
    "isolate": "Bac\u2066hes",
    "private use": "Bac\ue000hes",
    "only zero width": "\u200b\u200d\ufeff",
    "only spaces": " \t ",
    "nothing": "",
    "too long": "x" * 121,
    "too long after composing": "é" * 121,
}
KEPT = {
    "accents composed": ("Inundacio\u0301n", "Inundación"),
    "spaces around": ("  Baches  ", "Baches"),
    "longest": ("x" * 120, "x" * 120),
    "longest once composed": ("e\u0301" * 120, "é" * 120),
    "emoji with a joiner": ("👩\u200d🔧 Baches", "👩\u200d🔧 Baches"),
    "markup": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "template": ("{{ 7919 * 6607 }}", "{{ 7919 * 6607 }}"),
    "quotes": ("Robert'); DROP TABLE user;--", "Robert'); DROP TABLE user;--"),
}


def draft(title: str, **more) -> dict:
    return {"lang": "es", "title": title, "sector": "mobility", "pilot_weeks": "16", **more}


@pytest.mark.parametrize("title", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_or_shown_is_refused(people, browser, title):
    answer = browser(people.city()).post("/challenges/new", draft(title))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert db.session.query(Challenge).count() == 0


@pytest.mark.parametrize(("typed", "kept"), KEPT.values(), ids=KEPT)
def test_what_is_kept_is_kept_as_meant_and_shown_inert(people, browser, typed, kept):
    reader = browser(people.city())
    answer = reader.post("/challenges/new", draft(typed))
    assert answer.status_code == 302
    assert db.session.query(Challenge).one().title == kept
    page = reader.get(answer.location).text
    assert "<script>alert" not in page
    # A product that nothing else on the page can spell, as an hour can spell a small one.
    assert "52320833" not in page


def test_one_kind_of_line_end(people, browser):
    browser(people.city()).post("/challenges/new", draft("Baches", problem="uno\r\ndos\rtres\n"))
    assert db.session.query(Challenge).one().problem == "uno\ndos\ntres"


@pytest.mark.parametrize("weeks", ["3", "53", "-1", "1e3", "dieciséis", "9" * 30, "", "16.5"])
def test_a_whole_number_stays_in_its_bounds(people, browser, weeks):
    answer = browser(people.city()).post("/challenges/new", draft("Baches", pilot_weeks=weeks))
    assert answer.status_code == 422


@pytest.mark.parametrize("size", ["NaN", "Infinity", "1e400", "-1", "10" * 20, "doce"])
def test_a_number_is_finite_and_in_its_bounds(people, browser, size):
    answer = browser(people.city()).post("/challenges/new", draft("Baches", size_value=size))
    assert answer.status_code == 422
    assert db.session.query(Challenge).count() == 0


@pytest.mark.parametrize("sector", ["alchemy", "", "MOBILITY", "mobility\x00"])
def test_a_closed_list_stays_closed(people, browser, sector):
    fields = draft("Baches") | {"sector": sector}
    assert browser(people.city()).post("/challenges/new", fields).status_code == 422


def test_what_a_form_does_not_ask_for_is_not_taken(people, browser):
    city, other = people.city(), people.city()
    smuggled = {
        "status": "published",
        "id": "77",
        "public_id": "2" * 12,
        "organization_id": str(other.organization.id),
        "version": "9",
    }
    assert browser(city).post("/challenges/new", draft("Baches", **smuggled)).status_code == 302
    thing = db.session.query(Challenge).one()
    assert (thing.status, thing.organization_id, thing.version) == (
        "draft",
        city.organization.id,
        1,
    )
    assert thing.id != 77
    assert thing.public_id != "2" * 12


def test_what_was_typed_comes_back_with_the_error(people, browser):
    typed = draft("", problem="Cuarenta puntos <cada> semana", affected="Barrios del sur")
    answer = browser(people.city()).post("/challenges/new", typed)
    assert answer.status_code == 422
    assert "Cuarenta puntos &lt;cada&gt; semana" in answer.text
    assert "Barrios del sur" in answer.text


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert "\r" not in once
    assert once == once.strip()


def test_nothing_is_empty_text():
    assert clean_text(None) == ""
