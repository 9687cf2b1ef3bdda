"""The entry point of the ``flask`` command: the application with its commands.

Apart from ``wsgi.py`` so that the web process never loads what only commands need (the matcher
and scikit-learn with it). ``.flaskenv`` names this file.
"""

from app.commands.cli import init_commands
from wsgi import app

init_commands(app)
__all__ = ["app"]
