"""Invitations: whom they reach, who may accept them, once."""

from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.domain.vocabulary import Language, Role
from app.extensions import db, utcnow
from app.organizations import invitations as service
from app.organizations.models import Invitation, Membership, User
from app.organizations.queries import by_email
from tests.organizations.accounts import is_signed_in, sign_in
from tests.organizations.at_once import at_once
from tests.organizations.mail import last_link, mails
from tests.people import PASSWORD

EMAIL = "bea@test.example"
JOIN = {"name": "Bea Prueba", "password": PASSWORD, "language": "pt"}


def _url(organization, *parts):
    return "/".join(["/organizations", organization.slug, *map(str, parts)])


def invite(browser, inviter, email=EMAIL, role="editor", organization=None):
    """Send an invitation through the page and return the link in its mail."""
    organization = organization or inviter.organization
    answer = browser(inviter).post(
        _url(organization, "people/invite"), {"email": email, "role": role}
    )
    assert answer.status_code == 302, answer.text
    return last_link(email.lower())


def test_who_has_no_account_opens_one_through_the_invitation(people, browser):
    owner = people.city()
    link = invite(browser, owner)
    visitor = browser()
    page = visitor.get(link)
    assert page.status_code == 200
    assert owner.organization.name in page.text
    answer = visitor.post(link, JOIN)
    assert answer.location == _url(owner.organization)
    bea = by_email(EMAIL)
    assert (bea.name, bea.language, bea.membership.role) == (
        "Bea Prueba",
        Language.PORTUGUESE,
        Role.EDITOR,
    )
    assert bea.confirmed_at is not None
    assert is_signed_in(visitor)
    assert sign_in(browser(), EMAIL).status_code == 302
    assert [(e.action, e.actor_id) for e in entries_for(owner.organization)] == [
        ("invite", owner.id),
        ("join", bea.id),
    ]


def test_who_has_an_account_signs_in_and_accepts(people, browser):
    owner, bea = people.city(), people.person(email=EMAIL)
    link = invite(browser, owner, role="owner")
    visitor = browser()
    assert f"/login?next={link}" in visitor.get(link).text
    assert visitor.post(link, JOIN).status_code == 409
    here = browser(bea)
    assert "Accept the invitation" in here.get(link).text
    assert here.post(link).location == _url(owner.organization)
    assert bea.membership.role is Role.OWNER


def test_ones_own_invitations_are_offered_and_accepted_without_the_link(people, browser):
    owner, bea, other = people.city(), people.person(email=EMAIL), people.person()
    invite(browser, owner)
    key = db.session.query(Invitation).one().id
    assert f"/profile/invitations/{key}" in browser(bea).get("/organizations/new").text
    assert f"/profile/invitations/{key}" not in browser(other).get("/profile").text
    assert browser(other).post(f"/profile/invitations/{key}").status_code == 404
    assert other.membership is None
    assert browser(bea).post(f"/profile/invitations/{key}").status_code == 302
    assert bea.membership.organization_id == owner.organization.id


def test_another_address_cannot_accept(people, browser):
    owner, other = people.city(), people.person()
    link = invite(browser, owner)
    page = browser(other).get(link)
    assert "the invitation is for bea@test.example" in page.text
    assert browser(other).post(link).status_code == 409
    assert other.membership is None
    assert db.session.query(Invitation).one().accepted_at is None


def test_an_unconfirmed_address_is_nobodys_yet(people, browser):
    owner, bea = people.city(), people.person(email=EMAIL, confirmed_at=None)
    link = invite(browser, owner)
    assert browser(bea).post(link).status_code == 409
    assert bea.membership is None


def test_the_address_of_an_invitation_is_not_in_the_form(people, browser):
    link = invite(browser, people.city())
    browser().post(link, {**JOIN, "email": "mallory@test.example", "role": "owner"})
    assert by_email("mallory@test.example") is None
    assert by_email(EMAIL).membership.role is Role.EDITOR


def test_who_belongs_elsewhere_leaves_first(people, browser):
    owner, elsewhere = people.city(), people.startup()
    elsewhere.email = EMAIL
    link = invite(browser, owner)
    before = elsewhere.organization.id
    assert browser(elsewhere).post(link).status_code == 409
    assert elsewhere.membership.organization_id == before


def test_an_invitation_counts_once(people, browser):
    owner = people.city()
    link = invite(browser, owner)
    visitor = browser()
    visitor.post(link, JOIN)
    assert browser().get(link).status_code == 404
    assert visitor.post(link).status_code == 404
    assert browser().post(link, {**JOIN, "password": "a stranger's password"}).status_code == 404
    assert sign_in(browser(), EMAIL).status_code == 302
    assert db.session.query(Membership).count() == 2


def test_it_is_valid_for_two_weeks(people, browser):
    link = invite(browser, people.city())
    with time_machine.travel(utcnow() + timedelta(days=14, minutes=1)):
        assert browser().get(link).status_code == 404
        assert browser().post(link, JOIN).status_code == 404
    assert by_email(EMAIL) is None
    with time_machine.travel(utcnow() + timedelta(days=13, hours=23)):
        assert browser().get(link).status_code == 200


def test_one_that_was_taken_back_opens_nothing(people, browser):
    owner = people.city()
    link = invite(browser, owner)
    key = db.session.query(Invitation).one().id
    assert browser(owner).post(_url(owner.organization, "invitations", key, "revoke"))
    assert browser().get(link).status_code == 404
    assert browser().post(link, JOIN).status_code == 404
    assert by_email(EMAIL) is None
    again = browser(owner).post(_url(owner.organization, "invitations", key, "revoke"))
    assert again.status_code == 409
    acts = [entry.action for entry in entries_for(owner.organization)]
    assert acts == ["invite", "revoke_invitation"]


def test_sending_it_again_replaces_the_link_and_renews_the_term(people, browser):
    owner = people.city()
    old = invite(browser, owner)
    invitation = db.session.query(Invitation).one()
    invitation.expires_at = utcnow() - timedelta(days=1)
    url = _url(owner.organization, "invitations", invitation.id, "resend")
    assert browser(owner).post(url).status_code == 302
    new = last_link(EMAIL)
    assert new != old
    assert browser().get(old).status_code == 404
    assert browser().get(new).status_code == 200
    browser().post(new, JOIN)
    assert browser(owner).post(url).status_code == 409
    assert len(mails(EMAIL)) == 2


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.upper()])
def test_a_link_that_was_tampered_with_opens_nothing(people, browser, change):
    link = invite(browser, people.city())
    token = link.removeprefix("/invitations/")
    assert browser().get(f"/invitations/{change(token)}").status_code == 404


def test_the_link_is_not_in_the_database(people, browser):
    token = invite(browser, people.city()).removeprefix("/invitations/")
    kept = db.session.query(Invitation).one()
    assert token not in (kept.token_hash, kept.email)
    assert kept.token_hash == service.fingerprint(token)


def test_a_password_reset_does_not_accept_an_invitation(people, browser):
    invite(browser, people.city())
    browser().post("/reset", {"email": EMAIL})
    assert len(mails(EMAIL)) == 1
    assert by_email(EMAIL) is None


@pytest.mark.parametrize("email", ["", "bea", "béa@test.example", "bea@test.example\nBcc: x@y.z"])
def test_what_is_no_address_is_not_invited(people, browser, email):
    owner = people.city()
    answer = browser(owner).post(
        _url(owner.organization, "people/invite"), {"email": email, "role": "editor"}
    )
    assert answer.status_code == 422
    assert db.session.query(Invitation).count() == 0


def test_an_address_is_invited_once_in_whatever_case(people, browser):
    owner = people.city()
    invite(browser, owner)
    url = _url(owner.organization, "people/invite")
    again = browser(owner).post(url, {"email": "BEA@Test.Example", "role": "owner"})
    assert again.status_code == 409
    colleague = people.person(owner.organization, Role.VIEWER)
    member = browser(owner).post(url, {"email": colleague.email.upper(), "role": "owner"})
    assert member.status_code == 409
    assert db.session.query(Invitation).count() == 1


def test_an_organization_cannot_flood_the_world_with_invitations(people, browser, monkeypatch):
    monkeypatch.setattr(service, "MOST_OPEN", 2)
    owner = people.city()
    for number in range(2):
        invite(browser, owner, email=f"bea{number}@test.example")
    url = _url(owner.organization, "people/invite")
    assert browser(owner).post(url, {"email": EMAIL, "role": "editor"}).status_code == 409
    assert mails(EMAIL) == []


def test_the_coordination_invites_the_first_person_of_a_city(people, browser):
    city, coordinator = people.organization(), people.coordinator()
    link = invite(browser, coordinator, role="owner", organization=city)
    browser().post(link, JOIN)
    bea = by_email(EMAIL)
    assert (bea.membership.organization_id, bea.membership.role) == (city.id, Role.OWNER)


def test_neighbours_do_not_touch_invitations(people, browser):
    owner, neighbour = people.city(), people.city()
    invite(browser, owner)
    key = db.session.query(Invitation).one().id
    for organization, expected in ((owner.organization, 403), (neighbour.organization, 404)):
        for act in ("revoke", "resend"):
            url = _url(organization, "invitations", key, act)
            assert browser(neighbour).post(url).status_code == expected
    assert db.session.query(Invitation).one().is_open
    assert len(mails(EMAIL)) == 1


def test_an_invitation_accepted_twice_at_once_counts_once(app, people, browser):
    owner = people.city()
    invite(browser, owner)
    key = db.session.query(Invitation).one().id
    values = {"name": "Bea", "password": PASSWORD, "language": Language.SPANISH}

    def accept():
        service.accept_with_new_account(db.session.get_one(Invitation, key), values)

    results = at_once(app, accept, accept, accept)
    assert results.count("done") == 1
    assert set(results) <= {"done", "account_exists", "invitation_closed", "IntegrityError"}
    assert db.session.query(User).filter_by(email=EMAIL).count() == 1


def test_one_person_in_two_windows_joins_once(app, people, browser):
    owner, bea = people.city(), people.person(email=EMAIL)
    invite(browser, owner)
    invite(browser, people.startup())
    keys = [row.id for row in db.session.query(Invitation)]
    user_id = bea.id

    def accept(key):
        service.accept(db.session.get_one(Invitation, key), db.session.get_one(User, user_id))

    results = at_once(
        app, lambda: accept(keys[0]), lambda: accept(keys[0]), lambda: accept(keys[1])
    )
    assert results.count("done") == 1
    assert db.session.query(Membership).filter_by(user_id=user_id).count() == 1
