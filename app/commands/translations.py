"""Translations in the form that the platform reads."""

from pathlib import Path

import click
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.commands.progress import Report, report

APP = Path(__file__).resolve().parent.parent


@click.group()
def translations() -> None:
    """The catalogs of the interface."""


@translations.command("compile")
def compile_all() -> None:
    """Compile the catalogs that changed."""
    click.echo(f"{compile_catalogs(report)} catalogs compiled")


def compile_catalogs(report: Report, root: Path = APP) -> int:
    """Compile each catalog that is newer than its compiled form and return how many."""
    compiled = 0
    for source in sorted(root.glob("translations*/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        _compile(source, target)
        report(f"{source.parent.parent.name}: {source.stem}")
        compiled += 1
    return compiled


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name)
    # Written apart and put in place in one go: another process may be reading the old one.
    fresh = target.with_suffix(".mo.new")
    with fresh.open("wb") as compiled:
        write_mo(compiled, catalog)
    fresh.replace(target)
