"""Who somebody is, asked anew with each request: nothing outlives what took a right away."""

import re

import pytest

from app.domain.states import OrganizationStatus
from app.domain.vocabulary import Role
from app.extensions import db, limiter
from app.factory import create_app
from app.organizations.models import Invitation
from config import load_settings
from tests.challenges.build import challenge
from tests.conftest import Browser
from tests.organizations.accounts import is_signed_in, sign_in, with_password
from tests.organizations.mail import last_link
from tests.people import PASSWORD
from tests.web.test_forms import draft


def _session(reader):
    return reader.client.get_cookie("session")


def test_a_session_from_before_signing_in_stays_a_visitors(people, browser):
    ana = with_password(people)
    here, planted = browser(), browser()
    here.get("/login")
    before = _session(here).value
    assert sign_in(here, ana.email).status_code == 302
    assert is_signed_in(here)
    assert _session(here).value != before
    planted.client.set_cookie("session", before)
    assert not is_signed_in(planted)


def test_who_becomes_a_reader_writes_no_more(people, browser):
    owner = people.city()
    editor = people.person(owner.organization, Role.EDITOR)
    here = browser(editor)
    assert here.post("/challenges/new", draft("Baches en el barrio")).status_code == 302
    address = f"/organizations/{owner.organization.slug}/people/{editor.membership.id}/role"
    assert browser(owner).post(address, {"role": "viewer"}).status_code == 302
    assert here.post("/challenges/new", draft("Otra cosa")).status_code == 403
    assert here.get("/work").status_code == 200


def test_an_account_that_is_switched_off_is_out_at_once(people, browser):
    city = people.city()
    thing = challenge(city, title="Nadie más lo lee")
    here = browser(city)
    assert is_signed_in(here)
    city.active = False
    db.session.commit()
    assert not is_signed_in(here)
    answer = here.post(f"/challenges/{thing.public_id}/acts/cancel", {"reason": "x"})
    assert answer.status_code in (401, 403)
    assert thing.title not in here.get("/work", follow_redirects=True).text
    with_password(people, city)
    assert sign_in(browser(), city.email).status_code == 422


@pytest.mark.parametrize("status", [OrganizationStatus.SUSPENDED, OrganizationStatus.REFUSED])
def test_an_invitation_of_an_organization_that_was_halted_lets_nobody_in(people, browser, status):
    owner, bea = people.city(), people.person(email="bea@test.example")
    invite = f"/organizations/{owner.organization.slug}/people/invite"
    assert browser(owner).post(invite, {"email": bea.email, "role": "owner"}).status_code == 302
    link = last_link(bea.email)
    key = db.session.query(Invitation).one().id
    owner.organization.status = status
    db.session.commit()
    here = browser(bea)
    for answer in (here.get(link), here.post(link), here.post(f"/profile/invitations/{key}")):
        assert answer.status_code == 404
    assert f"/profile/invitations/{key}" not in here.get("/profile").text
    db.session.refresh(bea)
    assert bea.membership is None
    owner.organization.status = OrganizationStatus.VERIFIED
    db.session.commit()
    assert here.post(link).status_code == 302


@pytest.fixture
def production(tmp_path, people, settings, monkeypatch):
    """A platform as it runs for everybody, on the database of the tests."""
    monkeypatch.setattr(limiter, "enabled", limiter.enabled)
    values = {
        "SECRET_KEY": "s" * 40,
        "MAIL_SERVER": "smtp.example",
        "BASE_URL": "https://puente.example",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": settings.database_url,
    }
    made = create_app(load_settings(values))
    limiter.enabled = False
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def test_cookies_travel_over_https_only_and_no_script_reads_them(production, people):
    ana, client = with_password(people), production.test_client()
    options = {
        "base_url": "https://puente.example",
        "headers": {"Referer": "https://puente.example/"},
    }
    page = Browser._send(client.get, "/login", **options).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    fields = {"email": ana.email, "password": PASSWORD, "remember": "y", "csrf_token": token}
    answer = Browser._send(client.post, "/login", data=fields, **options)
    assert answer.status_code == 302
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"session", "remember_token"}
    for cookie in cookies:
        parts = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)
