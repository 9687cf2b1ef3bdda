"""``flask jobs``: the table of jobs and the worker that empties it."""

import os
import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app.extensions import db
from app.jobs.models import Job
from app.worker import tick


@click.group()
def jobs() -> None:
    """Long work outside the web process."""


@jobs.command()
@with_appcontext
def run() -> None:
    """Run every job that is due now, then end."""
    click.echo(f"{run_all_due()} jobs run")


@jobs.command()
def worker() -> None:
    """Run jobs as they come, until stopped (the same as ``python -m app.worker``)."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "app.worker"])


@jobs.command("list")
@with_appcontext
def show() -> None:
    """Count the jobs by kind and state, with one problem of each."""
    rows = db.session.execute(
        select(Job.kind, Job.state, func.count(), func.max(Job.problem))
        .group_by(Job.kind, Job.state)
        .order_by(Job.kind, Job.state)
    )
    for kind, state, count, problem in rows:
        click.echo(f"{count:>6}  {state:<8} {kind:<24} {problem}".rstrip())


def run_all_due() -> int:
    """Run what is due, and what that makes due, until nothing is left."""
    # The worker's round has a session of its own: a transaction left open here would lock it out.
    db.session.rollback()
    total = 0
    while done := tick(current_app._get_current_object()):  # type: ignore[attr-defined]  # the proxy's own way out
        total += done
    return total
