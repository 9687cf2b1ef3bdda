"""The coordination examines: item by item, corrections of what it names, admission or not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.calls.applications import service, versions
from app.calls.applications.contents import contents
from app.calls.applications.examination import (
    check,
    findings,
    items_to_check,
    request_correction,
    unchecked,
)
from app.calls.applications.rules import open_keys
from app.calls.committee.models import Conflict
from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.call_vocabulary import RecusalReason, Verdict
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.extensions import as_of, db, utcnow
from app.notifications.models import Message
from tests.calls.applications.conftest import upload

MET, FAILED, TO_CORRECT = Verdict


def _pass_all(application, person):
    for item in items_to_check(application):
        check(application, item.key, MET, "", person.actor)
    db.session.commit()


def _ask(place, application, *keys, days=3):
    due = utcnow() + timedelta(days=days)
    made = request_correction(application, keys, "Falta la firma", due, place.coordinator.actor)
    db.session.commit()
    return made


def test_admitted_when_all_is_met(sent, act):
    place, application = sent()
    assert len(unchecked(application)) == 4
    with pytest.raises(RuleBroken, match="not_all_met"):
        act(application, "admit", place.coordinator)
    _pass_all(application, place.coordinator)
    act(application, "admit", place.coordinator)
    assert application.status is ApplicationStatus.ADMITTED
    assert _subjects(place.owner) >= {f"Admitted: application {application.number}"}


def _subjects(person):
    return set(db.session.scalars(select(Message.subject).where(Message.recipient == person.email)))


def test_not_admitted_needs_a_reason_and_something_that_failed(sent, act):
    place, application = sent()
    with pytest.raises(RuleBroken, match="nothing_failed"):
        act(application, "not_admit", place.coordinator, "No cumple")
    item = items_to_check(application)[0]
    check(application, item.key, FAILED, "Sin ordenanza", place.coordinator.actor)
    assert findings(application) == []
    act(application, "not_admit", place.coordinator, "No cumple")
    assert [(one.key, found.note) for one, found in findings(application)] == [
        (item.key, "Sin ordenanza")
    ]
    act(application, "reconsider", place.coordinator, "Apareció la ordenanza")
    assert application.status is ApplicationStatus.SUBMITTED


def test_nothing_is_examined_before_the_closing(sent, act):
    place, application = sent(closed=False)
    item = items_to_check(application)[0].key
    due = utcnow() + timedelta(days=1)
    for attempt in (
        lambda: check(application, item, MET, "", place.coordinator.actor),
        lambda: act(application, "admit", place.coordinator),
        lambda: request_correction(application, [item], "x", due, place.coordinator.actor),
    ):
        with pytest.raises(RuleBroken, match="examination_waits"):
            attempt()


def test_only_who_runs_the_call_examines(sent, people):
    place, application = sent()
    item = items_to_check(application)[0].key
    other = people.coordinator()
    for person in (other, place.owner, place.neighbour, people.startup()):
        with pytest.raises(NotAllowed):
            check(application, item, MET, "", person.actor)
    reason = RecusalReason.PERSONAL_TIE
    db.session.add(Conflict(application=application, user_id=place.coordinator.id, reason=reason))
    db.session.commit()
    with pytest.raises(NotAllowed):
        check(application, item, MET, "", place.coordinator.actor)
    with pytest.raises(RuleBroken, match="unknown_item"):
        check(
            application,
            "document:999",
            MET,
            "",
            people.person(place.coordinator.organization).actor,
        )


def test_a_correction_opens_what_it_names_and_nothing_else(sent, act):
    place, application = sent()
    document = place.call.documents[1]
    key = f"document:{document.id}"
    check(application, key, TO_CORRECT, "Seis páginas", place.coordinator.actor)
    _ask(place, application, key, "team")
    assert open_keys(application) == {key, "team"}
    service.save(application, {"team": "Cinco.", "results": "Otros"}, place.editor.actor)
    assert (application.team, application.results) == ("Cinco.", "Menos espera.")
    with pytest.raises(RuleBroken, match="piece_closed"):
        service.attach(application, place.call.documents[0].id, upload(), place.owner.actor)
    service.attach(application, document.id, upload("breve.pdf"), place.owner.actor)
    assert versions.received(application)["team"] == "Cuatro personas."
    first = application.submitted_at
    act(application, "resubmit", place.owner)
    assert application.status is ApplicationStatus.SUBMITTED
    assert application.submitted_at == first
    assert versions.received(application)["team"] == "Cinco."
    assert versions.received(application)[key]["name"] == "breve.pdf"
    assert key in {item.key for item in unchecked(application)}
    assert application.corrections[0].answered_at is not None
    assert f"Corrected: application {application.number}" in _subjects(place.coordinator)


def test_what_was_met_stays_met_after_a_correction(sent, act):
    place, application = sent()
    _pass_all(application, place.coordinator)
    requirement = items_to_check(application)[0].key
    _ask(place, application, requirement)
    act(application, "resubmit", place.owner)
    assert [item.key for item in unchecked(application)] == [requirement]


def test_after_its_time_the_first_version_stands(sent, act):
    place, application = sent()
    document = place.call.documents[1]
    before = contents(application)
    _ask(place, application, f"document:{document.id}", "team")
    service.save(application, {"team": "A medias"}, place.owner.actor)
    service.attach(application, document.id, upload("a-medias.pdf"), place.owner.actor)
    db.session.commit()
    with pytest.raises(RuleBroken, match="correction_runs"):
        act(application, "end_correction", place.coordinator)
    with as_of(utcnow() + timedelta(days=4)):
        assert open_keys(application) == frozenset()
        with pytest.raises(RuleBroken, match="correction_over"):
            act(application, "resubmit", place.owner)
        with pytest.raises(RuleBroken, match="correction_over"):
            service.save(application, {"team": "Tarde"}, place.owner.actor)
        act(application, "end_correction", place.coordinator)
    assert application.status is ApplicationStatus.SUBMITTED
    assert contents(application) == before
    assert len(application.versions) == 1


@pytest.mark.parametrize(
    ("code", "keys", "days"),
    [
        ("nothing_to_correct", (), 3),
        ("unknown_item", ("status",), 3),
        ("unknown_item", ("team", "document:999"), 3),
        ("due_in_the_past", ("team",), -1),
    ],
)
def test_requests_that_make_no_sense(sent, code, keys, days):
    place, application = sent()
    with pytest.raises(RuleBroken, match=code):
        _ask(place, application, *keys, days=days)


def test_a_plain_act_asks_for_no_correction_and_late_acts_are_over(sent, act):
    place, application = sent()
    with pytest.raises(RuleBroken, match="nothing_to_correct"):
        act(application, "request_correction", place.coordinator, "x")
    _pass_all(application, place.coordinator)
    act(application, "admit", place.coordinator)
    place.call.status = CallStatus.PRELIMINARY
    db.session.commit()
    with pytest.raises(RuleBroken, match="examination_over"):
        act(application, "reconsider", place.coordinator, "x")
    with pytest.raises(OutOfOrder):
        act(application, "withdraw", place.owner)


def test_verdicts_of_a_withdrawn_version_do_not_count_for_the_next(sent, act):
    place, application = sent()
    _pass_all(application, place.coordinator)
    place.call.closes_at = place.call.questions_close_at = utcnow() + timedelta(days=1)
    db.session.commit()
    for action in ("withdraw", "revise", "submit"):
        act(application, action, place.owner)
    assert len(unchecked(application)) == 4
