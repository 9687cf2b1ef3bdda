"""The glossary: which words of Spanish, Portuguese and English name the same thing.

It is a table with the columns es, pt and en, one concept a line, synonyms separated by "|"
("basura|residuos", "lixo|resíduos", "waste|garbage"). The shipped one is `glossary.csv` beside this
file; a coordinator adds lines of the same shape through `Matcher(concepts=...)`.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from matching.stems import stem
from matching.stopwords import LANGUAGES, STOP_WORDS
from matching.words import fold, words

SHIPPED = Path(__file__).with_name("glossary.csv")
LONGEST_PHRASE = 3
"""Words of a phrase that count, stop words aside."""


class Concept(NamedTuple):
    """One line of the glossary: the synonyms of one concept in each language."""

    es: str
    pt: str
    en: str

    @property
    def key(self) -> str:
        """The canonical name: the first English synonym, without accents."""
        return fold(self.en.split("|")[0].strip().lower())

    def phrases(self, language: str) -> list[str]:
        """The synonyms in one language, as written."""
        return [phrase.strip() for phrase in self[LANGUAGES.index(language)].split("|")]


def read(path: Path = SHIPPED) -> list[Concept]:
    """Read a glossary file; `ValueError` when its columns are not es, pt and en."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        if next(rows, None) != list(LANGUAGES):
            raise ValueError(f"{path.name}: the columns must be {', '.join(LANGUAGES)}")
        return [Concept(*row) for row in rows]


def digest(concepts: Iterable[Concept]) -> str:
    """Eight hexadecimal digits that change with any word of the glossary."""
    lines = "\n".join("\t".join(concept) for concept in concepts)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def stems_of(phrase: str, language: str) -> tuple[str, ...]:
    """The stems of a phrase, stop words left out: the form in which it is looked up."""
    kept = (word for word in words(phrase) if word not in STOP_WORDS[language])
    return tuple(stem(word, language) for word in kept)


def lookup(concepts: Iterable[Concept], language: str) -> Mapping[tuple[str, ...], str]:
    """Map the stems of every phrase of one language to the key of its concept.

    The first line that claims a phrase keeps it. Phrases of more than `LONGEST_PHRASE` words, or of
    stop words only, are passed over.
    """
    table: dict[tuple[str, ...], str] = {}
    for concept in concepts:
        for phrase in concept.phrases(language):
            stems = stems_of(phrase, language)
            if 0 < len(stems) <= LONGEST_PHRASE:
                table.setdefault(stems, concept.key)
    return table
