"""The loaded demo: loaded once, whatever the number of workers, and only read by the tests."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

import seeds
from app.extensions import Base, db
from app.factory import create_app
from config import load_settings


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The platform with the demonstration data."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        app = _app(shared, first=not (shared / "loaded").exists())
        (shared / "loaded").touch()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _app(folder: Path, *, first: bool) -> Flask:
    app = create_app(
        load_settings(
            {
                "PUENTE_ENV": "test",
                "SECRET_KEY": "only-for-tests-" + "x" * 32,
                "DATA_DIR": str(folder),
                "DATABASE_URL": _database_url(folder, first=first),
                "BASE_URL": "http://localhost",
            }
        )
    )
    if first:
        with app.app_context():
            Base.metadata.create_all(db.engine)
            seeds.load([].append)
            db.session.remove()
    return app


def _database_url(folder: Path, *, first: bool) -> str:
    asked = os.environ.get("PUENTE_TEST_DATABASE")
    if not asked:
        return f"sqlite:///{folder / 'demo.db'}"
    url = make_url(asked)
    name = f"{url.database}_demo"
    if first:
        admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        admin.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
