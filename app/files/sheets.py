"""Makes workbooks (XLSX): rows in, the file out, written in a child process."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from app.files import children

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | Decimal | bool | date | datetime | None
_CPU_SECONDS = 30


class NotWritten(RuntimeError):
    """A workbook of ours could not be written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title of at most 31 characters, the names of its columns and its rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as one file.

    Texts never become formulas; numbers and dates stay what they are.
    Moments are written as given, without their zone: bring them into the reader's first.

    Raises:
        NotWritten: there is no sheet, or a value that no cell can hold.
    """
    said = json.dumps([asdict(sheet) for sheet in sheets], default=_tagged).encode()
    answer = children.run("sheets_child", said, _CPU_SECONDS)
    if answer.failed or not answer.output:
        raise NotWritten
    return answer.output


def _tagged(value: object) -> list[str]:
    """Return what JSON has no type for as its kind and its text."""
    if isinstance(value, Decimal):
        return ["number", str(value)]
    if isinstance(value, datetime):
        return ["moment", value.replace(tzinfo=None).isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return ["text", str(value)]
