"""One commit a request, reading never writes, and nothing is lost when many write at once."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context

import pytest
from flask import abort
from sqlalchemy import event, select, text

from app.challenges.models import Challenge
from app.domain.errors import RuleBroken
from app.domain.states import ChallengeStatus
from app.extensions import WriteOnReadError, csrf, db, may_write, prepare_sqlite
from app.factory import create_app
from app.jobs.models import Job
from app.web.access import public
from app.web.errors import SENTENCES
from app.web.transaction import after_commit, let_get_write
from tests.challenges.build import challenge


@pytest.fixture
def workshop(settings, app):
    """A platform of its own, to which a test may add addresses; same database."""
    made = create_app(settings)
    made.testing = False
    yield made
    with made.app_context():
        db.engine.dispose()


def add(workshop, view, methods=("POST",)) -> None:
    """Put a view at ``/try``; it is no form, so it needs no token."""
    workshop.add_url_rule("/try", "try", csrf.exempt(public(view)), methods=list(methods))


def send(workshop, method="post", **options):
    return Context().run(getattr(workshop.test_client(), method), "/try", **options)


def jobs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Job.kind).order_by(Job.id)))


def test_what_a_view_did_is_kept_when_it_answers(workshop):
    def view():
        db.session.add(Job(kind="kept"))
        return "done"

    add(workshop, view)
    assert send(workshop).status_code == 200
    assert jobs() == ["kept"]


@pytest.mark.parametrize("end", ["refusal", "status", "abort", "crash"])
def test_nothing_is_kept_when_it_does_not(workshop, end, monkeypatch):
    monkeypatch.setitem(SENTENCES, "for_the_test", "No.")

    def view():
        db.session.add(Job(kind="lost"))
        db.session.flush()
        if end == "refusal":
            raise RuleBroken("for_the_test")
        if end == "abort":
            abort(404)
        if end == "crash":
            raise ZeroDivisionError
        return "typed values", 422

    add(workshop, view)
    expected = {"refusal": 409, "status": 422, "abort": 404, "crash": 500}
    assert send(workshop).status_code == expected[end]
    assert jobs() == []


def test_what_waits_for_the_commit_does_not_happen_without_one(workshop):
    told = []

    def view():
        after_commit(lambda: told.append(len(jobs())))
        db.session.add(Job(kind="kept"))
        return "done", 200 if len(told) == 0 else 422

    add(workshop, view)
    send(workshop)
    send(workshop)
    assert told == [1]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_never_writes(workshop, method):
    def view():
        db.session.add(Job(kind="by the way"))
        return "read"

    add(workshop, view, methods=("GET", "OPTIONS"))
    workshop.view_functions["try"].provide_automatic_options = False
    assert send(workshop, method).status_code == 500
    assert jobs() == []


def test_a_link_in_a_mail_may_write_when_it_is_declared(workshop):
    def view():
        db.session.add(Job(kind="confirmed"))
        return "done"

    add(workshop, view, methods=("GET",))
    let_get_write(workshop, "try")
    assert send(workshop, "get").status_code == 200
    assert jobs() == ["confirmed"]


def test_the_session_itself_refuses_to_write_while_reading(app):
    token = may_write.set(False)
    try:
        db.session.add(Job(kind="by the way"))
        with pytest.raises(WriteOnReadError):
            db.session.flush()
    finally:
        db.session.rollback()
        may_write.reset(token)


def _on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def test_sqlite_is_set_up_so_that_it_loses_nothing(app):
    if not _on_sqlite():
        pytest.skip("the settings of SQLite")
    # The engine of the tests does not wait for the disk: look at what the platform itself sets.
    assert event.contains(db.engine, "connect", prepare_sqlite)
    connection = sqlite3.connect(db.engine.url.database)
    prepare_sqlite(connection, None)
    read = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    }
    connection.close()
    full = 2
    assert read == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": full,
        "busy_timeout": 15_000,
    }


def test_on_sqlite_a_writer_holds_the_database_from_its_first_word(app):
    if not _on_sqlite():
        pytest.skip("how SQLite begins")
    seen = []

    def read_while_reading():
        may_write.set(False)
        with db.engine.connect() as second:
            seen.append(second.execute(text("SELECT count(*) FROM job")).scalar())

    with db.engine.connect() as first:
        first.execute(text("SELECT 1"))
        assert first.connection.driver_connection.in_transaction
        copy_context().run(read_while_reading)
        with db.engine.connect() as impatient:
            driver = impatient.connection.driver_connection
            driver.execute("PRAGMA busy_timeout = 1")
            with pytest.raises(Exception, match="locked"):
                impatient.execute(text("SELECT 1"))
            driver.execute("PRAGMA busy_timeout = 15000")
    assert seen == [0]


WRITERS, ROUNDS = 6, 8


def test_no_update_is_lost_when_many_write_at_once(app, workshop):
    """Each reads, thinks and writes; a loser of a race is told and tries again."""
    db.session.add(Job(kind="counter", payload={"count": 0}))
    db.session.commit()

    def view():
        job = db.session.scalars(select(Job).with_for_update()).one()
        job.payload = {"count": job.payload["count"] + 1}
        return "done"

    add(workshop, view)

    def write(_number):
        return [send(workshop).status_code for _ in range(ROUNDS)]

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [status for statuses in pool.map(write, range(WRITERS)) for status in statuses]
    assert set(answers) == {200}
    db.session.rollback()
    assert db.session.scalars(select(Job)).one().payload == {"count": WRITERS * ROUNDS}


def test_of_many_who_decide_at_once_one_wins_and_the_others_are_told(people, browser):
    thing = challenge(people.city(), ChallengeStatus.IN_REVIEW)
    readers = [browser(people.coordinator()) for _ in range(5)]
    address, version = f"/challenges/{thing.public_id}/acts/publish", str(thing.version)
    tokens = [reader.token() for reader in readers]
    db.session.commit()
    gate = threading.Barrier(len(readers))

    def decide(place):
        gate.wait()
        fields = {"version": version, "csrf_token": tokens[place]}
        return Context().run(readers[place].client.post, address, data=fields).status_code

    with ThreadPoolExecutor(len(readers)) as pool:
        answers = sorted(pool.map(decide, range(len(readers))))
    assert answers == [302, 409, 409, 409, 409]
    db.session.rollback()
    assert db.session.query(Challenge).one().status is ChallengeStatus.PUBLISHED
