"""Fixtures: the platform on an empty database, people of each role, and a browser-like client.

``PUENTE_TEST_DATABASE`` names the database (SQLite in a temporary folder when unset); the suite is
the same for both. Each worker of a parallel run has its own.
"""

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.extensions import Base, db
from app.factory import create_app
from app.web.access import public
from config import Settings, load_settings
from tests.people import People


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
    return url.set(database=name).render_as_string(hide_password=False)


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
    app.add_url_rule("/csrf-token-for-tests", "csrf_token_for_tests", public(generate_csrf))
    with app.app_context():
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


def _empty() -> None:
    tables = Base.metadata.sorted_tables
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        for table in reversed(tables):
            connection.execute(table.delete())


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
        """Return a CSRF token of this session."""
        return self.get("/csrf-token-for-tests").get_data(as_text=True)

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
def run_jobs(app: Flask) -> Callable[[], int]:
    """Run every job that is due, as the worker does."""
    import app.worker  # noqa: F401 - registers what each kind of job does
    from app.jobs.service import run_due

    return run_due
