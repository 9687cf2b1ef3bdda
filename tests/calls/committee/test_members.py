"""Who sits in a committee: invited by mail, through a link that counts once, one presides."""

from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.calls.committee import members as service
from app.calls.models import CommitteeMember
from app.domain.call_states import CallStatus, ReviewStatus
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.organizations.models import User
from app.organizations.queries import by_email
from tests.calls import build
from tests.organizations.at_once import at_once
from tests.organizations.mail import last_link, mails
from tests.people import PASSWORD

EMAIL = "dora@test.example"
DORA = {"email": EMAIL, "name": "Dora Prueba", "affiliation": "Ciudad fundadora"}
JOIN = {"name": "Dora Prueba", "password": PASSWORD, "language": "es"}
S = ReviewStatus


def url(call, *parts):
    return "/".join(["/committee/calls", call.public_id, "members", *map(str, parts)])


@pytest.fixture
def invited(people, browser):
    """Invites Dora to a call; returns it, its coordinator and the link."""

    def make(**changes):
        coordinator = people.coordinator()
        call = build.call(coordinator)
        answer = browser(coordinator).post(url(call), {**DORA, **changes})
        assert answer.status_code == 302, answer.text
        return call, coordinator, last_link(EMAIL)

    return make


def test_who_has_no_account_opens_one_through_the_link(invited, browser):
    call, coordinator, link = invited(chair="y")
    assert call.title in mails(EMAIL)[0].text
    visitor = browser()
    page = visitor.get(link)
    assert call.title in page.text
    assert 'value="Dora Prueba"' in page.text
    assert visitor.post(link, JOIN).location == "/committee/"
    dora = by_email(EMAIL)
    assert (dora.confirmed_at is not None, dora.organization) == (True, None)
    assert (call.committee_ids, call.chair_ids) == ({dora.id}, {dora.id})
    assert call.title in visitor.get("/committee/").text
    acts = [(e.action, e.actor_id) for e in entries_for(call)]
    assert acts == [("invite_member", coordinator.id), ("join_committee", dora.id)]


def test_who_registers_first_can_still_use_the_link(invited, people, browser):
    call, _coordinator, link = invited()
    dora = people.person(email=EMAIL)
    assert f"/login?next={link}" in browser().get(link).text
    assert browser().post(link, JOIN).status_code == 409
    assert "Join the committee" in browser(dora).get(link).text
    assert browser(dora).post(link).location == "/committee/"
    assert call.committee_ids == {dora.id}


def test_the_link_counts_once_and_only_for_its_confirmed_address(invited, people, browser):
    call, _coordinator, link = invited()
    mallory = people.person()
    unconfirmed = people.person(email=EMAIL, confirmed_at=None)
    assert "the invitation is for dora@test.example" in browser(mallory).get(link).text
    assert browser(mallory).post(link).status_code == 409
    assert browser(unconfirmed).post(link).status_code == 409
    assert call.committee_ids == set()
    unconfirmed.confirmed_at = utcnow()
    assert browser(unconfirmed).post(link).status_code == 302
    assert browser(unconfirmed).post(link).status_code == 404
    assert browser().get(link).status_code == 404
    assert call.committee_ids == {unconfirmed.id}


def test_members_may_belong_to_any_organization(invited, people, browser):
    call, _coordinator, link = invited()
    official = people.person(people.organization(), Role.VIEWER, email=EMAIL)
    assert browser(official).post(link).status_code == 302
    assert call.committee_ids == {official.id}
    assert official.organization is not None


def test_the_link_is_valid_for_thirty_days(invited, browser):
    _call, _coordinator, link = invited()
    with time_machine.travel(utcnow() + timedelta(days=30, minutes=1)):
        assert browser().get(link).status_code == 404
        assert browser().post(link, JOIN).status_code == 404
    assert by_email(EMAIL) is None


def test_sending_it_again_replaces_the_link(invited, browser):
    call, coordinator, old = invited()
    key = call.members[0].id
    assert browser(coordinator).post(url(call, key, "resend")).status_code == 302
    new = last_link(EMAIL)
    assert browser().get(old).status_code == 404
    assert browser().post(new, JOIN).status_code == 302
    assert browser(coordinator).post(url(call, key, "resend")).status_code == 409


def test_what_was_taken_back_opens_nothing_and_can_be_sent_anew(invited, browser):
    call, coordinator, link = invited()
    key = call.members[0].id
    assert browser(coordinator).post(url(call, key, "remove")).status_code == 302
    assert browser().get(link).status_code == 404
    assert browser(coordinator).post(url(call, key, "remove")).status_code == 409
    assert browser(coordinator).post(url(call), DORA).status_code == 302
    assert browser().post(last_link(EMAIL), JOIN).status_code == 302
    assert db.session.query(CommitteeMember).count() == 1


def test_the_link_is_not_in_the_database(invited):
    _call, _coordinator, link = invited()
    kept = db.session.query(CommitteeMember).one()
    assert link.rpartition("/")[2] not in (kept.token_hash, kept.email, kept.name)


def test_an_address_is_invited_once_in_whatever_case(invited, browser):
    call, coordinator, _link = invited()
    again = browser(coordinator).post(url(call), {**DORA, "email": "DORA@Test.Example"})
    assert again.status_code == 409
    assert len(mails(EMAIL)) == 1


@pytest.mark.parametrize("wrong", [{"email": "dora"}, {"name": ""}, {"name": "www.evil.example"}])
def test_what_cannot_be_sent_comes_back_with_what_was_typed(people, browser, wrong):
    coordinator = people.coordinator()
    call = build.call(coordinator)
    answer = browser(coordinator).post(url(call), {**DORA, **wrong})
    assert answer.status_code == 422
    assert "Ciudad fundadora" in answer.text
    assert call.members == []


def test_one_presides_at_a_time_and_hands_over_with_a_trail(evaluation, browser):
    made = evaluation()
    call, second = made.call, made.call.members[1]
    taken = browser(made.coordinator).post(url(call), {**DORA, "chair": "y"})
    assert taken.status_code == 409
    assert browser(made.coordinator).post(url(call, second.id, "preside")).status_code == 302
    assert call.chair_ids == {made.members[1].id}
    entry = entries_for(call)[-1]
    assert (entry.action, entry.details) == ("appoint_chair", {"name": "Beto"})
    assert "Made to preside the committee: Beto" in browser(made.coordinator).get(url(call)).text


def test_two_who_are_made_to_preside_at_once_leave_one(app, evaluation):
    made = evaluation()
    keys = [one.id for one in made.call.members[1:]]
    actor = made.coordinator.actor

    def appoint(key):
        service.appoint_chair(db.session.get_one(CommitteeMember, key), actor)

    results = at_once(app, lambda: appoint(keys[0]), lambda: appoint(keys[1]))
    assert "done" in results
    assert db.session.query(CommitteeMember).filter_by(chair=True).count() == 1


def test_a_link_used_twice_at_once_counts_once(app, invited, people):
    call, _coordinator, _link = invited()
    dora = people.person(email=EMAIL)
    key, user_id = call.members[0].id, dora.id

    def join():
        member = db.session.get_one(CommitteeMember, key)
        service.join(member, db.session.get_one(User, user_id))

    results = at_once(app, join, join, join)
    assert results.count("done") == 1
    assert set(results) <= {"done", "already_in_committee", "invitation_closed"}


def test_who_is_removed_loses_all_access_and_what_they_had_not_sent(evaluation, browser):
    made = evaluation()
    beto = made.members[1]
    first, second = made.applications
    sent = build.review(first, beto, S.SUBMITTED, (3, 3, 3))
    begun = build.review(second, beto, S.ACCEPTED, (1, 1, 1))
    page = f"/committee/reviews/{begun.public_id}"
    assert browser(beto).get(page).status_code == 200
    key = made.call.members[1].id
    assert browser(made.coordinator).post(url(made.call, key, "remove")).status_code == 302
    assert (sent.status, begun.status) == (S.SUBMITTED, S.RELEASED)
    for review in (sent, begun):
        assert browser(beto).get(f"/committee/reviews/{review.public_id}").status_code == 404
    assert browser(beto).get(url(made.call)).status_code == 404
    assert "Ciudad 1" not in browser(beto).get("/committee/").text


def test_the_chair_who_is_removed_leaves_the_seat_free(evaluation, browser):
    made = evaluation()
    key = made.call.members[0].id
    assert browser(made.coordinator).post(url(made.call, key, "remove")).status_code == 302
    assert made.call.chair_ids == set()
    assert browser(made.coordinator).post(url(made.call), {**DORA, "chair": "y"}).status_code == 302


def test_only_who_runs_the_call_changes_its_committee(evaluation, people, browser):
    made = evaluation()
    outsiders = [people.coordinator(), made.applicants[0], people.startup(), people.person()]
    viewer = people.person(made.coordinator.organization, Role.VIEWER)
    key = made.call.members[1].id
    for person, expected in [(one, 404) for one in outsiders] + [
        (viewer, 403),
        (made.chair, 403),
        (made.members[1], 403),
    ]:
        for address in (url(made.call), url(made.call, key, "remove")):
            assert browser(person).post(address, DORA).status_code == expected, person.name
    assert len(made.call.committee_ids) == 3
    for person, expected in ((outsiders[1], 404), (made.members[2], 200), (viewer, 200)):
        assert browser(person).get(url(made.call)).status_code == expected


def test_members_read_each_others_names_and_not_their_addresses(evaluation, browser):
    made = evaluation()
    page = browser(made.members[1]).get(url(made.call)).text
    assert "Carla" in page
    assert made.members[2].email not in page
    assert made.members[2].email in browser(made.coordinator).get(url(made.call)).text


def test_a_key_of_another_call_names_nobody(evaluation, browser):
    made, other = evaluation(), evaluation()
    key = other.call.members[1].id
    assert browser(made.coordinator).post(url(made.call, key, "remove")).status_code == 404
    assert len(other.call.committee_ids) == 3


def test_a_call_that_has_ended_takes_nobody(people, browser):
    coordinator = people.coordinator()
    call = build.call(coordinator, CallStatus.CANCELLED)
    assert browser(coordinator).post(url(call), DORA).status_code == 409
    assert mails() == []
