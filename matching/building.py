"""From documents to rows, block by block, in this process or in several.

A block numbers its terms and words by itself, so that blocks can be made anywhere; `attach`
renumbers it to the vocabulary of the catalogue it joins.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.analyser import Analyser
from matching.document import Document
from matching.fields import field_of, with_field, without_field
from matching.rows import Numbering, Rows
from matching.weighting import FAMILIES, offer_weights

BLOCK = 4000
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
    if processes < 1:  # as in scikit-learn: -1 is all cores, -2 all but one
        processes = max(1, (os.cpu_count() or 1) + 1 + processes)
    if processes == 1:
        return (build(analyser, block) for block in blocks)
    return _build_apart(analyser, blocks, processes)


def _build_apart(
    analyser: Analyser, blocks: Iterable[Sequence[Document]], processes: int
) -> Iterator[Block]:
    """Build blocks in several processes; only so many are read ahead as keep them busy."""
    with ProcessPoolExecutor(processes) as pool:
        waiting: deque[Future[Block]] = deque()
        for block in blocks:
            waiting.append(pool.submit(build, analyser, block))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def attach(block: Block, vocabulary: Numbering, surfaces: Numbering) -> Rows:
    """The rows of a block in the numbers of a catalogue; what is new there gets the next ones."""
    terms = _numbers(block.terms, vocabulary)
    words = _numbers(block.surfaces, surfaces)
    rows = block.rows
    origins = with_field(words[without_field(rows.origins)], field_of(rows.origins))
    return Rows(rows.languages, rows.starts, terms[rows.terms], rows.weights, origins)


def _numbers(names: list[str], numbering: Numbering) -> NDArray[np.int32]:
    return np.array([numbering[name] for name in names], dtype=np.int32)
