"""The child that sets the papers of the demo's cities, all at once: JSON in, JSON out.

Run as ``python -P seeds/papers_child.py``, by itself: it needs nothing of the platform but the way
its documents look, and one process for all of them takes a tenth of the time.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

import typst

_ROOT = Path(__file__).parents[1]
_FOLDER = _ROOT / "seeds" / "documents"


def made(document: str, data: dict[str, Any]) -> str:
    """Return a document filled with ``data`` as PDF/UA, in base64."""
    pdf: bytes = typst.compile(
        _FOLDER / f"{document}.typ",
        root=_ROOT,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data)},
    )
    return base64.b64encode(pdf).decode()


def main() -> None:
    """Read which documents are wanted and answer with them, in the same order."""
    asked = json.load(sys.stdin)
    json.dump([made(one["document"], one["data"]) for one in asked], sys.stdout)


if __name__ == "__main__":
    main()
