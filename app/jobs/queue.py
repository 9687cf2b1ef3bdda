"""Waking the worker: huey carries the signal and the clock, the table of jobs carries the work.

Losing a signal loses nothing: the worker also looks at the table every minute.
"""

from typing import Any

import structlog
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey
from huey.serializer import SignedSerializer
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, UOWTransaction

from app.jobs.models import Job
from app.jobs.service import run_due
from config import Settings

log = structlog.get_logger()
_ASKED = "jobs_asked_for"


def make_queue(settings: Settings) -> Huey:
    """Return the queue beside the database: a SQLite file, or tables in PostgreSQL."""
    serializer = SignedSerializer(secret=settings.secret_key)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("puente", dsn=dsn, serializer=serializer)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / "queue.db"
    return SqliteHuey("puente", filename=str(path), serializer=serializer, fsync=False)


def init_queue(app: Flask) -> None:
    """Give ``app`` its queue and the task that both the web process and the worker know."""
    settings: Settings = app.config["SETTINGS"]
    if settings.environment == "test":
        return
    queue = make_queue(settings)

    def drain() -> int:
        """Run the jobs that are due."""
        with app.app_context():
            return run_due()

    app.extensions["queue"] = queue
    app.extensions["drain"] = queue.task(name="drain")(drain)


@event.listens_for(Session, "after_flush")
def _notice_jobs(session: Session, _context: UOWTransaction) -> None:
    if any(isinstance(row, Job) for row in session.new):
        session.info[_ASKED] = True


@event.listens_for(Session, "after_commit")
def _wake_after_commit(session: Session) -> None:
    if session.info.pop(_ASKED, False):
        wake_worker()


@event.listens_for(Session, "after_rollback")
def _forget_jobs(session: Session) -> None:
    session.info.pop(_ASKED, None)


def wake_worker() -> None:
    """Tell the worker that there may be something to do; a failure to tell is only logged."""
    drain: Any = current_app.extensions.get("drain")
    if drain is None:
        return
    try:
        drain()
    except Exception as problem:  # noqa: BLE001 - the work is safe in the table of jobs
        log.warning("worker_not_woken", problem=str(problem))
