"""``flask match``: the suggestions of the matcher, for all open challenges at once."""

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app.challenges.queries import open_challenges
from app.commands.jobs import run_all_due
from app.extensions import db
from app.jobs.service import enqueue
from app.matches.models import Match


@click.group()
def match() -> None:
    """Suggested pairs of challenges and solutions."""


@match.command()
@with_appcontext
def run() -> None:
    """Bring what the matcher finds up to date: for open challenges, startups and similar briefs."""
    enqueue("matches.resemble", key="all")
    for challenge in open_challenges():
        enqueue("matches.suggest", key=str(challenge.id), challenge=challenge.id)
    db.session.commit()
    run_all_due()
    click.echo(in_figures())


def in_figures() -> str:
    """Return how many matches there are, for how many open challenges."""
    found = db.session.scalar(select(func.count()).select_from(Match))
    return f"{found} matches; {len(open_challenges())} open challenges"
