"""The child that writes a workbook: sheets as JSON in, the XLSX out.

Run as ``python -m app.files.sheets_child SECONDS`` by ``sheets.py``.
"""

import io
import json
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.files.limits import confine

_LARGEST_FILE = 64 * 1024 * 1024
_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_WIDEST = 60
_KINDS: dict[str, Callable[[str], Any]] = {
    "number": Decimal,
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "text": str,
}


def write(sheets: list[dict[str, Any]]) -> bytes:
    """Return the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(_title(sheet["title"]))
        for place, row in enumerate([sheet["header"], *sheet["rows"]], start=1):
            for column, value in enumerate(row, start=1):
                _fill(page.cell(place, column), value)
        _arrange(page)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:_LONGEST_TITLE]


def _fill(cell: Cell, value: Any) -> None:
    if isinstance(value, list):
        kind, words = value
        value = _KINDS[kind](words)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
        # Set after the value: openpyxl takes a text that begins with = for a formula.
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value


def _arrange(page: Worksheet) -> None:
    page.freeze_panes = "A2"
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(page.columns, start=1):
        widest = max(len(str(cell.value or "")) for cell in column)
        page.column_dimensions[get_column_letter(number)].width = min(widest + 3, _WIDEST)


def main() -> None:
    """Read the sheets from the input and answer with the file."""
    confine(int(sys.argv[1]), file_bytes=_LARGEST_FILE)
    sys.stdout.buffer.write(write(json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
