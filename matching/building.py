"""From documents to rows, block by block, in this process or in several.

A block numbers its terms and words by itself, so that blocks can be made anywhere; `attach`
renumbers it to the vocabulary of the catalogue it joins.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.parallel import Parallel, delayed

from matching.analyser import Analyser
from matching.document import Document
from matching.reading import FIELDS
from matching.rows import Numbering, Rows
from matching.weighting import FAMILIES, offer_weights

BLOCK = 2000
"""Documents analysed together."""


class Block(NamedTuple):
    """The rows of some documents, and what their numbers stand for."""

    rows: Rows
    terms: list[str]
    surfaces: list[str]


def build(analyser: Analyser, documents: Sequence[Document]) -> Block:
    """Analyse some documents and weigh their terms."""
    found = analyser.read(documents)
    owners = np.repeat(np.arange(len(documents)), np.diff(found.starts))
    weights = offer_weights(found.amounts, owners * len(FAMILIES) + found.families)
    rows = Rows(found.languages, found.starts, found.terms, weights, found.origins)
    return Block(rows, found.names, found.surfaces)


def build_all(analyser: Analyser, documents: Iterable[Document], processes: int) -> Iterator[Block]:
    """Build the blocks of a catalogue, in order; more than one process shares the work."""
    stream = iter(documents)
    blocks = iter(lambda: list(islice(stream, BLOCK)), [])
    if processes == 1:
        return (build(analyser, block) for block in blocks)
    work = Parallel(n_jobs=processes, return_as="generator", pre_dispatch="2*n_jobs")
    made: Iterator[Block] = work(delayed(build)(analyser, block) for block in blocks)
    return made


def attach(block: Block, vocabulary: Numbering, surfaces: Numbering) -> Rows:
    """The rows of a block in the numbers of a catalogue; what is new there gets the next ones."""
    terms = _numbers(block.terms, vocabulary).astype(np.int32)
    words = _numbers(block.surfaces, surfaces)
    places, fields = np.divmod(block.rows.origins, len(FIELDS))
    origins = words[places] * len(FIELDS) + fields
    rows = block.rows
    return Rows(rows.languages, rows.starts, terms[rows.terms], rows.weights, origins)


def _numbers(names: list[str], numbering: Numbering) -> NDArray[np.int64]:
    return np.array([numbering[name] for name in names], dtype=np.int64)
