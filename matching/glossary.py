"""The glossary: which words of Spanish, Portuguese and English name the same thing.

It is a table with the columns es, pt and en, one concept a line, synonyms separated by "|"
("basura|residuos", "lixo|resíduos", "waste|garbage"). The shipped one is `glossary.csv` beside this
file; a coordinator adds lines of the same shape through `Matcher(concepts=...)`.
"""

import csv
import hashlib
from collections.abc import Iterable
from functools import lru_cache
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
        """The canonical name: the first synonym, in English if there is one, without accents."""
        named = next((phrase for phrase in (self.en, self.es, self.pt) if phrase.strip()), "")
        return fold(named.split("|")[0].strip().lower())

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


_PLURALS = {
    "es": (("ces", "z"), ("es", ""), ("s", ""), ("e", "")),
    "pt": (
        *(("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("il", "el"), ("ns", "m")),
        *(("es", ""), ("s", ""), ("e", "")),
    ),
    "en": (("ies", "y"), ("s", "")),
}
"""Endings without accents; plural and singular of a word come out the same."""


def light(word: str, language: str) -> str:
    """A word without accents and number; what would leave less than three letters stays."""
    plain = fold(word)
    for ending, rest in _PLURALS[language]:
        if plain.endswith(ending) and len(plain) - len(ending) + len(rest) > 2:
            return plain[: -len(ending)] + rest
    return plain


class Lookup:
    """The glossary of one language: from a word or phrase to the key of its concept.

    A word is looked up as it is written, then without accents and plural, then by its stem: the
    stem joins "costa" and "coste", so the closer forms come first. In each form the first line
    that claims a word keeps it. Phrases of up to `LONGEST_PHRASE` words go by their stems.
    `written` holds the words as written, `phrases` the stems of each phrase.
    """

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        self._language = language
        self.written: dict[str, str] = {}
        self.phrases: dict[tuple[str, ...], str] = {}
        self._light: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for concept in concepts:
            for phrase in concept.phrases(language):
                stems = stems_of(phrase, language)
                if 1 < len(stems) <= LONGEST_PHRASE:
                    self.phrases.setdefault(stems, concept.key)
                elif len(stems) == 1:
                    word = phrase.lower()
                    self._stems.setdefault(stems[0], concept.key)
                    self.written.setdefault(word, concept.key)
                    self._light.setdefault(light(word, language), concept.key)

    def word(self, word: str, root: str) -> str | None:
        """The key of a lower-case word, given with its stem; `None` when it is not listed."""
        plain = light(word, self._language)
        forms = self.written.get(word), self._light.get(plain), self._stems.get(root)
        return next((key for key in forms if key is not None), None)


@lru_cache(maxsize=16)
def lookup(concepts: tuple[Concept, ...], language: str) -> Lookup:
    """The lookup of some lines, made once: it never changes, so all analysers share it."""
    return Lookup(concepts, language)
