"""The last second, two tabs, two colleagues, two cities: one application, one receipt, one rule."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit import AuditEntry
from app.calls.applications import queries, service
from app.calls.applications.models import Application, ApplicationVersion
from app.calls.rules import dates_of
from app.domain.call_states import ApplicationAction, ApplicationStatus
from app.extensions import as_of, db, utcnow
from app.lifecycle import Act
from app.notifications.models import Message
from app.organizations.models import User
from tests.calls import build
from tests.calls.applications.conftest import said, upload
from tests.organizations.at_once import at_once

SUBMIT = Act(ApplicationAction.SUBMIT)


def _url(application, *more):
    return "/".join(("/applications", application.public_id, *more))


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("second", ["owner", "editor"])
def test_two_tabs_or_two_colleagues_send_one_application(scene, draft, race, second):
    place = scene()
    application = draft(place)
    seen = {"version": str(application.version)}
    send = _url(application, "acts/submit")
    statuses = race(place.call, (place.owner, send, seen), (getattr(place, second), send, seen))
    assert statuses == [302, 302]
    assert (_count(ApplicationVersion), application.number[-4:]) == (1, "0001")
    receipts = db.session.scalars(select(Message.recipient).where(Message.subject.contains("0001")))
    assert Counter(receipts) == {place.owner.email: 1, place.editor.email: 1}
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "submit"))
    assert len(list(acts)) == 1


def test_two_colleagues_begin_one_application(scene, race):
    place = scene()
    begin = f"/applications/begin/{place.call.public_id}"
    assert race(place.call, (place.owner, begin, {}), (place.editor, begin, {})) == [302, 302]
    assert _count(Application) == 1


def test_sent_while_withdrawn_and_written_is_one_thing(scene, draft, race):
    place = scene()
    application = draft(place)
    seen = {"version": str(application.version)}
    statuses = race(
        place.call,
        (place.owner, _url(application, "acts/submit"), seen),
        (place.editor, _url(application, "acts/withdraw"), seen),
    )
    sent = application.status is ApplicationStatus.SUBMITTED
    assert statuses == ([302, 409] if _count(ApplicationVersion) or not sent else [302, 302])
    assert _count(ApplicationVersion) == (1 if sent else 0)


@pytest.fixture
def drafts(scene, people):
    """A call and the complete drafts of so many cities."""

    def make(count):
        place = scene()
        made = []
        for number in range(count):
            person = people.city(name=f"Ciudad {number}")
            application = build.application(place.call, person, ApplicationStatus.DRAFT)
            service.write(application, said(place.call))
            for document in place.call.documents:
                file = upload(content=f"%PDF- {number} {document.id}".encode())
                service.attach(application, document.id, file, person.actor)
            made.append((application.id, person.id))
        db.session.commit()
        return place.call, made

    return make


def _sending(application_id, person_id, moment=None):
    def send():
        with as_of(moment or utcnow()):
            application = db.session.get_one(Application, application_id)
            service.act(application, SUBMIT, db.session.get_one(User, person_id).actor)

    return send


def test_cities_that_send_at_once_have_numbers_without_a_gap(app, drafts):
    call, made = drafts(6)
    prefix = f"AR-{call.year}-"
    assert at_once(app, *(_sending(*one) for one in made)) == ["done"] * 6
    numbers = set(db.session.scalars(select(Application.number)))
    assert numbers == {f"{prefix}{number:04d}" for number in range(1, 7)}


def test_twenty_cities_across_the_closing_second(app, drafts):
    call, made = drafts(20)
    closes_at = call.closes_at
    around = [timedelta(milliseconds=100 * (place - 9)) for place in range(20)]
    around[8] = timedelta(microseconds=-1)
    acts = [_sending(*one, closes_at + gap) for one, gap in zip(made, around, strict=True)]
    results = at_once(app, *acts)
    assert results == ["done" if gap < timedelta(0) else "application_closed" for gap in around]
    kept = db.session.execute(select(Application.submitted_at, Application.status))
    for submitted_at, status in kept:
        sent = status is ApplicationStatus.SUBMITTED
        assert sent == (submitted_at is not None)
        assert not sent or submitted_at < closes_at
    assert _count(ApplicationVersion) == 9


def test_what_counts_is_the_moment_of_complete_receipt(scene, draft, browser, monkeypatch):
    """A request that begins before the closing and whose last byte comes after it is late."""
    place = scene()
    application = draft(place)
    owner = browser(place.owner)
    closes_at = place.call.closes_at
    clock = [closes_at - timedelta(seconds=1)]
    monkeypatch.setattr(service, "utcnow", lambda: clock[0])

    class Slow(io.BytesIO):
        def read(self, size=-1):
            clock[0] = closes_at
            return super().read(size)

        def readinto(self, buffer):
            clock[0] = closes_at
            return super().readinto(buffer)

    body = f"version={application.version}".encode()
    options = {
        "input_stream": Slow(body),
        "content_length": len(body),
        "content_type": "application/x-www-form-urlencoded",
        "headers": {"X-CSRFToken": owner.token()},
    }
    send = _url(application, "acts/submit")
    late = owner._send(owner.client.post, send, **options)
    assert (late.status_code, application.status) == (409, ApplicationStatus.DRAFT)
    assert "The form of this call is not open" in late.text
    clock[0] = closes_at - timedelta(seconds=1)
    in_time = owner.post(send, {"version": str(application.version)})
    assert (in_time.status_code, application.status) == (302, ApplicationStatus.SUBMITTED)


def _move(call, moment):
    """Move the closing, and what comes before and after it, as a changed date does."""
    for which, known in dates_of(call).items():
        early = which.value in ("opens_at", "questions_close_at")
        setattr(call, which.value, min(known, moment) if early else max(known, moment))
    call.closes_at = moment
    db.session.commit()


def test_a_deadline_that_moves_while_the_form_is_open(scene, draft, browser):
    place = scene()
    application = draft(place)
    owner = browser(place.owner)
    page, send = _url(application, "sections/plan"), _url(application, "acts/submit")
    form = owner.get(page)
    _move(place.call, utcnow() - timedelta(seconds=1))
    typed = {"version": form.text.split('name="version"')[1].split('value="')[1].split('"')[0]}
    assert owner.post(page, {**typed, "plan_title": "A última hora"}).status_code == 302
    assert application.plan_title == "A última hora"
    assert owner.post(send, {"version": str(application.version)}).status_code == 409
    assert "so this draft cannot be sent" in owner.get(_url(application)).text
    _move(place.call, utcnow() + timedelta(hours=1))
    assert owner.post(send, {"version": str(application.version)}).status_code == 302
    assert queries.of_call(place.call, place.coordinator.actor) == [application]
