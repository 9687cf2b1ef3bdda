"""The database and the Flask extensions, made once and bound to each application.

SQLite is set up so that it loses nothing: write-ahead log, ``BEGIN IMMEDIATE`` for whoever may
write, a patient busy timeout, foreign keys, and full synchronization. The driver's own habits
(no BEGIN before a SELECT) silently lose concurrent updates.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Babel, Domain, get_locale
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_BUSY_TIMEOUT_MS = 15_000

may_write: ContextVar[bool] = ContextVar("may_write", default=True)
"""Whether the transactions begun here may write: false while a reading request is served."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite forgets zones, so they are taken off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments and convert to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime}


class WriteOnReadError(RuntimeError):
    """A reading request tried to change the database."""


class Catalogs(Domain):
    """The translations; a page asks for them hundreds of times, and looks for them once.

    What was found is kept with the locale it was found for, since a mail may force another one.
    """

    def get_translations(self) -> NullTranslations:
        """Return the catalog of the present locale."""
        kept = g.__dict__
        # Where the library keeps it; should it move one day, we only ask more often.
        locale = getattr(kept.get("_flask_babel"), "babel_locale", None)
        found = kept.get("catalog")
        if locale is None or found is None or found[0] is not locale:
            found = (get_locale(), super().get_translations())
            if found[0] is not None:
                g.catalog = found
        return found[1]


class Languages(Babel):
    """The library's own, with our way to the translations."""

    @cached_property
    def domain_instance(self) -> Catalogs:
        """Return where messages are looked up."""
        return Catalogs(domain=self.domain)


db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate()
babel = Languages()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)


_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def utcnow() -> datetime:
    """Return the present moment, aware and in UTC."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let what happens inside happen at ``moment``: the demo tells the story of past months."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def init_database(app: Flask) -> None:
    """Bind the database to ``app`` and prepare its connections."""
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", prepare_sqlite)
            event.listen(db.engine, "begin", begin_sqlite)


def prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Set up a new connection: durable, patient, and with transactions that are ours to begin."""
    # The driver would open and close transactions by its own rules; ours come from `begin` below.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def begin_sqlite(connection: Any) -> None:
    """Begin a transaction, taking the write lock at once where it may write."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_writes_while_reading(session: Session, _context: Any, _instances: Any) -> None:
    if not may_write.get() and (session.new or session.dirty or session.deleted):
        message = "a GET request tried to change the database"
        raise WriteOnReadError(message)


def dialect_name() -> str:
    """Return ``sqlite`` or ``postgresql``."""
    engine: Engine = db.engine
    return engine.dialect.name
