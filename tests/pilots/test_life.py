"""The whole life of a pilot through its pages, with a city, a startup and the coordination."""

from datetime import timedelta

import pytest

from app.audit import entries_for
from app.domain.states import ChallengeStatus, MatchStatus, MilestoneStatus, PilotStatus
from app.domain.vocabulary import AbandonReason, Role, Side
from app.extensions import db, utcnow
from app.notifications.models import Message
from app.pilots import queries
from app.pilots.models import Pilot
from tests.pilots.build import AGREED, CLOSING, confirmed_match, pilot, reading, sign_url, url

S = PilotStatus


@pytest.fixture
def sides(people):
    return people.city(), people.startup()


def _open(browser, city, startup):
    match = confirmed_match(city, startup)
    assert browser(city).post(f"/matches/{match.public_id}/pilot").status_code == 302
    return db.session.query(Pilot).one()


def _agreement(**changes):
    today = utcnow().date()
    values = {
        **AGREED,
        "title": "Microbasurales del sur",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(weeks=16)).isoformat(),
        "report_frequency": "fortnightly",
    }
    return {**values, **changes}


def _mails():
    return {(message.recipient, message.subject) for message in db.session.query(Message)}


def test_from_the_match_to_the_decision(people, browser, sides):
    city, startup = sides
    coordinator = people.coordinator()
    of_city, of_startup = browser(city), browser(startup)
    thing = _open(browser, city, startup)
    assert thing.status is S.PREPARING
    assert [(i.name, i.baseline, i.target) for i in queries.indicators(thing)] == [
        ("Reclamos por mes", 340, 200)
    ]
    assert (startup.email, f"Pilot to prepare: {thing.title}") in _mails()

    assert of_startup.post(url(thing, "agreement"), _agreement()).status_code == 302
    for number in (1, 2, 3):
        due = (utcnow().date() + timedelta(weeks=number)).isoformat()
        fields = {"title": f"Hito {number}", "due_on": due}
        assert of_startup.post(url(thing, "milestones/new"), fields).status_code == 302
    assert of_city.post(url(thing, "acts/send_agreement")).status_code == 302
    assert thing.status is S.SIGNING

    assert of_city.post(sign_url(thing, Side.CITY)).status_code == 302
    assert (thing.status, thing.challenge.status) == (S.SIGNING, ChallengeStatus.MATCHED)
    assert of_startup.post(sign_url(thing, Side.STARTUP)).status_code == 302
    assert (thing.status, thing.challenge.status) == (S.RUNNING, ChallengeStatus.PILOTING)
    assert thing.started_at is not None
    assert (coordinator.email, f"The pilot has started: {thing.title}") in _mails()

    for milestone in queries.milestones(thing):
        inner = f"/pilots/milestones/{milestone.public_id}"
        assert of_startup.post(f"{inner}/acts/begin").status_code == 302
        bare = of_startup.post(f"{inner}/acts/deliver")
        assert bare.status_code == 409
        proof = {"evidence": "Está en línea", "evidence_url": "https://example.org/x"}
        assert of_startup.post(f"{inner}/deliver", proof).status_code == 302
        assert of_city.post(f"{inner}/acts/accept").status_code == 302
        assert milestone.status is MilestoneStatus.ACCEPTED

    values = {"on": utcnow().date().isoformat(), "value": "210"}
    assert of_startup.post(url(thing, "indicators/1/readings"), values).status_code == 302
    assert of_city.post(url(thing, "acts/begin_closing")).status_code == 302
    early = of_city.post(url(thing, "acts/finish"))
    assert early.status_code == 409
    assert "What was learned" in early.text
    assert of_city.post(url(thing, "closing"), CLOSING).status_code == 302
    assert of_city.post(url(thing, "acts/finish")).status_code == 302
    assert (thing.status, thing.challenge.status) == (S.FINISHED, ChallengeStatus.RESOLVED)
    told = {address for address, subject in _mails() if subject.startswith("Pilot finished")}
    assert told == {city.email, startup.email, coordinator.email}
    assert [entry.action for entry in entries_for(thing) if entry.to_status] == [
        "open_pilot",
        "send_agreement",
        "start",
        "begin_closing",
        "finish",
    ]
    case = browser().get(url(thing)).text
    for words in ("Conviene empezar por los datos", "Funcionó en los tres barrios", "210"):
        assert words in case


def test_a_pilot_is_opened_once_and_only_from_a_confirmed_match(people, browser, sides):
    city, startup = sides
    match = confirmed_match(city, startup)
    address = f"/matches/{match.public_id}/pilot"
    assert browser(startup).post(address).status_code == 403
    assert browser(people.city()).post(address).status_code == 404
    assert browser(people.person(city.organization, Role.VIEWER)).post(address).status_code == 403
    match.status = MatchStatus.PROPOSED
    db.session.commit()
    assert browser(city).post(address).status_code == 409
    match.status = MatchStatus.CONFIRMED
    db.session.commit()
    assert browser(people.coordinator()).post(address).status_code == 302
    assert browser(city).post(address).status_code == 409
    assert db.session.query(Pilot).count() == 1


def test_an_incomplete_agreement_cannot_be_sent(browser, sides):
    thing = pilot(*sides, exit_plan="", integration_owner="")
    refused = browser(sides[0]).post(url(thing, "acts/send_agreement"))
    assert refused.status_code == 409
    assert "How to leave" in refused.text
    assert "Who connects it" in refused.text
    db.session.delete(queries.milestones(thing)[0])
    thing.exit_plan = thing.integration_owner = "Dirección de Sistemas"
    db.session.commit()
    refused = browser(sides[0]).post(url(thing, "acts/send_agreement"))
    assert "3 to 8 milestones" in refused.text
    assert thing.status is S.PREPARING


def test_with_a_public_good_the_citys_signature_is_enough(people, browser):
    city = people.city()
    thing = pilot(city, None, S.SIGNING)
    assert "Sign for the startup" not in browser(city).get(url(thing)).text
    assert browser(city).post(sign_url(thing, Side.STARTUP)).status_code == 403
    assert browser(city).post(sign_url(thing, Side.CITY)).status_code == 302
    assert thing.status is S.RUNNING
    milestone = queries.milestones(thing)[0]
    inner = f"/pilots/milestones/{milestone.public_id}/acts/begin"
    assert browser(city).post(inner).status_code == 302


def test_a_change_of_the_agreement_voids_the_signatures(browser, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    assert browser(city).post(sign_url(thing, Side.CITY)).status_code == 302
    refused = browser(startup).post(url(thing, "acts/return_agreement"))
    assert refused.status_code == 409
    returned = browser(startup).post(
        url(thing, "acts/return_agreement"), {"reason": "Falta el plan de salida"}
    )
    assert returned.status_code == 302
    assert thing.status is S.PREPARING
    assert (
        browser(startup)
        .post(url(thing, "agreement"), _agreement(objective="Otro objetivo"))
        .status_code
        == 302
    )
    assert browser(city).post(url(thing, "acts/send_agreement")).status_code == 302
    assert browser(startup).post(sign_url(thing, Side.STARTUP)).status_code == 302
    assert thing.status is S.SIGNING
    assert browser(city).post(sign_url(thing, Side.CITY)).status_code == 302
    assert thing.status is S.RUNNING
    assert len([s for s in thing.signatures if s.voided_at is None]) == 2


def test_a_signature_under_another_text_does_not_count(browser, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    assert browser(city).post(sign_url(thing, Side.CITY)).status_code == 302
    thing.scope = "Cambiado sin que nadie lo lea"
    db.session.commit()
    assert browser(startup).post(sign_url(thing, Side.STARTUP)).status_code == 302
    assert thing.status is S.SIGNING


def test_who_signs_and_what_was_on_the_screen(people, browser, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    editor = people.person(city.organization, Role.EDITOR)
    assert browser(editor).post(sign_url(thing, Side.CITY)).status_code == 403
    assert browser(startup).post(sign_url(thing, Side.CITY)).status_code == 403
    assert browser(people.startup()).post(sign_url(thing, Side.STARTUP)).status_code == 404
    stale = {"version": str(thing.version - 1)}
    assert browser(city).post(sign_url(thing, Side.CITY), stale).status_code == 409
    assert browser(city).post(sign_url(thing, Side.CITY)).status_code == 302
    assert browser(city).post(sign_url(thing, Side.CITY)).status_code == 409
    assert [s.side for s in thing.signatures] == [Side.CITY]
    assert [entry.action for entry in entries_for(thing)] == ["sign_as_city"]


def test_a_pilot_that_did_not_happen_is_published_with_its_reason(people, browser, sides):
    city, startup = sides
    coordinator = people.coordinator()
    thing = pilot(city, startup)
    fields = {
        "reason_code": AbandonReason.PROCUREMENT.value,
        "lessons": "Preguntar antes a Compras",
        "reason": "Un asunto interno entre las partes",
    }
    assert browser(startup).post(url(thing, "not-carried-out"), fields).status_code == 403
    assert (
        browser(people.person(city.organization, Role.EDITOR))
        .post(url(thing, "not-carried-out"), fields)
        .status_code
        == 403
    )
    missing = browser(city).post(url(thing, "not-carried-out"), {**fields, "lessons": ""})
    assert missing.status_code == 422
    assert browser(city).post(url(thing, "not-carried-out"), fields).status_code == 302
    assert thing.status is S.NOT_CARRIED_OUT
    assert thing.match.status is MatchStatus.RELEASED
    assert thing.challenge.status is ChallengeStatus.PUBLISHED
    assert (coordinator.email, f"Pilot not carried out: {thing.title}") in _mails()
    case = browser().get(url(thing)).text
    assert "Procurement" in case
    assert "Preguntar antes a Compras" in case
    assert "Un asunto interno" not in case
    assert startup.organization.name not in case
    assert thing.title in browser().get("/pilots/?state=not_carried_out").text


def test_pause_resume_and_steps_out_of_order(browser, sides):
    city, startup = sides
    thing = pilot(city, startup, S.RUNNING)
    assert browser(startup).post(url(thing, "acts/pause"), {"reason": "x"}).status_code == 403
    assert browser(city).post(url(thing, "acts/pause")).status_code == 409
    assert browser(city).post(url(thing, "acts/finish")).status_code == 409
    assert browser(city).post(url(thing, "acts/begin_closing")).status_code == 409
    assert thing.status is S.RUNNING
    assert browser(city).post(url(thing, "acts/pause"), {"reason": "Elecciones"}).status_code == 302
    assert thing.status is S.PAUSED
    assert browser(city).post(url(thing, "acts/resume")).status_code == 302
    assert thing.status is S.RUNNING


def test_the_coordination_cannot_start_what_is_not_signed(people, browser, sides):
    thing = pilot(*sides, S.SIGNING)
    refused = browser(people.coordinator()).post(url(thing, "acts/start"))
    assert refused.status_code == 409
    assert "every side has signed" in refused.text
    assert thing.status is S.SIGNING


def test_finishing_needs_a_reading_of_each_indicator(browser, sides):
    city = sides[0]
    thing = pilot(*sides, S.CLOSING, **{**CLOSING, "in_use": True})
    refused = browser(city).post(url(thing, "acts/finish"))
    assert refused.status_code == 409
    assert "A last reading of each indicator" in refused.text
    reading(queries.indicators(thing)[0], 210)
    assert browser(city).post(url(thing, "acts/finish")).status_code == 302


def test_an_agreement_lasts_from_4_to_52_weeks(browser, sides):
    thing = pilot(*sides)
    today = utcnow().date()
    for weeks, status in ((3, 422), (4, 302), (52, 302), (53, 422)):
        ends = (today + timedelta(weeks=weeks)).isoformat()
        answer = browser(sides[0]).post(url(thing, "agreement"), _agreement(ends_on=ends))
        assert answer.status_code == status
        assert status == 302 or "A pilot lasts from 4 to 52 weeks." in answer.text
