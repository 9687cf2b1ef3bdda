"""Asking for a job and running the ones that are due.

A job is at least once: it is leased, run in one transaction together with being marked done, and
taken up again when the worker died meanwhile. So its effects in the database happen exactly once,
and effects outside (a mail) carry a key by which a repetition can be told.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select, update

from app.extensions import db, may_write, utcnow
from app.jobs.models import Job, JobState

log = structlog.get_logger()

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 6
Handler = Callable[..., None]
HANDLERS: dict[str, Handler] = {}
"""Filled in the worker only: the web process never loads what a job needs."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a function as what a kind of job does."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def enqueue(kind: str, key: str = "", **payload: Any) -> None:
    """Ask for a job in the present transaction; the worker is woken when it is committed.

    Args:
        kind: what to do; a name in ``HANDLERS`` of the worker.
        key: with a key, a job of that kind and key that still waits is not asked for twice.
        payload: JSON-able arguments of the handler.
    """
    if key and _waits(kind, key):
        return
    db.session.add(Job(kind=kind, key=key, payload=payload))


def _waits(kind: str, key: str) -> bool:
    query = select(Job.id).where(
        Job.kind == kind, Job.key == key, Job.state == JobState.WAITING, Job.attempts == 0
    )
    # Shared lock: until this transaction ends, the worker cannot take the waiting job up and miss
    # what this transaction is about to change.
    return db.session.scalar(query.limit(1).with_for_update(read=True)) is not None


def run_due(most: int = 1000) -> int:
    """Run the jobs that are due, oldest first, and return how many were done."""
    done = 0
    for _ in range(most):
        job_id = _lease_next()
        if job_id is None:
            break
        done += _run(job_id)
    return done


@contextmanager
def reading() -> Iterator[None]:
    """Let the first part of a job only read, so that long thinking keeps nobody from writing.

    What was begun before is given up: use it before the job changes anything.
    """
    db.session.rollback()
    token = may_write.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        may_write.reset(token)


def _lease_next() -> int | None:
    now = utcnow()
    due = (Job.state == JobState.WAITING) & (Job.due_at <= now)
    candidate = db.session.scalar(select(Job.id).where(due).order_by(Job.due_at, Job.id).limit(1))
    if candidate is None:
        db.session.rollback()
        return None
    taken = db.session.scalar(
        update(Job)
        .where(Job.id == candidate, due)
        .values(due_at=now + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id)
    )
    db.session.commit()
    return _lease_next() if taken is None else taken


def _run(job_id: int) -> bool:
    job = db.session.get_one(Job, job_id)
    kind = job.kind
    if job.attempts > MOST_ATTEMPTS:
        _postpone(job_id, RuntimeError("the worker stopped during every attempt"))
        return False
    try:
        HANDLERS[kind](**job.payload)
        job.state = JobState.DONE
        job.finished_at = utcnow()
        db.session.commit()
    except Exception as problem:
        db.session.rollback()
        _postpone(job_id, problem)
        log.exception("job_failed", kind=kind, job=job_id)
        return False
    log.info("job_done", kind=kind, job=job_id)
    return True


def _postpone(job_id: int, problem: Exception) -> None:
    job = db.session.get_one(Job, job_id)
    job.problem = f"{type(problem).__name__}: {problem}"[:2000]
    job.due_at = utcnow() + timedelta(seconds=5 * 4**job.attempts)
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.FAILED
    db.session.commit()
