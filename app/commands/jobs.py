"""``flask jobs``: the table of jobs and the worker that empties it."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

import app.worker  # noqa: F401 - registers what each kind of job does
from app.extensions import db
from app.jobs.models import Job
from app.jobs.service import run_due


@click.group()
def jobs() -> None:
    """Long work outside the web process."""


@jobs.command("run")
@with_appcontext
def run() -> None:
    """Run every job that is due now, then end."""
    click.echo(f"{run_all_due()} jobs run")


@jobs.command("worker")
@with_appcontext
def work() -> None:
    """Run jobs as they come, until stopped."""
    current_app.extensions["queue"].create_consumer(workers=1).run()


@jobs.command("list")
@with_appcontext
def show() -> None:
    """Count the jobs by kind and state, with the last problem of each."""
    rows = db.session.execute(
        select(Job.kind, Job.state, func.count(), func.max(Job.problem))
        .group_by(Job.kind, Job.state)
        .order_by(Job.kind, Job.state)
    )
    for kind, state, count, problem in rows:
        click.echo(f"{count:>6}  {state:<8} {kind:<24} {problem}".rstrip())


def run_all_due() -> int:
    """Run what is due, and what that makes due, until nothing is left."""
    total = 0
    while done := run_due():
        total += done
    return total
