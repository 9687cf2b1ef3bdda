"""Lines that coordinators add to the glossary: how they are read, and what is wrong with them."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from app.matches.scales import Line
from app.search_text import fold

LANGUAGES = ("es", "pt", "en")
MOST_LINES = 500
LONGEST_WORD = 60
MOST_WORDS = 5
"""Words of one expression; the matcher reads three of them, the little ones aside."""

LONGEST_CELL = 400
_SHIPPED = Path(__file__).resolve().parents[3] / "matching" / "glossary.csv"
_BETWEEN = re.compile(r"[|\n]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a line: its number (from 1), the sentence, and whether it must be mended."""

    number: int
    sentence: Any
    is_error: bool


def line_of(cells: Sequence[str]) -> Line:
    """Return three cells as a line: words cut at "|" or ends of lines, each once, none empty."""
    es, pt, en = (
        "|".join(dict.fromkeys(word for raw in _BETWEEN.split(cell) if (word := _tidy(raw))))
        for cell in cells
    )
    return es, pt, en


def _tidy(word: str) -> str:
    return " ".join(word.split())


def words_of(cell: str) -> list[str]:
    """Return the words of one language of a line."""
    return [word for word in cell.split("|") if word]


def findings(lines: Sequence[Line]) -> list[Finding]:
    """Return what is wrong or noteworthy about ``lines``, in their order, errors first."""
    claimed = _claims(lines)
    found: list[Finding] = []
    for number, line in enumerate(lines, start=1):
        found += _mistakes(number, line)
        found += _doubles(number, line, claimed)
        found += _against_shipped(number, line)
    return sorted(found, key=lambda one: (not one.is_error, one.number))


def _mistakes(number: int, line: Line) -> Iterator[Finding]:
    if not all(line):
        yield Finding(number, _("Write at least one word in each language."), True)
    for cell in line:
        for word in words_of(cell):
            if len(word) > LONGEST_WORD or len(word.split()) > MOST_WORDS:
                sentence = _("“%(word)s” is too long: at most five words.", word=word[:80])
                yield Finding(number, sentence, True)
            elif not any(character.isalpha() for character in word):
                yield Finding(number, _("“%(word)s” holds no letters.", word=word), True)


def _claims(lines: Sequence[Line]) -> dict[tuple[str, str], int]:
    """Return the first line that holds each word, by language and folded word."""
    first: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        for key in _keys(line):
            first.setdefault(key, number)
    return first


def _keys(line: Line) -> Iterator[tuple[str, str]]:
    for language, cell in zip(LANGUAGES, line, strict=True):
        for word in words_of(cell):
            yield language, fold(word)


def _doubles(number: int, line: Line, claimed: dict[tuple[str, str], int]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for key in _keys(line):
        other = claimed[key]
        if other != number and key not in seen:
            seen.add(key)
            sentence = _("“%(word)s” stands in line %(other)s already.", word=key[1], other=other)
            yield Finding(number, sentence, True)


def _against_shipped(number: int, line: Line) -> Iterator[Finding]:
    """Compare a line with the glossary that ships: it may add to it, or take words away."""
    shipped = _shipped_words()
    keys = list(dict.fromkeys(_keys(line)))
    homes = {key: shipped[key] for key in keys if key in shipped}
    names = sorted(set(homes.values()))
    if homes and len(homes) == len(keys) and len(names) == 1:
        sentence = _("The glossary knows this already, as “%(name)s”.", name=names[0])
        yield Finding(number, sentence, True)
        return
    own = words_of(line[2])[:1]
    for name in names:
        if [fold(name)] != [fold(word) for word in own]:
            taken = ", ".join(
                dict.fromkeys(word for (_lang, word), home in homes.items() if home == name)
            )
            yield Finding(number, _taken(taken, name), False)


def _taken(words: str, name: str) -> Any:
    return _(
        "It takes %(words)s away from “%(name)s”. To add to that concept instead, write "
        "“%(name)s” first in English.",
        words=words,
        name=name,
    )


@cache
def _shipped_words() -> dict[tuple[str, str], str]:
    """Return the concept of each word of the shipped glossary, by its first English word."""
    known: dict[tuple[str, str], str] = {}
    with _SHIPPED.open(encoding="utf-8", newline="") as source:
        for es, pt, en in list(csv.reader(source))[1:]:
            for key in _keys((es, pt, en)):
                known.setdefault(key, en.split("|")[0])
    return known


def has_errors(found: Iterable[Finding]) -> bool:
    """Tell whether something must be mended."""
    return any(one.is_error for one in found)
