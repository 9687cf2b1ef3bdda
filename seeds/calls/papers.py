"""The letters, reports and adhesions of the demo's cities: small PDFs, all set at once."""

import base64
import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.files.uploads import Upload
from seeds.content import FOLDER, Row

_CHILD = Path(__file__).parents[1] / "papers_child.py"
_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_PAGES = {"letter": 1, "report": 2}
_NAMES = {"letter": "Carta de compromiso", "report": "Informe descriptivo", "adhesion": "Adhesión"}
_NO_DATE = "s/f"


@dataclass
class Papers:
    """The papers of a load by their keys; the first one that is asked for has all of them set."""

    wanted: dict[str, Row] = field(default_factory=dict)
    _set: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def want_letter(self, key: str, row: Row, on: date | None, kind: str = "letter") -> None:
        """Have a letter (or adhesion) of a city written; without a date where it forgets it."""
        said = _said(kind)
        dated = _NO_DATE if on is None else f"{on.day} de {_MONTHS[on.month - 1]} de {on.year}"
        body = said["bodies"][len(self.wanted) // 2 % len(said["bodies"])]
        self.wanted[key] = {
            "document": "letter",
            "name": f"{_NAMES[kind]} {row['name']}.pdf",
            "data": {
                **_common(said, row),
                "dated": f"{row['name']}, {dated}",
                "to": said["to"],
                "body": body.strip().format(**row),
                "signer": row["letter_signer"],
                "role": row["letter_role"],
                "signed": said["signed"],
            },
        }

    def want_report(self, key: str, row: Row) -> None:
        """Have the report of a city written."""
        said = _said("report")
        row = {**row, "population": f"{row['population']:,}".replace(",", ".")}
        self.wanted[key] = {
            "document": "report",
            "name": f"{_NAMES['report']} {row['name']}.pdf",
            "data": {
                **_common(said, row),
                "facts": [[name, value.format(**row)] for name, value in said["facts"]],
                "parts": [[heading, row[name]] for heading, name in said["parts"]],
                "table_title": said["table_title"],
                "header": said["header"],
                "rows": [[cell.format(**row) for cell in line] for line in said["rows"]],
            },
        }

    def of(self, key: str) -> Upload:
        """Return a paper as it is handed in; we made it, so we know how long it is."""
        if not self._set:
            self._set.update(_made(self.wanted))
        asked = self.wanted[key]
        return Upload(asked["name"], self._set[key], _PAGES[asked["document"]])


def _common(said: Row, row: Row) -> dict[str, Any]:
    return {
        "lang": "es",
        "title": said["title"].format(**row),
        "issuer": row["full_name"],
        "footer": said["footer"],
    }


@cache
def _contents() -> dict[str, Row]:
    return tomllib.loads((FOLDER / "calls" / "papers.toml").read_text(encoding="utf-8"))


def _said(kind: str) -> Row:
    return _contents()[kind]


def _made(wanted: dict[str, Row]) -> dict[str, bytes]:
    """Set everything in a process of its own, which then gives back what typesetting takes."""
    asked = [{"document": one["document"], "data": one["data"]} for one in wanted.values()]
    answer = subprocess.run(
        [sys.executable, "-P", str(_CHILD)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    pdfs = (base64.b64decode(one) for one in json.loads(answer.stdout))
    return dict(zip(wanted, pdfs, strict=True))
