"""How files come in: a view says that it takes them, and each is checked before it is kept.

Checking may take seconds. The transaction of the request is let go of before, so that nobody waits
for it: read what was uploaded first, and only then load and change things.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.files import pdf
from app.files.problems import UnreadableFile
from config import MEGABYTE

View = TypeVar("View", bound=Callable[..., Any])
LARGEST_MEGABYTES = 20
# Two of the largest files at once, and the text of the form around them.
LARGEST_REQUEST = 2 * LARGEST_MEGABYTES * MEGABYTE + 4 * MEGABYTE
_MARK = "accepts_files"


@dataclass(frozen=True, slots=True)
class Upload:
    """A PDF that was read and found to be one."""

    name: str
    content: bytes
    pages: int


def accepts_files(view: View) -> View:
    """Let requests to ``view`` be as large as documents are; others stay small."""
    setattr(view, _MARK, True)
    return view


def init_uploads(app: Flask) -> None:
    """Set how large each request may be, before anything reads it."""
    app.before_request(_set_limit)


def _set_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, _MARK, False):
        request.max_content_length = LARGEST_REQUEST


def was_chosen(file: FileStorage | None) -> bool:
    """Tell whether a file was chosen in the form; an empty file input sends a nameless one."""
    return file is not None and bool(file.filename)


def read_pdf(file: FileStorage, megabytes: int, most_pages: int | None = None) -> Upload:
    """Check a PDF that was uploaded and return it.

    Args:
        file: as the form gave it.
        megabytes: the largest size.
        most_pages: the most pages, where they are limited.

    Raises:
        UnreadableFile: it is too large, too long or cannot be read as a PDF.
    """
    content = file.stream.read(megabytes * MEGABYTE + 1)
    if len(content) > megabytes * MEGABYTE:
        raise UnreadableFile("file_too_large", megabytes=megabytes)
    db.session.rollback()
    pages = pdf.inspect(content).pages
    if most_pages is not None and pages > most_pages:
        raise UnreadableFile("file_too_long", pages=pages, largest=most_pages)
    return Upload(file.filename or "", content, pages)
