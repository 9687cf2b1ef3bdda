"""Jobs: asked for with the act, done once, never lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.extensions import as_of, db, utcnow
from app.jobs import queue, service
from app.jobs.models import Job
from app.notifications.models import Message

LATER = service.LEASE + timedelta(seconds=1)


@pytest.fixture
def handler(monkeypatch):
    """``handler(kind, function)`` is what a kind of job does in this test."""

    def register(kind, function):
        monkeypatch.setitem(service.HANDLERS, kind, function)

    return register


def _write(address):
    db.session.add(
        Message(message_id=address, recipient=address, language="es", subject="s", text="t")
    )
    db.session.flush()


def _written():
    return sorted(db.session.scalars(select(Message.recipient)))


def _job():
    db.session.expire_all()
    return db.session.scalars(select(Job)).one()


def test_a_job_is_done_once(app, handler):
    handler("note", _write)
    service.enqueue("note", address="a")
    assert service.run_due() == 0, "nothing is done before the act is committed"
    service.enqueue("note", address="a")
    db.session.commit()
    assert (service.run_due(), service.run_due()) == (1, 0)
    assert _written() == ["a"]
    assert (_job().state, _job().attempts) == ("done", 1)


def test_what_is_rolled_back_is_not_asked_for(app, handler):
    handler("note", _write)
    service.enqueue("note", address="a")
    db.session.rollback()
    assert service.run_due() == 0
    assert _written() == []


def test_a_waiting_job_of_one_key_is_not_asked_for_twice(app, handler):
    handler("note", _write)
    for _ in range(3):
        service.enqueue("note", key="a", address="a")
        db.session.commit()
    service.enqueue("note", key="b", address="b")
    db.session.commit()
    assert service.run_due() == 2
    service.enqueue("note", key="a", address="a again")
    db.session.commit()
    assert service.run_due() == 1
    assert _written() == ["a", "a again", "b"]


def test_a_failed_job_leaves_nothing_and_is_tried_again(app, handler):
    def fail_once(address):
        _write(address)
        if _job().attempts == 1:
            raise ValueError("the first time")

    handler("note", fail_once)
    service.enqueue("note", address="a")
    db.session.commit()
    assert service.run_due() == 0
    assert _written() == []
    assert _job().problem == "ValueError: the first time"
    assert service.run_due() == 0, "it waits before the next attempt"
    with as_of(utcnow() + timedelta(minutes=1)):
        assert service.run_due() == 1
    assert _written() == ["a"]


def test_an_unknown_or_hopeless_job_ends_as_failed(app):
    service.enqueue("unknown", address="a")
    db.session.commit()
    for attempt in range(service.MOST_ATTEMPTS + 2):
        with as_of(utcnow() + timedelta(days=attempt)):
            service.run_due()
    assert (_job().state, _job().attempts) == ("failed", service.MOST_ATTEMPTS)
    assert _job().problem == "KeyError: 'unknown'"


def test_a_job_that_kills_the_worker_every_time_ends_as_failed(app, handler):
    handler("note", _write)
    service.enqueue("note", address="a")
    db.session.commit()
    for attempt in range(service.MOST_ATTEMPTS):
        with as_of(utcnow() + attempt * LATER):
            assert service._lease_next() is not None  # the worker dies with the lease
    with as_of(utcnow() + 20 * LATER):
        assert service.run_due() == 0
    assert (_job().state, _written()) == ("failed", [])


def test_a_leased_job_is_left_to_its_worker_until_the_lease_ends(app, handler):
    handler("note", _write)
    service.enqueue("note", address="a")
    db.session.commit()
    assert service._lease_next() is not None
    assert service.run_due() == 0
    with as_of(utcnow() + LATER):
        assert service.run_due() == 1
    assert _written() == ["a"]


DYING_WORKER = """
import os, sys, time
from app.extensions import db
from app.factory import create_app
from app.jobs import service
from app.notifications.models import Message
from config import load_settings

def note(address):
    row = Message(message_id=address, recipient=address, language="es", subject="s", text="t")
    db.session.add(row)
    db.session.flush()
    print("in the middle", flush=True)
    time.sleep(60)

service.HANDLERS["note"] = note
with create_app(load_settings()).app_context():
    service.run_due()
"""


def _environment(settings, **more):
    return {
        **os.environ,
        "PUENTE_ENV": "test",
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        **more,
    }


def test_killing_the_worker_loses_nothing_and_repeats_nothing(app, settings, handler):
    handler("note", _write)
    service.enqueue("note", address="a")
    db.session.commit()
    worker = subprocess.Popen(
        [sys.executable, "-c", DYING_WORKER],
        env=_environment(settings),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        while "in the middle" not in worker.stdout.readline():
            assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=20)
    assert _written() == []
    assert service.run_due() == 0
    deadline = time.monotonic() + 10
    with as_of(utcnow() + LATER):
        while service.run_due() == 0 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert service.run_due() == 0
    assert _written() == ["a"]
    assert (_job().state, _job().attempts) == ("done", 2)


def test_the_worker_is_woken_after_the_commit_only(app, monkeypatch):
    woken = []
    monkeypatch.setitem(app.extensions, "drain", lambda: woken.append(1))
    service.enqueue("note")
    db.session.flush()
    assert woken == []
    db.session.rollback()
    db.session.commit()
    assert woken == []
    service.enqueue("note")
    db.session.commit()
    db.session.commit()
    assert woken == [1]


def test_a_worker_that_cannot_be_woken_stops_nobody(app, monkeypatch):
    def broken():
        raise OSError("no disk")

    monkeypatch.setitem(app.extensions, "drain", broken)
    service.enqueue("note")
    db.session.commit()
    assert _job().state == "waiting"


def test_reading_writes_nothing_and_blocks_nobody(app):
    _write("given up")
    with service.reading():
        assert _written() == []
        db.session.add(Job(kind="note"))
        with pytest.raises(RuntimeError, match="GET"):
            db.session.flush()
        db.session.rollback()
    _write("kept")
    db.session.commit()
    assert _written() == ["kept"]


def test_the_queue_carries_the_signal(app, settings, tmp_path, monkeypatch):
    from dataclasses import replace

    made = queue.make_queue(replace(settings, data_dir=tmp_path))
    ran = []
    task = made.task(name="tests.drain")(lambda: ran.append(1))
    task()
    made.execute(made.dequeue())
    assert ran == [1]
    made.storage.close()
