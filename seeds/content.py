"""Reading the demo's texts: one TOML file a subject under ``seeds/content``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
Row = dict[str, Any]
_DATES = ("opens_in_days", "closes_in_days")


def rows(pattern: str, table: str) -> list[Row]:
    """Return the rows of ``[[table]]`` of every file that fits ``pattern``, in a fixed order.

    Blank space around texts goes, so that the files can be written with room.
    """
    found: list[Row] = []
    for path in sorted(FOLDER.glob(pattern)):
        found.extend(_read(path).get(table, []))
    return [_stripped(row) for row in found]


def clauses(lang: str) -> Row:
    """Return what the agreements and reports of a language share."""
    return _stripped(_read(FOLDER / "agreement.toml")[lang])


def glossary() -> Row:
    """Return the words that the coordination added to the glossary, and why."""
    return _stripped(_read(FOLDER / "glossary.toml"))


@cache
def challenges() -> dict[str, Row]:
    """Return the challenges by key; what a story says of their dates counts."""
    found = {row["key"]: row for row in rows("challenges/*.toml", "challenge")}
    for story in stories():
        dates = {name: story[name] for name in _DATES if name in story}
        found[story["challenge"]].update(dates)
    return found


@cache
def solutions() -> dict[str, Row]:
    """Return the solutions by key."""
    return {row["key"]: row for row in rows("solutions/*.toml", "solution")}


@cache
def stories() -> list[Row]:
    """Return what happens between a challenge and a solution, story by story."""
    return rows("stories/*.toml", "story")


def _read(path: Path) -> Row:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _stripped(row: Row) -> Row:
    return {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
