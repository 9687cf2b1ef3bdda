"""Fixtures: the platform on an empty database, people of each role, and a browser-like client.

``PUENTE_TEST_DATABASE`` names the database (SQLite in a temporary folder when unset); the suite is
the same for both. Each worker of a parallel run has its own.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextvars import Context
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import create_engine, event, exists, func, literal, select, text, union_all
from sqlalchemy.engine import make_url

from app.extensions import Base, db
from app.factory import create_app
from config import Settings, load_settings
from tests.people import People
from tests.racing import send_at_once


def _database_url(folder: Path) -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    asked = os.environ.get("PUENTE_TEST_DATABASE")
    if not asked:
        return f"sqlite:///{folder / 'test.db'}"
    url = make_url(asked)
    name = f"{url.database}_{worker}"
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    hasty = url.set(database=name).update_query_dict({"options": "-csynchronous_commit=off"})
    return hasty.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("puente")
    return load_settings(
        {
            "PUENTE_ENV": "test",
            "SECRET_KEY": "only-for-tests-" + "x" * 32,
            "DATA_DIR": str(folder),
            "DATABASE_URL": _database_url(folder),
            "BASE_URL": "http://localhost",
        }
    )


@pytest.fixture(scope="session")
def bare_app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        spare_the_disk()
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    """The platform with an empty database, inside an application context."""
    with bare_app.app_context():
        yield bare_app
        db.session.remove()
        _empty()


def spare_the_disk() -> None:
    """Let SQLite wait for no disk: what a test wrote is worth nothing after a power cut."""
    if db.engine.dialect.name == "sqlite":
        event.listen(db.engine, "connect", _without_waiting)


def _without_waiting(connection, _record) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _empty() -> None:
    """Empty the tables that hold something, and let their numbers begin at 1 again."""
    with db.engine.begin() as connection:
        used = set(connection.scalars(_USED))
        tables = [table for table in Base.metadata.sorted_tables if table.name in used]
        # A few rows each: PostgreSQL needs far longer to truncate, with a new file a table.
        for table in reversed(tables):
            connection.execute(table.delete())
            if connection.dialect.name == "postgresql" and "id" in table.columns:
                sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
                connection.execute(select(func.setval(sequence, 1, False)))


_USED = union_all(
    *(
        select(literal(table.name)).where(exists(select(1).select_from(table)))
        for table in Base.metadata.sorted_tables
    )
)


@pytest.fixture
def people(app: Flask) -> People:
    """Makes organizations and people."""
    return People()


class Browser:
    """A signed-in (or anonymous) reader: follows forms with their CSRF token, as a browser does.

    Each request runs in a context and database session of its own, as in production; the test's
    own session is committed before and forgets what it knew after.
    """

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str, **options):
        return self._send(self.client.get, url, **options)

    def post(self, url: str, data: dict | None = None, **options):
        """Post a form with a CSRF token of this session."""
        fields = dict(data or {})
        fields.setdefault("csrf_token", self.token())
        return self._send(self.client.post, url, data=fields, **options)

    def token(self) -> str:
        """Return a CSRF token of this session, as its pages carry it."""
        return Context().run(self._token)

    def _token(self) -> str:
        with self.client.session_transaction() as session:
            secret = session.setdefault("csrf_token", secrets.token_hex(20))
        key = self.client.application.secret_key
        return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret)

    @staticmethod
    def _send(method, *arguments, **options):
        db.session.commit()
        try:
            return Context().run(method, *arguments, **options)
        finally:
            db.session.expire_all()


def _remember(client: FlaskClient, known: dict) -> None:
    with client.session_transaction() as session:
        session.update(known)


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """``browser(user)`` returns a reader signed in as that person, ``browser()`` a visitor."""

    def open_browser(user=None, lang: str = "en") -> Browser:
        client = app.test_client()
        known = {"lang": lang}
        if user is not None:
            known |= {"_user_id": user.fs_uniquifier, "_fresh": True, "fs_cc": "set"}
        Context().run(_remember, client, known)
        return Browser(client)

    return open_browser


@pytest.fixture
def race(browser: Callable[..., Browser]) -> Callable[..., list[int]]:
    """``race(thing, (person, url, fields), ...)`` sends all at once and returns the statuses.

    All requests have begun, and wait for ``thing``, before any may go on.
    """
    return partial(send_at_once, browser)


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], int]:
    """Run every job that is due, as the worker does."""
    import app.worker  # noqa: F401 - registers what each kind of job does
    from app.jobs.service import run_due

    return run_due
