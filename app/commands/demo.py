"""``flask demo``: the platform with invented-but-plausible data, for trying it out."""

import os
import shutil
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import text

import seeds
from app.commands.assets import compress_static
from app.commands.jobs import run_all_due
from app.commands.matches import in_figures
from app.commands.progress import quiet_logs, report, step
from app.commands.serve import port_is_free
from app.commands.translations import compile_catalogs
from app.extensions import Base, db
from config import Settings
from seeds.cast import PASSWORD

ACCOUNTS = {
    "coordinacion@puente.example": "the coordination: reviews, decides matches, follows pilots",
    "ciudad@puente.example": "a city: publishes challenges, consents, runs pilots",
    "startup@puente.example": "a startup: offers solutions, applies, delivers",
    "postulante@puente.example": "a city that applies to the open call: has a draft to finish",
    "evaluacion@puente.example": "a member of a committee: has applications to review",
    "presidencia@puente.example": "who presides that committee: settles what members differ on",
}
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_STEPS = 5


@click.group()
def demo() -> None:
    """Try the platform with demonstration data (needs PUENTE_ENV=demo)."""
    quiet_logs()


@demo.command()
@with_appcontext
def load() -> None:
    """Load the demonstration data, unless it is there already, and compute the matches."""
    _require_demo()
    seeds.load(report)
    run_all_due()
    report(in_figures())


@demo.command()
@click.confirmation_option(prompt="This deletes everything in the demo's database. Go on?")
@with_appcontext
def reset() -> None:
    """Delete everything and load the demonstration data anew."""
    settings = _require_demo()
    with step(1, 3, "Emptying the database"):
        _drop_everything()
        # What the matcher kept of solutions that are gone.
        shutil.rmtree(settings.data_dir / "matching", ignore_errors=True)
    with step(2, 3, "Creating the tables"):
        upgrade(str(MIGRATIONS))
    with step(3, 3, "Loading the demonstration data and matching it"):
        seeds.load(report)
        run_all_due()
        report(in_figures())


@demo.command()
@with_appcontext
def run() -> None:
    """Prepare everything and serve the demo on HOST and PORT, with its worker."""
    settings = _require_demo()
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port_is_free(host, int(port)):
        message = f"Port {port} on {host} is taken. Choose another: make run PORT={int(port) + 1}"
        raise click.ClickException(message)
    with step(1, _STEPS, "Translations and static files"):
        compile_catalogs(report)
        compress_static(report)
    with step(2, _STEPS, f"Database ({db.engine.dialect.name})"):
        upgrade(str(MIGRATIONS))
    with step(3, _STEPS, "Demonstration data"):
        seeds.load(report)
    with step(4, _STEPS, "Matches"):
        run_all_due()
        report(in_figures())
    db.session.remove()
    db.engine.dispose()
    click.secho(f"[5/{_STEPS}] Starting the web process and the worker", bold=True)
    sys.stdout.flush()
    welcome = {"HOST": host, "PORT": port, "PUENTE_WELCOME": _welcome(settings)}
    # Replaced, so that the matcher loaded for the steps above does not stay in memory.
    os.execve(
        sys.executable, [sys.executable, "-m", "app.commands.serve"], {**os.environ, **welcome}
    )


def _require_demo() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        raise click.ClickException("demonstration data needs PUENTE_ENV=demo")
    return settings


def _drop_everything() -> None:
    with db.engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def _welcome(settings: Settings) -> str:
    width = max(map(len, ACCOUNTS))
    return "\n".join(
        [
            "",
            f"Puente is running: {settings.base_url}",
            "",
            f"Demo accounts (password of all: {PASSWORD})",
            *(f"  {email:<{width}}  {role}" for email, role in ACCOUNTS.items()),
            "",
            "Ctrl-C stops it; what you do in it is kept.",
        ]
    )
