"""Binds the handling of files to the application."""

from flask import Flask

from app.files.answers import init_answers
from app.files.children import init_children
from app.files.uploads import init_uploads


def init_files(app: Flask) -> None:
    """Prepare uploads, children and downloads; called before anything that reads a request."""
    init_uploads(app)
    init_children(app)
    init_answers(app)
