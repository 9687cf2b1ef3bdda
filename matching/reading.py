"""From texts to weighted terms, a block of documents at a time, with array operations.

Everything that happens to each word of a text happens here, so nothing here is a loop over words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.document import Document
from matching.fields import FIELDS, field_of, with_field, without_field
from matching.glossary import LONGEST_PHRASE
from matching.lexicon import Lexicon
from matching.phrases import NONE, Numbers
from matching.rows import Ints
from matching.stopwords import LANGUAGES


@dataclass(frozen=True)
class Reading:
    """The terms of some documents in a row, by the numbers of `names`.

    `starts` (documents + 1) bounds each document in the arrays of entries. `amounts` is the count
    over the fields, weighted by field. `origins` tells what stands for the term to a reader: the
    word or phrase that counts most, by its number in `surfaces`, with its field. `families` is 0
    for a concept, 1 for a stem.
    """

    languages: NDArray[np.int8]
    starts: Ints
    terms: Numbers
    amounts: NDArray[np.float64]
    origins: Numbers
    families: Ints
    names: list[str]
    surfaces: list[str]


class _Words(NamedTuple):
    """Words or phrases of texts: the text (its document, with the field) and their number.

    `places` orders them as they are read.
    """

    texts: Ints
    surfaces: Numbers
    places: Ints


class _Entries(NamedTuple):
    """Terms of documents, each with what it amounts to and the place of the word that shows it."""

    documents: Ints
    terms: Ints
    amounts: NDArray[np.float64]
    places: Ints


def read(lexicon: Lexicon, documents: Sequence[Document], weights: NDArray[np.float64]) -> Reading:
    """Read documents; `weights` tells how often a word of each field counts."""
    texts = [text for each in documents for text in (each.title, each.uses, each.text)]
    numbers, sizes = lexicon.read(texts)
    languages = _languages(lexicon, documents, numbers, sizes)
    found = _found(lexicon, numbers, sizes, languages)
    # What stands at a place: the words that count, and phrases with the place of their first word.
    shown = np.zeros((2, int(found.places.max(initial=0)) + 1), dtype=np.int64)
    shown[0, found.places], shown[1, found.places] = found.surfaces, found.texts
    entries = _entries(lexicon, found, languages, weights)
    terms, numbers = _renumbered(entries.terms)
    words, surfaces = _renumbered(shown[0, entries.places])
    fields = field_of(shown[1, entries.places]).astype(np.int32)
    counts = np.bincount(entries.documents, minlength=len(documents))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
    return Reading(
        languages,
        starts,
        numbers,
        entries.amounts,
        with_field(surfaces, fields),
        entries.terms & 1,
        lexicon.terms(terms),
        [lexicon.surfaces.names[word] for word in words.tolist()],
    )


def _languages(
    lexicon: Lexicon, documents: Sequence[Document], numbers: Numbers, sizes: Ints
) -> NDArray[np.int8]:
    """The language of each document by its place in `LANGUAGES`: told, or heard in its words."""
    ends = np.cumsum(sizes).tolist()
    languages = []
    for place, document in enumerate(documents):
        language = document.lang
        if language not in LANGUAGES:
            first = ends[place * len(FIELDS) - 1] if place else 0
            last = ends[place * len(FIELDS) + len(FIELDS) - 1]
            language = lexicon.language(numbers[first:last])
        languages.append(LANGUAGES.index(language))
    return np.array(languages, dtype=np.int8)


def _found(lexicon: Lexicon, numbers: Numbers, sizes: Ints, languages: NDArray[np.int8]) -> _Words:
    """The words that count, and the phrases of the glossary that they form."""
    places, fields = np.divmod(np.arange(len(sizes)), len(FIELDS))
    texts = np.repeat(with_field(places, fields), sizes)
    meanings = lexicon.meanings(languages[without_field(texts)], numbers)
    counting = np.flatnonzero(meanings.concepts != NONE)
    numbers, roots, texts = numbers[counting], meanings.roots[counting], texts[counting]
    parts = [_Words(texts, numbers, np.arange(len(numbers)) * LONGEST_PHRASE)]
    spoken = languages[without_field(texts)]
    rooted = np.flatnonzero(roots)
    for length in range(2, LONGEST_PHRASE + 1):
        starts = rooted[rooted + length <= len(numbers)]
        for place in range(1, length):
            starts = starts[roots[starts + place] > 0]
        starts = starts[texts[starts] == texts[starts + length - 1]]
        for place in np.flatnonzero(np.bincount(spoken[starts])).tolist():
            here = starts[spoken[starts] == place]
            runs = [here + step for step in range(length)]
            phrases, surfaces = lexicon.phrases(
                LANGUAGES[place], [numbers[run] for run in runs], [roots[run] for run in runs]
            )
            first = here[phrases]
            parts.append(_Words(texts[first], surfaces, first * LONGEST_PHRASE + length - 1))
    return _Words(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _entries(
    lexicon: Lexicon, found: _Words, languages: NDArray[np.int8], weights: NDArray[np.float64]
) -> _Entries:
    """Each term of each document once, sorted by document and term.

    The word that shows it is the one that counts most in a field, the first such in the text.
    """
    texts, surfaces, places, times = _counted(found)
    documents = without_field(texts)
    meanings = lexicon.meanings(languages[documents], surfaces.astype(np.int32))
    amounts = weights[field_of(texts)] * times
    stemmed = np.flatnonzero(meanings.stems != NONE)
    numbers = np.concatenate((np.arange(len(texts)), stemmed))
    concepts, stems = meanings.concepts.astype(np.int64), meanings.stems[stemmed].astype(np.int64)
    terms = np.concatenate((2 * concepts, 2 * stems + 1))
    (owners, terms), numbers = _sorted([documents[numbers], terms], numbers)
    heads = _heads(owners, terms)
    if not len(heads):
        return _Entries(owners, terms, np.zeros(0), owners)
    amounts, places = amounts[numbers], places[numbers]
    lengths = np.diff(np.append(heads, len(terms)))
    most = np.repeat(np.maximum.reduceat(amounts, heads), lengths)
    shown = np.minimum.reduceat(np.where(amounts == most, places, np.iinfo(np.int64).max), heads)
    return _Entries(owners[heads], terms[heads], np.add.reduceat(amounts, heads), shown)


def _counted(found: _Words) -> tuple[Ints, Ints, Ints, Ints]:
    """Each word of each text once: the text, the word, where it stands first, and how often."""
    wide = found.surfaces.astype(np.int64)
    (texts, surfaces), places = _sorted([found.texts, wide], found.places)
    heads = _heads(texts, surfaces)
    times = np.diff(np.append(heads, len(texts)))
    return texts[heads], surfaces[heads], places[heads], times


def _sorted(keys: Sequence[Ints], last: Ints) -> tuple[list[Ints], Ints]:
    """Sort rows by some keys and then by `last`; all hold whole numbers from 0.

    The row is packed into one number: sorting those is several times as fast as `np.lexsort`.
    """
    packed = np.zeros(len(last), dtype=np.int64)
    widths = [int(key.max(initial=0)).bit_length() for key in (*keys, last)]
    for key, width in zip((*keys, last), widths, strict=True):
        packed = (packed << width) | key
    packed.sort()
    columns = []
    for width in reversed(widths):
        columns.append(packed & ((1 << width) - 1))
        packed = packed >> width
    return columns[:0:-1], columns[0]


def _heads(first: Ints, second: Ints) -> Ints:
    """Where a new pair begins among sorted ones."""
    new = np.ones(len(first), dtype=np.bool_)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return np.flatnonzero(new)


def _renumbered(numbers: Ints) -> tuple[Ints, Numbers]:
    """What is used, in ascending order, and the numbers by their places in that."""
    most = int(numbers.max(initial=-1)) + 1
    if 8 * len(numbers) < most:  # few of many, as in a single document: sorting them is less work
        used, places = np.unique(numbers, return_inverse=True)
    else:
        marks = np.zeros(most, dtype=np.int64)
        marks[numbers] = 1
        used, places = np.flatnonzero(marks), (np.cumsum(marks) - 1)[numbers]
    return used, places.astype(np.int32)
