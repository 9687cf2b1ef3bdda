"""``flask municipalities``: the official registers by which applications are checked."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.calls.municipalities.register import BadRegister, take_in
from app.domain.vocabulary import Country
from app.extensions import db


@click.group()
def municipalities() -> None:
    """Registers of municipalities."""


@municipalities.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--country", type=click.Choice([one.value for one in Country]), required=True)
@with_appcontext
def import_register(file: Path, country: str) -> None:
    """Add the municipalities of a CSV file (a code and a name in each row), or correct them."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            outcome = take_in(lines, Country(country))
    except (BadRegister, UnicodeDecodeError) as problem:
        db.session.rollback()
        raise click.ClickException(str(problem)) from problem
    db.session.commit()
    click.echo(f"{outcome.added} added, {outcome.changed} corrected; {outcome.total} in all")
