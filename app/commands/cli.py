"""Puts the commands of the platform under ``flask``."""

from flask import Flask

from app.commands.demo import demo
from app.commands.jobs import jobs
from app.commands.matches import match
from app.commands.municipalities import municipalities
from app.commands.rules import rules
from app.commands.translations import translations
from app.commands.users import users

COMMANDS = (demo, jobs, match, municipalities, rules, translations, users)


def init_commands(app: Flask) -> None:
    """Add every command to ``app``."""
    for command in COMMANDS:
        app.cli.add_command(command)
