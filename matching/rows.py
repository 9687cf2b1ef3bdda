"""Analysed solutions as arrays: one row a document, with the words to explain it by.

The layout is that of a compressed sparse row matrix with a second value per entry, its `origin`:
which surface words stand for the term, and in which field.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Documents in a row, their terms numbered by some vocabulary.

    `languages` (int8) holds each document's place in `LANGUAGES`.
    `starts` (rows + 1) bounds each document in the three arrays of entries: `terms` (int32),
    `weights` (float32) and `origins` (int32: number of the surface word, with the field).
    """

    languages: NDArray[np.int8]
    starts: Ints
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    origins: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: Ints) -> "Rows":
        """The chosen rows, in the order given."""
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        shift = np.repeat(self.starts[rows] - starts[:-1], lengths)
        entries = np.arange(starts[-1]) + shift
        chosen = self.terms[entries], self.weights[entries], self.origins[entries]
        return Rows(self.languages[rows], starts, *chosen)


def join(blocks: Iterable[Rows]) -> Rows:
    """One block out of several that share a vocabulary, in order."""
    parts = list(blocks)
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    return Rows(
        np.concatenate([part.languages for part in parts]),
        np.concatenate(([0], np.cumsum(lengths))),
        np.concatenate([part.terms for part in parts]),
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.origins for part in parts]),
    )


def empty() -> Rows:
    """No rows at all."""
    return Rows(
        np.zeros(0, dtype=np.int8),
        np.zeros(1, dtype=np.int64),
        np.zeros(0, dtype=np.int32),
        np.zeros(0, dtype=np.float32),
        np.zeros(0, dtype=np.int32),
    )


class Numbering(dict[str, int]):
    """Numbers for strings, handed out in order of first sight; `names` leads back."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = list(names)
        super().__init__((name, number) for number, name in enumerate(self.names))

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        self.names.append(key)
        return number
