"""Which texts a change of the glossary touches, and by which words.

Each line that comes or goes is told as ``{"line", "change" ("added" or "withdrawn"), "solutions",
"challenges", "loudest" ([word, texts] of the words met most), "unread" (words that the matcher
cannot read: too long, or made of little words only)}``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from app.matches.scales import Line
from app.matches.tuning.glossary import LANGUAGES, words_of
from matching import Document
from matching.analyser import Analyser
from matching.glossary import LONGEST_PHRASE, Concept, stems_of

_LOUDEST = 3
_ALIKE = {"title": 1.0, "uses": 1.0, "text": 1.0}
"""Weights of the fields: here it only matters whether a word is met."""


class Touching:
    """Counts, text by text, whom the lines that come or go concern."""

    def __init__(self, before: Sequence[Line], after: Sequence[Line]) -> None:
        self._changes = [
            _Change("added", [line for line in after if line not in before]),
            _Change("withdrawn", [line for line in before if line not in after]),
        ]
        self._read: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return any(change.lines for change in self._changes)

    def read(self, kind: str, documents: Iterable[Document]) -> None:
        """Look at more texts of a kind: ``solutions`` or ``challenges``."""
        for document in documents:
            self._read[kind] += 1
            for change in self._changes:
                change.read(kind, document)

    @property
    def result(self) -> dict[str, Any]:
        """How many texts were read, and each line that comes or goes."""
        lines = [told for change in self._changes for told in change.told()]
        return {
            "solutions": self._read["solutions"],
            "challenges": self._read["challenges"],
            "lines": lines,
        }


class _Change:
    def __init__(self, name: str, lines: list[Line]) -> None:
        self.name, self.lines = name, lines
        self._terms = {f"c:{Concept(*line).key}": line for line in lines}
        self._analyser = Analyser([Concept(*line) for line in lines], _ALIKE)
        self._met: dict[Line, Counter[str]] = {line: Counter() for line in lines}
        self._words: dict[Line, Counter[str]] = {line: Counter() for line in lines}

    def read(self, kind: str, document: Document) -> None:
        if not self.lines:
            return
        uses = self._analyser.analyse(document).uses
        for term in self._terms.keys() & uses.keys():
            line = self._terms[term]
            self._met[line][kind] += 1
            self._words[line][uses[term].surface.lower()] += 1

    def told(self) -> list[dict[str, Any]]:
        return [
            {
                "line": list(line),
                "change": self.name,
                "solutions": self._met[line]["solutions"],
                "challenges": self._met[line]["challenges"],
                "loudest": [list(pair) for pair in self._words[line].most_common(_LOUDEST)],
                "unread": _unread(line),
            }
            for line in self.lines
        ]


def _unread(line: Line) -> list[str]:
    return [
        word
        for language, cell in zip(LANGUAGES, line, strict=True)
        for word in words_of(cell)
        if not 0 < len(stems_of(word, language)) <= LONGEST_PHRASE
    ]
