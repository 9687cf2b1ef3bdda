"""From a document to its weighted terms, with the words that stand for each.

Two families of terms: stems ("s:es:"), which meet inside one language, and concepts ("c:"), which
meet across languages. A concept is the glossary's name for the word or phrase, or else its cognate
key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from matching.document import Document
from matching.fields import FIELDS, field_of, without_field
from matching.glossary import Concept, lookup
from matching.lexicon import Lexicon
from matching.reading import Reading, read
from matching.stopwords import LANGUAGES

_REMEMBERED = 2_000_000
"""How much an analyser keeps ready (some 200 MB); past that it forgets it all and starts again."""


class Use(NamedTuple):
    """How a document uses a term.

    `amount` is the weighted count over the fields; `surface` the word as written where it counts
    most, `field` the place of that in `FIELDS`, and `group` the concept under which the term is
    shown to people.
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
        self._concepts = tuple(concepts)
        self._weights = np.array([field_weights[field] for field in FIELDS], dtype=np.float64)
        self._lexicon = self._blank()
        self._lock = Lock()

    def read(self, documents: Sequence[Document]) -> Reading:
        """The terms of some documents as arrays."""
        with self._lock:
            return read(self._prepared(), documents, self._weights)

    def analyse(self, document: Document) -> Analysis:
        """The terms of a document by name; none for a text without a word that counts."""
        with self._lock:
            lexicon = self._prepared()
            found = read(lexicon, [document], self._weights)
            groups = lexicon.concepts_of(found.languages[0], found.surfaces)
        words, fields = without_field(found.origins), field_of(found.origins)
        columns = found.terms, found.amounts, words, fields
        uses = {
            found.names[term]: Use(amount, found.surfaces[word], field, groups[word])
            for term, amount, word, field in zip(*(c.tolist() for c in columns), strict=True)
        }
        return Analysis(LANGUAGES[found.languages[0]], uses)

    def _prepared(self) -> Lexicon:
        if len(self._lexicon) > _REMEMBERED:
            self._lexicon = self._blank()
        return self._lexicon

    def _blank(self) -> Lexicon:
        return Lexicon({language: lookup(self._concepts, language) for language in LANGUAGES})

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets the recipe and makes its own, once."""
        return _shared, (self._concepts, tuple(self._weights.tolist()))


@lru_cache(maxsize=2)
def _shared(concepts: tuple[Concept, ...], weights: tuple[float, ...]) -> Analyser:
    return Analyser(concepts, dict(zip(FIELDS, weights, strict=True)))
