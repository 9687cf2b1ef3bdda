"""What is known of the words met so far: each one is worked out once, then it is a number.

Texts are cut at white space first. Such a chunk ("Gestión,") is remembered with the words in it, so
that a text is lower-cased and searched for words only where it holds chunks that are new.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.cognates import cognate
from matching.glossary import Lookup
from matching.language import votes
from matching.phrases import NONE, Numbers, Phrases
from matching.rows import Ints, Numbering
from matching.stems import stem
from matching.stopwords import LANGUAGES, STOP_WORDS
from matching.words import words

UNKNOWN = -2
"""In place of a number that is not worked out yet; `NONE` where there is none."""

UNLISTED = "c:~"
"""How the name of a concept begins that is a cognate key, for want of a line in the glossary."""


class Meanings(NamedTuple):
    """What words are in the language of their text, one value a word.

    `concepts` and `stems` hold numbers of those terms, `NONE` for a stop word; `roots` the number
    of the stem among those that phrases of the glossary are made of, 0 for others.
    """

    concepts: Numbers
    stems: Numbers
    roots: Numbers


class _Chunks(dict[str, int]):
    """Numbers of chunks; the words of chunk n are `held[bounds[n] : bounds[n + 1]]`."""

    def __init__(self, surfaces: Numbering) -> None:
        super().__init__()
        self._surfaces = surfaces
        self.held = array("i")
        self.bounds = array("q", [0])

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = len(self)
        self.held.extend([self._surfaces[word] for word in words(chunk)])
        self.bounds.append(len(self.held))
        return number


class Lexicon:
    """The words, terms and phrases met so far, by number; it only grows. For one thread at a time.

    `surfaces` numbers words and phrases as written, `concepts` and `stems` what they stand for.
    """

    def __init__(self, glossary: Mapping[str, Lookup]) -> None:
        self.surfaces = Numbering()
        self.concepts = Numbering()
        self.stems = Numbering()
        self._glossary = glossary
        self._written = {name: table.written for name, table in glossary.items()}
        self._chunks = _Chunks(self.surfaces)
        self._known = {name: tuple(array("i") for _ in Meanings._fields) for name in LANGUAGES}
        self._votes: dict[int, tuple[int, ...]] = {}
        self._phrases = {name: Phrases(glossary[name], self.concepts) for name in LANGUAGES}

    def __len__(self) -> int:
        """How much is remembered: chunks and the words in them, words and phrases."""
        return len(self._chunks) + len(self._chunks.held) + len(self.surfaces)

    def read(self, texts: Iterable[str]) -> tuple[Numbers, Ints]:
        """Numbers of the words of several texts in a row, and how many words each text has."""
        pieces = [text.split() for text in texts]
        sizes = np.array([len(piece) for piece in pieces], dtype=np.int64)
        ends = np.cumsum(sizes)
        found = map(self._chunks.__getitem__, chain.from_iterable(pieces))
        chunks = np.fromiter(found, dtype=np.int64, count=int(sizes.sum()))
        bounds = np.frombuffer(self._chunks.bounds, dtype=np.int64)
        starts = bounds[chunks]
        lengths = bounds[chunks + 1] - starts
        total = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
        held = np.frombuffer(self._chunks.held, dtype=np.int32)
        numbers = held[np.arange(total[-1]) + np.repeat(starts - total[:-1], lengths)]
        return numbers, np.diff(total[ends], prepend=0)

    def language(self, numbers: Numbers) -> str:
        """The language these words speak for; the first of `LANGUAGES` on a tie."""
        kinds, times = np.unique(numbers, return_counts=True)
        sums = dict.fromkeys(LANGUAGES, 0)
        for number, count in zip(kinds.tolist(), times.tolist(), strict=True):
            if number not in self._votes:
                self._votes[number] = votes(self.surfaces.names[number], self._written)
            for name, vote in zip(LANGUAGES, self._votes[number], strict=True):
                sums[name] += vote * count
        return max(LANGUAGES, key=sums.__getitem__)

    def meanings(self, languages: NDArray[np.int8], numbers: Numbers) -> Meanings:
        """What words are, each in the language it is read in; new ones are worked out."""
        present = np.flatnonzero(np.bincount(languages)).tolist()
        if len(present) == 1:
            return self._meanings(LANGUAGES[present[0]], numbers)
        result = Meanings(*(np.empty(len(numbers), dtype=np.int32) for _ in Meanings._fields))
        for place in present:
            here = np.flatnonzero(languages == place)
            for values, known in zip(
                result, self._meanings(LANGUAGES[place], numbers[here]), strict=True
            ):
                values[here] = known
        return result

    def _meanings(self, language: str, numbers: Numbers) -> Meanings:
        self._learn(language, numbers)
        table = self._known[language]
        return Meanings(*(np.frombuffer(column, dtype=np.int32)[numbers] for column in table))

    def _learn(self, language: str, numbers: Numbers) -> None:
        """Work out the words among these that are new in a language."""
        table = self._grown(language)
        new = np.frombuffer(table[0], dtype=np.int32)[numbers] == UNKNOWN
        for number in np.unique(numbers[new]).tolist():
            found = self._work_out(self.surfaces.names[number], language)
            for column, value in zip(table, found, strict=True):
                column[number] = value

    def _grown(self, language: str) -> tuple["array[int]", ...]:
        """The table of a language, with a place for every word and phrase."""
        table = self._known[language]
        behind = len(self.surfaces) - len(table[0])
        for column in table:
            column.extend([UNKNOWN] * behind)
        return table

    def phrases(
        self, language: str, runs: Sequence[Numbers], roots: Sequence[Numbers]
    ) -> tuple[Ints, Numbers]:
        """The phrases of the glossary among runs of words of one language.

        `runs` holds the first words of all runs, then the second ones, and so on; `roots` their
        roots likewise. Returned are the places of those that are phrases, and their numbers among
        the surfaces.
        """
        concepts = self._phrases[language].find(roots)
        places = np.flatnonzero(concepts != NONE)
        surfaces = [
            self.surfaces[" ".join([self.surfaces.names[word] for word in run])]
            for run in zip(*(words[places].tolist() for words in runs), strict=True)
        ]
        table = self._grown(language)
        for surface, concept in zip(surfaces, concepts[places].tolist(), strict=True):
            table[0][surface], table[1][surface], table[2][surface] = concept, NONE, 0
        return places, np.array(surfaces, dtype=np.int32)

    def concepts_of(self, language: int, surfaces: Sequence[str]) -> list[str]:
        """The names of the concepts of words and phrases that have been met."""
        numbers = np.array([self.surfaces[surface] for surface in surfaces], dtype=np.int32)
        known = self._meanings(LANGUAGES[language], numbers)
        return [self.concepts.names[number] for number in known.concepts.tolist()]

    def terms(self, numbers: Ints) -> list[str]:
        """The names of terms: a term is twice the number of a concept, or of a stem, plus one."""
        both = self.concepts.names, self.stems.names
        return [both[number & 1][number >> 1] for number in numbers.tolist()]

    def _work_out(self, surface: str, language: str) -> tuple[int, int, int]:
        """The concept, stem and root of a word; no terms for a stop word.

        A word its own language does not list may be borrowed: the other glossaries are asked.
        """
        if surface in STOP_WORDS[language]:
            return NONE, NONE, 0
        root = stem(surface, language)
        key = self._glossary[language].word(surface, root)
        for other in LANGUAGES:
            key = key or self._glossary[other].written.get(surface)
        concept = self.concepts[f"c:{key}" if key else f"{UNLISTED}{cognate(surface)}"]
        number = self.stems[f"s:{language}:{root}"]
        return concept, number, self._phrases[language].roots.get(root, 0)
