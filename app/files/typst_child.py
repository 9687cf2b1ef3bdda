"""The child that sets a document: ``{"document": …, "data": …}`` in, the PDF out.

Run as ``python -m app.files.typst_child SECONDS`` by ``typesetting.py``. It sees the folder of the
templates and nothing else, uses the fonts that come with typst, and puts no time of its own into
the file: the same data always give the same bytes.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

from app.files.limits import confine

_FOLDER = Path(__file__).parent / "documents"


def compiled(document: str, data: dict[str, Any]) -> bytes:
    """Return the document as PDF/UA; where a sign has no shape in our fonts, as tagged PDF."""
    options: dict[str, Any] = {
        "root": _FOLDER,
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data)},
    }
    source = _FOLDER / f"{document}.typ"
    try:
        pdf: bytes = typst.compile(source, pdf_standards=["ua-1"], **options)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        pdf = typst.compile(source, **options)
    return pdf


def main() -> None:
    """Read what to set from the input and answer with the PDF."""
    confine(int(sys.argv[1]))
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(compiled(asked["document"], asked["data"]))


if __name__ == "__main__":
    main()
