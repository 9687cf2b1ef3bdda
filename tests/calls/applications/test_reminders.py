"""Drafts are called to mind a week, two days and twelve hours before the closing, once each."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.calls.applications import jobs
from app.domain.call_states import CallStatus
from app.extensions import as_of, db
from app.notifications.models import Message


@pytest.fixture
def at(run_jobs):
    """Let the worker look at the clock at a moment before the closing."""

    def tick(call, **before):
        with as_of(call.closes_at - timedelta(**before)):
            jobs.look_at_the_clock()
            run_jobs()

    return tick


def _told():
    query = select(Message.recipient).where(Message.subject.startswith("Not sent yet"))
    return Counter(db.session.scalars(query))


def test_each_reminder_goes_once_to_who_may_write(scene, draft, at):
    place = scene()
    draft(place, files=False)
    expected = 0
    for before, sends in (
        ({"days": 8}, 0),
        ({"days": 7}, 1),
        ({"days": 6}, 0),
        ({"days": 2}, 1),
        ({"hours": 47}, 0),
        ({"hours": 12}, 1),
        ({"hours": 1}, 0),
        ({"hours": -1}, 0),
    ):
        at(place.call, **before)
        expected += sends
        assert _told() == Counter(
            {place.owner.email: expected, place.editor.email: expected} if expected else {}
        )


def test_a_worker_that_slept_sends_the_latest_only(scene, draft, at):
    place = scene()
    draft(place, files=False)
    at(place.call, hours=3)
    assert set(_told().values()) == {1}


def test_nobody_is_reminded_of_what_was_sent_or_of_a_stopped_call(scene, draft, act, at):
    sent_place, stopped = scene(), scene()
    act(draft(sent_place), "submit", sent_place.owner)
    draft(stopped, files=False)
    stopped.call.status = CallStatus.SUSPENDED
    db.session.commit()
    at(sent_place.call, days=2)
    at(stopped.call, days=2)
    assert _told() == Counter()


def test_a_draft_younger_than_the_reminder_is_left_alone(scene, draft, at):
    place = scene()
    with as_of(place.call.closes_at - timedelta(days=1)):
        draft(place, files=False)
    at(place.call, hours=23)
    assert _told() == Counter()
    at(place.call, hours=11)
    assert set(_told().values()) == {1}


def test_a_closing_that_moves_later_brings_them_back(scene, draft, at):
    place = scene()
    draft(place, files=False)
    at(place.call, days=2)
    place.call.closes_at += timedelta(days=3)
    place.call.evaluation_closes_at += timedelta(days=3)
    db.session.commit()
    at(place.call, days=3)
    assert set(_told().values()) == {2}
    at(place.call, days=2)
    assert set(_told().values()) == {3}


def test_what_was_sent_before_the_job_ran_is_not_called_to_mind(scene, draft, act, run_jobs):
    place = scene()
    application = draft(place)
    with as_of(place.call.closes_at - timedelta(days=1)):
        jobs.look_at_the_clock()
        act(application, "submit", place.owner)
        run_jobs()
    assert _told() == Counter()
