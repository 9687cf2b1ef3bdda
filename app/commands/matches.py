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
    """Bring the suggestions for every open challenge up to date."""
    challenges = open_challenges()
    for challenge in challenges:
        enqueue("matches.suggest", key=str(challenge.id), challenge=challenge.id)
    db.session.commit()
    run_all_due()
    found = db.session.scalar(select(func.count()).select_from(Match))
    click.echo(f"{len(challenges)} open challenges, {found} matches in all")
