"""From a document to its weighted terms, with the words that stand for each.

Two families of terms: stems ("s:es:"), which meet inside one language, and concepts ("c:"), which
meet across languages. A concept is the glossary's name for the word or phrase, or else its cognate
key.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from matching.cognates import cognate
from matching.document import Document
from matching.glossary import LONGEST_PHRASE, Concept, Lookup, lookup
from matching.language import detect
from matching.stems import stem
from matching.stopwords import LANGUAGES, STOP_WORDS
from matching.words import words

FIELDS = ("title", "uses", "text")
"""The fields of a document, in the order in which a tie between them is decided."""

_REMEMBERED = 200_000
"""Words an analyser keeps ready; past that it forgets them all and starts again."""


class Word(NamedTuple):
    """What the analyser knows of a word.

    `terms` holds its stem term and its concept term; `starts` tells whether a phrase of the
    glossary begins with its stem.
    """

    stem: str
    terms: tuple[str, ...]
    starts: bool


class Use(NamedTuple):
    """How a document uses a term.

    `amount` is the weighted count over the fields, `loudest` the one of the field that uses it
    most, which `field` names as a place in `FIELDS`; `surface` is the word as written there, and
    `group` the concept under which the term is shown to people.
    """

    amount: float
    loudest: float
    surface: str
    field: int
    group: str


@dataclass(frozen=True)
class Analysis:
    """The language of a document ("es", "pt", "en") and how it uses each of its terms."""

    language: str
    uses: Mapping[str, Use]


class Analyser:
    """Turns documents into terms; the same document always gives the same terms."""

    def __init__(self, concepts: Sequence[Concept], field_weights: Mapping[str, float]) -> None:
        self._glossary: dict[str, Lookup] = {
            language: lookup(tuple(concepts), language) for language in LANGUAGES
        }
        self._written = {name: table.written for name, table in self._glossary.items()}
        self._weights = tuple(field_weights[field] for field in FIELDS)
        self._known: dict[str, dict[str, Word | None]] = {name: {} for name in LANGUAGES}

    def analyse(self, document: Document) -> Analysis:
        """Return the terms of a document; empty for a text without a word that counts."""
        split = [words(text) for text in (document.title, document.uses, document.text)]
        language = document.lang
        if language not in LANGUAGES:
            language = detect(chain.from_iterable(split), self._written)
        known = self._memory(language)
        uses: dict[str, Use] = {}
        for field, (weight, found) in enumerate(zip(self._weights, split, strict=True)):
            for terms, surface, times in self._terms(found, language, known):
                amount = weight * times
                use = Use(amount, amount, surface, field, terms[-1])
                for term in terms:
                    uses[term] = _together(uses[term], use) if term in uses else use
        return Analysis(language, uses)

    def _memory(self, language: str) -> dict[str, Word | None]:
        """The words known so far; a new start (not a clearing: others may be reading) when full."""
        if len(self._known[language]) > _REMEMBERED:
            self._known[language] = {}
        return self._known[language]

    def _terms(
        self, found: list[str], language: str, known: dict[str, Word | None]
    ) -> list[tuple[tuple[str, ...], str, int]]:
        """Terms, surface words and count for each word and each phrase of one field."""
        counts = Counter(found)
        for surface in counts:
            if surface not in known:
                known[surface] = self._word(surface, language)
        terms = [
            (word.terms, surface, times)
            for surface, times in counts.items()
            if (word := known[surface])
        ]
        content = [(surface, word) for surface in found if (word := known[surface])]
        starts = [place for place, (_, word) in enumerate(content) if word.starts]
        phrases = Counter(self._phrases(content, starts, self._glossary[language]))
        terms += [((key,), surface, times) for (key, surface), times in phrases.items()]
        return terms

    @staticmethod
    def _phrases(
        content: list[tuple[str, Word]], starts: list[int], glossary: Lookup
    ) -> Iterable[tuple[str, str]]:
        """The concept and the surface words of every phrase of the glossary in a text."""
        for start in starts:
            for length in range(2, LONGEST_PHRASE + 1):
                run = content[start : start + length]
                key = glossary.phrase(tuple(word.stem for _, word in run))
                if key is not None and len(run) == length:
                    yield f"c:{key}", " ".join(surface for surface, _ in run)

    def _word(self, surface: str, language: str) -> Word | None:
        """Work a word out; `None` for a stop word.

        A word its own language does not list may be borrowed: the other glossaries are asked.
        """
        if surface in STOP_WORDS[language]:
            return None
        root = stem(surface, language)
        borrowed = (self._written[other].get(surface) for other in LANGUAGES)
        keys = chain([self._glossary[language].word(surface, root)], borrowed)
        key = next((key for key in keys if key is not None), f"~{cognate(surface)}")
        return Word(
            root, (f"s:{language}:{root}", f"c:{key}"), root in self._glossary[language].starts
        )


def _together(one: Use, other: Use) -> Use:
    """The same term twice in a document: amounts add up, the louder use gives the words."""
    louder = other if other.loudest > one.loudest else one
    return Use(one.amount + other.amount, *louder[1:])
