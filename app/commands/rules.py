"""``flask rules``: the generated page of states and permissions."""

from pathlib import Path

import click

from app.commands.rules_page import rules_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


@click.group()
def rules() -> None:
    """The rules page (docs/rules.md), generated from the tables."""


@rules.command()
def write() -> None:
    """Write the page anew."""
    PAGE.write_text(rules_page(), encoding="utf-8")
    click.echo(f"Written: {PAGE.name}")


@rules.command()
def check() -> None:
    """Fail when the page does not say what the tables say."""
    if PAGE.read_text(encoding="utf-8") != rules_page():
        raise click.ClickException("docs/rules.md is stale; run: make rules")
    click.echo("docs/rules.md is up to date")
