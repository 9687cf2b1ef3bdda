"""From a document to its weighted terms, with the words that stand for each.

Two families of terms: stems ("s:"), which meet inside one language, and concepts ("c:"), which meet
across languages. A concept is the glossary's name for the word or phrase, or else its cognate key.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from matching.cognates import cognate
from matching.document import Document
from matching.glossary import Concept, Lookup, lookup
from matching.language import detect
from matching.stems import stem
from matching.stopwords import LANGUAGES, STOP_WORDS
from matching.words import words

FIELDS = ("title", "uses", "text")
"""The fields of a document, in the order in which a tie between them is decided."""

_REMEMBERED = 200_000
"""Words an analyser keeps ready; past that it forgets them all and starts again."""


class Word(NamedTuple):
    """What the analyser knows of a word: its stem, and the term of each family."""

    stem: str
    stem_term: str
    concept_term: str


class Use(NamedTuple):
    """How a document uses a term.

    `amount` is the weighted count over the fields, `surface` the words as written, `field` an index
    into `FIELDS`, `group` the concept under which the term is shown to people.
    """

    amount: float
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
        best: dict[str, tuple[float, str, int, str]] = {}
        totals: dict[str, float] = {}
        for field, (weight, found) in enumerate(zip(self._weights, split, strict=True)):
            for term, surface, group, times in self._terms(found, language, known):
                amount = weight * times
                totals[term] = totals.get(term, 0.0) + amount
                if term not in best or amount > best[term][0]:
                    best[term] = (amount, surface, field, group)
        return Analysis(
            language,
            {term: Use(totals[term], *seen[1:]) for term, seen in best.items()},
        )

    def _memory(self, language: str) -> dict[str, Word | None]:
        """The words known so far; a new start (not a clearing: others may be reading) when full."""
        if len(self._known[language]) > _REMEMBERED:
            self._known[language] = {}
        return self._known[language]

    def _terms(
        self, found: list[str], language: str, known: dict[str, Word | None]
    ) -> Iterable[tuple[str, str, str, int]]:
        """Yield term, surface words, group and count for each term of one field."""
        counts = Counter(found)
        for surface in counts.keys() - known.keys():
            known[surface] = self._word(surface, language)
        for surface, times in counts.items():
            word = known[surface]
            if word is not None:
                yield word.stem_term, surface, word.concept_term, times
                yield word.concept_term, surface, word.concept_term, times
        content = [(surface, word.stem) for surface in found if (word := known[surface])]
        glossary = self._glossary[language]
        pairs, triples = pairwise(content), zip(content, content[1:], content[2:], strict=False)
        for phrase, times in (*Counter(pairs).items(), *Counter(triples).items()):
            key = glossary.phrase(tuple(root for _, root in phrase))
            if key is not None:
                term = f"c:{key}"
                yield term, " ".join(surface for surface, _ in phrase), term, times

    def _word(self, surface: str, language: str) -> Word | None:
        """Work a word out; `None` for a stop word."""
        if surface in STOP_WORDS[language]:
            return None
        root = stem(surface, language)
        key = self._glossary[language].word(surface, root)
        concept = f"c:{key}" if key is not None else f"c:~{cognate(surface)}"
        return Word(root, f"s:{root}", concept)
