"""Opening an account, confirming the address, signing in and out."""

from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.domain.vocabulary import Language
from app.extensions import db, utcnow
from app.organizations.models import User
from app.organizations.queries import by_email
from tests.organizations.accounts import (
    NEW_PASSWORD,
    is_signed_in,
    register,
    registered,
    sign_in,
    with_password,
)
from tests.organizations.mail import last_link, mails
from tests.people import PASSWORD


def test_a_person_registers_confirms_and_signs_in(app, browser):
    visitor = browser()
    answer = register(visitor, "ana@test.example")
    assert (answer.status_code, answer.location) == (302, "/check-mail")
    ana = by_email("ana@test.example")
    assert (ana.name, ana.language, ana.confirmed_at) == ("Ana Prueba", Language.SPANISH, None)
    assert ana.password.startswith("$argon2id$")
    assert sign_in(visitor, "ana@test.example").status_code == 422
    assert not is_signed_in(visitor)
    assert visitor.get(last_link("ana@test.example")).location == "/login"
    db.session.refresh(ana)
    assert ana.confirmed_at is not None
    answer = sign_in(visitor, "ana@test.example")
    assert (answer.status_code, answer.location) == (302, "/welcome")
    assert visitor.get("/welcome").location == "/organizations/new"
    assert is_signed_in(visitor)
    acts = [entry.action for entry in entries_for(ana)]
    assert acts == ["register", "confirm_email"]


def test_two_who_register_one_address_at_once_read_the_same(app, browser, monkeypatch):
    datastore = app.extensions["security"].datastore
    register(browser(), "ana@test.example")
    found, looks = datastore.find_user, iter([True])

    def before_the_other_commits(*arguments, **options):
        return None if next(looks, False) else found(*arguments, **options)

    monkeypatch.setattr(datastore, "find_user", before_the_other_commits)
    answer = register(browser(), "ana@test.example", name="Otra Ana")
    assert (answer.status_code, answer.location) == (302, "/check-mail")
    assert next(looks, None) is None
    assert db.session.query(User).one().name == "Ana Prueba"
    subjects = [mail.subject for mail in mails("ana@test.example")]
    assert len(subjects) == 2
    assert subjects[0] != subjects[1]


def test_only_who_knew_the_password_reads_that_the_address_is_unconfirmed(app, browser):
    visitor = browser()
    register(visitor, "ana@test.example")
    right = sign_in(visitor, "ana@test.example")
    assert "Confirm your e-mail address first." in right.text
    wrong = sign_in(visitor, "ana@test.example", "not the password")
    assert "Confirm your e-mail address first." not in wrong.text
    assert "The e-mail address or the password is not right." in wrong.text


def test_the_confirmation_link_counts_once_and_for_two_days(app, browser):
    visitor = browser()
    register(visitor, "ana@test.example")
    link = last_link("ana@test.example")
    with time_machine.travel(utcnow() + timedelta(days=2, minutes=1)):
        assert browser().get(link).location == "/confirm"
    assert by_email("ana@test.example").confirmed_at is None
    visitor.get(link)
    first = by_email("ana@test.example").confirmed_at
    assert first is not None
    again = visitor.get(link, follow_redirects=True)
    assert "already been confirmed" in again.text
    assert by_email("ana@test.example").confirmed_at == first


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t[:-3] + "AAA", lambda t: "x" + t])
def test_a_confirmation_link_that_was_tampered_with_confirms_nothing(app, browser, change):
    visitor = browser()
    register(visitor, "ana@test.example")
    assert visitor.get(change(last_link("ana@test.example"))).status_code in (302, 404)
    assert by_email("ana@test.example").confirmed_at is None


def test_a_link_for_one_purpose_does_not_serve_another(app, people, browser):
    ana = with_password(people)
    visitor = browser()
    visitor.post("/reset", {"email": ana.email})
    token = last_link(ana.email).removeprefix("/reset/")
    ana.confirmed_at = None
    db.session.commit()
    visitor.get(f"/confirm/{token}")
    db.session.refresh(ana)
    assert ana.confirmed_at is None


def test_a_reset_link_counts_once_and_ends_every_session(people, browser):
    ana = with_password(people)
    elsewhere, visitor = browser(), browser()
    sign_in(elsewhere, ana.email)
    assert is_signed_in(elsewhere)
    visitor.post("/reset", {"email": ana.email})
    link = last_link(ana.email)
    fields = {"password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD}
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, fields).location == "/login"
    assert not is_signed_in(elsewhere)
    other = {"password": PASSWORD, "password_confirm": PASSWORD}
    assert visitor.post(link, other).location == "/reset"
    assert sign_in(visitor, ana.email).status_code == 422
    assert sign_in(visitor, ana.email, NEW_PASSWORD).status_code == 302
    assert mails(ana.email)[-1].subject == "Your password on Puente was changed"


def test_a_reset_link_expires_after_a_day_and_dies_with_a_new_password(people, browser):
    ana = with_password(people)
    visitor, signed_in = browser(), browser()
    visitor.post("/reset", {"email": ana.email})
    link = last_link(ana.email)
    with time_machine.travel(utcnow() + timedelta(days=1, minutes=1)):
        assert browser().get(link).location == "/reset"
    sign_in(signed_in, ana.email)
    signed_in.post(
        "/change",
        {
            "password": PASSWORD,
            "new_password": NEW_PASSWORD,
            "new_password_confirm": NEW_PASSWORD,
        },
    )
    assert visitor.get(link).location == "/reset"


def test_changing_the_password_keeps_this_session_and_ends_the_others(people, browser):
    ana = with_password(people)
    here, there = browser(), browser()
    sign_in(here, ana.email)
    sign_in(there, ana.email, remember="y")
    fields = {"new_password": NEW_PASSWORD, "new_password_confirm": NEW_PASSWORD}
    wrong = here.post("/change", {"password": "not the password", **fields})
    assert wrong.status_code == 422
    assert here.post("/change", {"password": PASSWORD, **fields}).location == "/profile"
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert [entry.action for entry in entries_for(ana)] == ["change_password"]


def test_signing_out_everywhere_ends_this_session_too(people, browser):
    ana = with_password(people)
    here, there = browser(), browser()
    sign_in(here, ana.email)
    sign_in(there, ana.email)
    assert here.post("/profile/sign-out-everywhere").location == "/login"
    assert not is_signed_in(here)
    assert not is_signed_in(there)


def test_signing_out_needs_a_post_with_a_token(people, browser):
    ana = with_password(people)
    here = browser()
    sign_in(here, ana.email)
    assert here.get("/logout").status_code == 405
    assert here.post("/logout", {"csrf_token": "wrong"}).status_code == 400
    assert is_signed_in(here)
    assert here.post("/logout").location == "/"
    assert not is_signed_in(here)


def test_signing_in_needs_a_token_of_this_session(people, browser):
    ana = with_password(people)
    assert sign_in(browser(), ana.email, csrf_token=browser().token()).status_code == 400


def test_remember_me_survives_the_end_of_the_browser(people, browser):
    ana = with_password(people)
    for remember, stays in (("y", True), ("", False)):
        here = browser()
        sign_in(here, ana.email, **({"remember": remember} if remember else {}))
        here.client.delete_cookie("session")
        assert is_signed_in(here) is stays


def test_the_address_changes_once_the_new_one_is_confirmed(people, browser):
    ana = with_password(people)
    old = ana.email
    here = browser()
    sign_in(here, old)
    assert here.post("/change-email", {"email": "New@Test.Example"}).status_code == 200
    link = last_link("new@test.example")
    assert by_email(old) is not None
    assert here.get(link).location == "/profile"
    db.session.refresh(ana)
    assert ana.email == "new@test.example"
    assert mails(old)[-1].subject == "The address of your account on Puente was changed"
    assert here.get(link).location == "/change-email"
    assert [entry.action for entry in entries_for(ana)] == ["change_email"]


def test_the_address_of_another_cannot_be_taken(people, browser):
    ana, other = with_password(people), with_password(people)
    here = browser()
    sign_in(here, ana.email)
    known = here.post("/change-email", {"email": other.email})
    unknown = here.post("/change-email", {"email": "nobody@test.example"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(other.email, "X") == unknown.text.replace("nobody@test.example", "X")
    assert mails(other.email) == []


@pytest.mark.parametrize(
    "variant", ["ANA@test.example", " ana@TEST.example ", "ana@ｔest.example", "Ana@Test.Example"]
)
def test_variants_of_an_address_are_one_account(app, browser, variant):
    registered(browser(), "ana@test.example")
    here = browser()
    register(here, variant)
    assert db.session.query(User).count() == 1
    assert sign_in(here, variant).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "ａna@test.example",
        "ana\u200b@test.example",
        "ána@test.example",
        '"a b"@test.example',
        "ana@test",
        "ana",
        "",
        "a" * 300 + "@test.example",
        "ana@test.example\x00",
    ],
)
def test_what_is_no_plain_address_opens_no_account(app, browser, address):
    assert register(browser(), address).status_code == 422
    assert db.session.query(User).count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "too short"),
        ("password", "x" * 201),
        ("password", ""),
        ("name", "Win at http://evil.example"),
        ("name", "www.evil.example"),
        ("name", ""),
        ("name", "a\x00b"),
        ("language", "fr"),
    ],
)
def test_bad_values_are_refused_and_what_was_typed_stays(app, browser, field, value):
    answer = register(browser(), "ana@test.example", **{field: value})
    assert answer.status_code == 422
    assert "ana@test.example" in answer.text
    assert "Error:" in answer.text
    assert db.session.query(User).count() == 0


def test_nobody_registers_with_more_than_the_form_offers(app, browser):
    register(
        browser(), "ana@test.example", active="", confirmed_at="2026-01-01", fs_uniquifier="mine"
    )
    ana = by_email("ana@test.example")
    assert (ana.confirmed_at, ana.active, ana.membership) == (None, True, None)
    assert ana.fs_uniquifier != "mine"


def test_the_mail_to_an_unconfirmed_address_quotes_nothing_that_was_typed(app, browser):
    register(browser(), "victim@test.example", name="Buy gold now")
    assert "gold" not in mails("victim@test.example")[0].text


def test_links_in_mails_do_not_follow_the_host_header(people, browser):
    ana = with_password(people)
    visitor = browser()
    token = visitor.token()
    visitor.post(
        "/reset", {"email": ana.email, "csrf_token": token}, headers={"Host": "evil.example"}
    )
    for mail in mails():
        assert "evil.example" not in mail.text


def test_the_pages_after_signing_in_speak_the_language_of_the_account(people, browser):
    ana = with_password(people, language=Language.PORTUGUESE)
    for chosen, expected in ((None, 'lang="pt"'), ("es", 'lang="es"')):
        here = browser(lang=chosen)
        sign_in(here, ana.email)
        assert f"<html {expected}>" in here.get("/profile").text


def test_a_closed_account_cannot_sign_in(people, browser):
    ana = with_password(people, active=False)
    here = browser()
    assert sign_in(here, ana.email).status_code == 422
    assert not is_signed_in(here)


def test_who_belongs_to_an_organization_starts_with_their_work(people, browser):
    ana = with_password(people, people.city())
    here = browser()
    assert sign_in(here, ana.email).location == "/welcome"
    assert here.get("/welcome", follow_redirects=True).request.path == "/work"
