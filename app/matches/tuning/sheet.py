"""The lines added to the glossary as a sheet: CSV that is safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from app.matches.scales import Line
from app.matches.tuning.glossary import LANGUAGES, line_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def written(lines: Iterable[Line]) -> str:
    """Return ``lines`` as CSV; a cell that a spreadsheet would take for a formula gets a quote."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(LANGUAGES)
    writer.writerows([_guarded(cell) for cell in line] for line in lines)
    return out.getvalue()


def read(text: str) -> list[Line]:
    """Return the lines of a CSV with the columns es, pt and en, in any order, without empty rows.

    Commas, semicolons or tabs may stand between the cells.

    Raises:
        ValueError: a column is missing, or a row holds no three cells.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text)))
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    places = [head.index(language) for language in LANGUAGES]
    return [
        line_of([_bare(row[place]) if place < len(row) else "" for place in places])
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _guarded(cell: str) -> str:
    return f"{_GUARD}{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith(_FORMULA) else cell
