"""The life of a challenge through its pages."""

import pytest

from app.audit import entries_for
from app.challenges.models import Challenge
from app.domain.states import ChallengeStatus
from app.domain.vocabulary import Role
from app.extensions import db
from app.jobs.models import Job
from tests.challenges.build import brief, challenge

S = ChallengeStatus


def _url(thing, *parts):
    return "/".join(["/challenges", thing.public_id, *parts])


def test_a_city_drafts_submits_and_a_coordinator_publishes(people, browser):
    city, coordinator = people.city(), people.coordinator()
    made = browser(city).post(
        "/challenges/new",
        {"lang": "es", "title": "Baches", "sector": "mobility", "pilot_weeks": "16"},
    )
    assert made.status_code == 302
    thing = db.session.query(Challenge).one()
    assert (thing.status, thing.title, thing.organization_id) == (
        S.DRAFT,
        "Baches",
        city.organization.id,
    )
    thing.status = S.DRAFT
    for name, value in brief(criteria=[]).items():
        setattr(thing, name, value)
    refused = browser(city).post(_url(thing, "acts/submit"))
    assert refused.status_code == 409
    assert "At least one measurable criterion" in refused.text
    db.session.refresh(thing)
    assert thing.status is S.DRAFT
    complete = challenge(city, S.DRAFT)
    assert browser(city).post(_url(complete, "acts/submit")).status_code == 302
    assert browser(coordinator).post(_url(complete, "acts/publish")).status_code == 302
    db.session.refresh(complete)
    assert complete.status is S.PUBLISHED
    assert [entry.action for entry in entries_for(complete)] == ["submit", "publish"]
    assert db.session.query(Job).filter_by(kind="matches.suggest").count() == 1


@pytest.mark.parametrize("act", ["publish", "request_changes", "declare_void"])
def test_a_city_cannot_do_what_is_the_coordinations(people, browser, act):
    city = people.city()
    status = S.PUBLISHED if act == "declare_void" else S.IN_REVIEW
    thing = challenge(city, status)
    answer = browser(city).post(_url(thing, "acts", act), {"reason": "why"})
    assert answer.status_code == 403
    db.session.refresh(thing)
    assert thing.status is status
    assert entries_for(thing) == []


def test_another_citys_draft_does_not_exist(people, browser):
    thing = challenge(people.city(), S.DRAFT, title="Un borrador secreto")
    stranger = people.city()
    for answer in (
        browser(stranger).get(_url(thing)),
        browser(stranger).get(_url(thing, "edit")),
        browser(stranger).post(_url(thing, "acts/submit")),
        browser().get(_url(thing)),
    ):
        assert answer.status_code in (302, 404)
        assert "secreto" not in answer.text
    assert "secreto" not in browser(stranger).get("/challenges/").text


def test_a_reader_of_the_city_sees_the_draft_but_cannot_change_it(people, browser):
    city = people.city()
    thing = challenge(city, S.DRAFT)
    reader = people.person(city.organization, Role.VIEWER)
    assert browser(reader).get(_url(thing)).status_code == 200
    assert browser(reader).get(_url(thing, "edit")).status_code == 403
    assert browser(reader).post(_url(thing, "acts/submit")).status_code == 403


def test_two_coordinators_decide_and_the_second_is_told(people, browser):
    city = people.city()
    thing = challenge(city, S.IN_REVIEW)
    first, second = browser(people.coordinator()), browser(people.coordinator())
    seen = str(thing.version)
    assert first.post(_url(thing, "acts/publish"), {"version": seen}).status_code == 302
    late = second.post(_url(thing, "acts/request_changes"), {"version": seen, "reason": "more"})
    assert late.status_code == 409
    db.session.refresh(thing)
    assert thing.status is S.PUBLISHED
    assert len(entries_for(thing)) == 1


def test_an_edit_that_was_overtaken_keeps_what_was_typed(people, browser):
    city = people.city()
    thing = challenge(city, S.DRAFT)
    stale = str(thing.version)
    thing.title = "Otra persona lo cambió"
    db.session.commit()
    fields = {
        "lang": "es",
        "title": "Lo que yo escribí",
        "sector": "waste",
        "pilot_weeks": "16",
        "version": stale,
    }
    answer = browser(city).post(_url(thing, "edit"), fields)
    assert answer.status_code == 422
    assert "Lo que yo escribí" in answer.text
    db.session.refresh(thing)
    assert thing.title == "Otra persona lo cambió"


def test_a_published_brief_cannot_be_rewritten(people, browser):
    city = people.city()
    thing = challenge(city, S.PUBLISHED)
    assert browser(city).get(_url(thing, "edit")).status_code == 409


def test_a_citys_page_lists_what_the_reader_may_see(people, browser):
    city = people.city()
    challenge(city, S.PUBLISHED, title="A la vista")
    challenge(city, S.DRAFT, title="En el cajón")
    address = f"/organizations/{city.organization.slug}"
    for reader, titles in ((None, {"A la vista"}), (city, {"A la vista", "En el cajón"})):
        page = browser(reader).get(address).text
        assert {name for name in ("A la vista", "En el cajón") if name in page} == titles
