"""Headers, error pages, languages, and forms that were open for too long."""

import re

import pytest

from app.challenges.models import Challenge
from app.extensions import db
from app.factory import create_app
from app.web.access import public
from app.web.language import LOCALES
from tests.web.test_forms import draft

LANGUAGES = sorted(LOCALES)


def test_nothing_from_elsewhere_and_nothing_inline(browser):
    answer = browser().get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", answer.text)
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:|<style", answer.text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", answer.text.replace("w3.org", ""))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_every_answer_carries_the_headers(browser, name, value):
    for address in ("/", "/nothing-here", "/challenges/"):
        assert browser().get(address).headers[name] == value


def test_what_a_person_sees_is_not_kept_by_others(browser, people):
    assert "no-store" in browser(people.city()).get("/").headers["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts(browser):
    cookie = browser().get("/?lang=pt").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_each_answer_has_a_number_and_keeps_a_sound_one(browser):
    assert re.fullmatch("[0-9a-f]{32}", browser().get("/").headers["X-Request-ID"])
    kept = browser().get("/", headers={"X-Request-ID": "from-the-proxy-1"})
    assert kept.headers["X-Request-ID"] == "from-the-proxy-1"
    replaced = browser().get("/", headers={"X-Request-ID": "evil id <script>"})
    assert re.fullmatch("[0-9a-f]{32}", replaced.headers["X-Request-ID"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_page_speaks_the_readers_language(browser, language):
    answer = browser().get(f"/nothing-here?lang={language}")
    assert answer.status_code == 404
    assert f'<html lang="{language}' in answer.text


def test_the_error_pages_differ_by_language(browser):
    titles = {
        re.search(r"<h1[^>]*>(.*?)</h1>", browser().get(f"/x?lang={code}").text, re.S)[1].strip()
        for code in LANGUAGES
    }
    assert len(titles) == len(LANGUAGES)


def test_a_failure_tells_its_number_and_nothing_else(settings):
    app = create_app(settings)
    app.testing = False

    @public
    def fail():
        raise ZeroDivisionError("the secret of the database")

    app.add_url_rule("/fail", "fail", fail)
    answer = app.test_client().get("/fail?lang=en")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_the_language_is_remembered(browser):
    reader = browser(lang="es")
    assert '<html lang="pt' in reader.get("/?lang=pt").text
    assert '<html lang="pt' in reader.get("/challenges/").text
    assert '<html lang="en' in reader.get("/?lang=en").text
    assert '<html lang="en' in reader.get("/?lang=klingon").text


def test_a_first_visit_is_in_spanish_whatever_the_browser_asks_for(app):
    answer = app.test_client().get("/", headers={"Accept-Language": "de,en;q=0.9"})
    assert '<html lang="es' in answer.text


def test_a_person_reads_their_own_language(app, people, browser):
    reader = browser(people.city())
    with reader.client.session_transaction() as session:
        session.pop("lang")
    assert '<html lang="en' in reader.get("/").text


TYPED = draft("Lo que escribí durante una hora", problem="Muy largo y <pensado>")


def test_an_expired_form_gives_back_what_was_typed(people, browser):
    answer = browser(people.city()).post(
        "/challenges/new",
        {**TYPED, "csrf_token": "old", "password": "hunter2"},
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 400
    assert "Lo que escribí durante una hora" in answer.text
    assert "Muy largo y &lt;pensado&gt;" in answer.text
    assert "hunter2" not in answer.text
    assert db.session.query(Challenge).count() == 0


def _facts(page):
    return [
        (re.sub(r"\s+", " ", name).strip(), re.sub(r"<[^>]+>", "", text).strip())
        for name, text in re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.S)
    ]


def test_what_is_given_back_is_called_as_in_the_form(people, browser):
    typed = {**TYPED, "criteria-0-name": "Reclamos", "criteria-0-unit": "por mes", "version": "7"}
    reader = browser(people.city(), lang="en")
    page = reader.post(
        "/challenges/new", {**typed, "csrf_token": "old"}, headers={"Origin": "http://localhost"}
    ).text
    form = reader.get("/challenges/new").text
    facts = _facts(page)
    assert ("Title", TYPED["title"]) in facts
    assert [text for _, text in facts if text == "Reclamos"] == ["Reclamos"]
    assert all(f"{label}<" in form or f"{label} <" in form for label, _ in facts)
    # What was chosen from a list is sent again, and needs no words of the program on the page.
    shown = " ".join(f"{label} {text}" for label, text in facts)
    for technical in ("pilot_weeks", "sector", "mobility", "criteria", "version", "lang"):
        assert technical not in shown
    assert 'name="sector" value="mobility"' in page


def test_a_reason_is_given_back_without_the_words_of_the_program(people, browser):
    typed = {"reason": "Falta el presupuesto del barrio", "reason_code": "off_topic"}
    page = (
        browser(people.coordinator())
        .post(
            "/matches/2wyf3jbt733z/acts/dismiss",
            {**typed, "csrf_token": "old"},
            headers={"Origin": "http://localhost"},
        )
        .text
    )
    shown = re.sub(r"<[^>]+>", " ", page)
    assert "Falta el presupuesto del barrio" in shown
    assert "off_topic" not in shown
    assert 'name="reason_code" value="off_topic"' in page


def test_what_was_given_back_can_be_sent_again(people, browser):
    reader = browser(people.city())
    page = reader.post(
        "/challenges/new", {**TYPED, "csrf_token": "old"}, headers={"Origin": "http://localhost"}
    ).text
    form = page[page.index('<form method="post" action="/challenges/new') :]
    names = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    answer = reader.post("/challenges/new", {k: v.replace("&#39;", "'") for k, v in names})
    assert answer.status_code == 302
    assert db.session.query(Challenge).one().title == TYPED["title"]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}, {"Referer": "http://evil/x"}],
)
def test_a_form_from_elsewhere_is_not_offered_again(people, browser, headers):
    answer = browser(people.city()).post(
        "/challenges/new", {**TYPED, "csrf_token": "old"}, headers=headers
    )
    assert answer.status_code == 400
    assert "Lo que escribí" not in answer.text


def test_an_ended_session_asks_to_sign_in_and_keeps_the_text(browser):
    reader = browser()
    assert reader.get("/challenges/new").status_code == 302
    answer = reader.post("/challenges/new", TYPED, headers={"Origin": "http://localhost"})
    assert answer.status_code == 401
    assert "Lo que escribí durante una hora" in answer.text
