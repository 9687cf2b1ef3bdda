"""The child that reads a PDF: content in, its number of pages or a problem out, as JSON.

Run as ``python -m app.files.pdf_child SECONDS`` by ``pdf.py``. Reads all that a viewer would read
to show the text: a document that cannot be read within the limits would hold up people too.
"""

import io
import json
import sys
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ContentStream, DictionaryObject

from app.files.limits import confine

MOST_PAGES = 500
_LARGEST_DRAWING = 32 * 1024 * 1024
_PROGRAMS = {"/JavaScript", "/Launch"}


class Refused(Exception):
    """The document is not accepted; the message is the code of the problem."""


def examine(reader: PdfReader) -> int:
    """Return the number of pages.

    Raises:
        Refused: it is protected, carries a program, is too long or has no page.
    """
    if reader.is_encrypted:
        raise Refused("file_encrypted")
    if _runs_something(reader.root_object):
        raise Refused("file_active")
    pages = len(reader.pages)
    if not pages:
        raise Refused("file_damaged")
    if pages > MOST_PAGES:
        raise Refused("file_too_complex")
    left = _LARGEST_DRAWING
    for page in reader.pages:
        left -= _read(page)
        if left < 0:
            raise Refused("file_too_complex")
    return pages


def _runs_something(root: DictionaryObject) -> bool:
    """Tell whether the document starts a program when it is opened."""
    opening: Any = root.get("/OpenAction")
    opening = None if opening is None else opening.get_object()
    on_opening = isinstance(opening, DictionaryObject) and opening.get("/S") in _PROGRAMS
    names: Any = root.get("/Names")
    names = None if names is None else names.get_object()
    return on_opening or (isinstance(names, DictionaryObject) and "/JavaScript" in names)


def _read(page: PageObject) -> int:
    """Read what draws a page and return its size in bytes."""
    drawing = page.get_contents()
    if not isinstance(drawing, ContentStream):
        return 0
    size = len(drawing.get_data())
    if size <= _LARGEST_DRAWING:
        len(drawing.operations)
    return size


def main() -> None:
    """Read the document from the input and answer."""
    confine(int(sys.argv[1]))
    try:
        said: dict[str, Any] = {"pages": examine(PdfReader(io.BytesIO(sys.stdin.buffer.read())))}
    except Refused as refused:
        said = {"problem": str(refused)}
    except (LimitReachedError, RecursionError, MemoryError):
        said = {"problem": "file_too_complex"}
    except PyPdfError:
        said = {"problem": "file_damaged"}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
