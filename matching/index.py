"""The catalogue as an index: documents come and go one by one, searches stay exact.

Rows are only ever appended. Small segments are merged into their neighbour as they grow, so a
document is rewritten a few times at most; a removed one is masked at once, and the rows are packed
when the dead outnumber the living.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.packing import pack
from matching.rows import Ints, Numbering, Rows, empty, join
from matching.segment import Segment
from matching.topk import contenders

Mask = NDArray[np.bool_]

DECIMALS = 9
"""Decimals of a score that decide the order; what differs later is rounding, and a tie."""

TIE = 10.0**-DECIMALS
"""Scores that lie closer than this may be a tie."""

SLACK = 2.0**-23
"""Relative error that one term adds to a sum in single precision, with room to spare."""


class Voice(NamedTuple):
    """One side of a question: weights of terms, which differ.

    `factors` is what the sum over the terms is multiplied with for each language of a document.
    """

    terms: Ints
    weights: NDArray[np.float64]
    factors: NDArray[np.float64]


class Index:
    """Documents by number; see the module's text."""

    def __init__(self) -> None:
        self.fill([], empty(), Numbering(), Numbering())

    def fill(self, ids: list[str], rows: Rows, vocabulary: Numbering, surfaces: Numbering) -> None:
        """Hold these documents and no others; ids must differ."""
        self.ids = ids
        self.vocabulary = vocabulary
        self.surfaces = surfaces
        self.number = {key: number for number, key in enumerate(ids)}
        self.alive: Mask = np.ones(len(ids), dtype=np.bool_)
        self._segments = [Segment(0, rows)]
        self._dead: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self.number)

    def append(self, key: str, row: Rows) -> None:
        """Add the row of a document whose id is not in the index."""
        self.number[key] = len(self.ids)
        self._segments.append(Segment(len(self.ids), row))
        self.ids.append(key)
        self.alive = np.append(self.alive, True)
        while len(self._segments) > 1 and self._lopsided():
            last, previous = self._segments.pop(), self._segments.pop()
            self._segments.append(Segment(previous.first, join([previous.rows, last.rows])))

    def _lopsided(self) -> bool:
        """Whether the last segment has grown to a quarter of the one before it."""
        last, previous = self._segments[-1], self._segments[-2]
        return 4 * len(last.rows) >= len(previous.rows)

    def remove(self, key: str) -> None:
        """Take a document out; `KeyError` when it is not there."""
        number = self.number.pop(key)
        self.alive[number] = False
        self._dead.update(self.row(number).terms.tolist())
        if 2 * len(self.number) < len(self.ids):
            self.pack()

    def pack(self) -> None:
        """Drop the dead rows, and every term and word that only they used."""
        rows, vocabulary, surfaces = pack(self.living_rows(), self.vocabulary, self.surfaces)
        ids = [key for key, lives in zip(self.ids, self.alive, strict=True) if lives]
        self.fill(ids, rows, vocabulary, surfaces)

    def living_rows(self) -> Rows:
        """The rows of the documents that are in the index, in order of arrival."""
        rows = join(segment.rows for segment in self._segments)
        return rows.take(np.flatnonzero(self.alive))

    def row(self, number: int) -> Rows:
        """The row of one document."""
        segment = next(s for s in reversed(self._segments) if s.first <= number)
        return segment.rows.take(np.array([number - segment.first]))

    def frequencies(self, terms: Ints) -> Ints:
        """How many documents hold each term."""
        found = np.zeros(len(terms), dtype=np.int64)
        for segment in self._segments:
            found += segment.frequencies(terms)
        if self._dead:
            found -= np.array([self._dead[term] for term in terms.tolist()], dtype=np.int64)
        return found

    def scores(self, voices: Sequence[Voice]) -> NDArray[np.float32]:
        """The score of every document by number, the dead included, in single precision."""
        total, *others = (self._heard(voice) for voice in voices)
        for other in others:
            total += other
        return total

    def _heard(self, voice: Voice) -> NDArray[np.float32]:
        total = np.zeros(len(self.ids), dtype=np.float32)
        single = voice.weights.astype(np.float32)
        for segment in self._segments:
            own = total[segment.first : segment.first + len(segment.rows)]
            segment.add_scores(voice.terms, single, own)
            if (voice.factors != 1.0).any():
                own *= voice.factors.astype(np.float32)[segment.rows.languages]
        return total

    def search(
        self,
        voices: Sequence[Voice],
        top: int,
        eligible: Mask | None = None,
        closed: NDArray[np.float64] | None = None,
    ) -> list[int]:
        """Numbers of the `top` best documents that share a term, best first, ties by id.

        A score is the sum over all `voices`. `closed` is the share of the gap to 1 that bonuses
        close for each document.

        Exact: single precision chooses who can be among them, and double precision decides where
        two lie closer than its error.
        """
        if top < 1:
            return []
        scores = self.scores(voices)
        if eligible is not None:
            scores *= eligible
        elif len(self) < len(self.ids):
            scores *= self.alive
        if closed is not None:
            scores += (scores > 0.0) * (1.0 - scores) * closed.astype(np.float32)
        slack = SLACK * (sum(len(voice.terms) for voice in voices) + 8)
        places = contenders(scores, top, slack)
        places = places[np.argsort(-scores[places])]
        single = scores[places]
        if len(places) <= top and (single[:-1] * (1.0 - slack) > single[1:] + TIE).all():
            return places.tolist()
        places.sort()
        exact = self._rescore(places, voices, closed)
        order = sorted(zip((-exact).tolist(), places.tolist(), strict=True), key=self._tie)
        return [number for _, number in order[:top]]

    def _tie(self, scored: tuple[float, int]) -> tuple[float, str]:
        return scored[0], self.ids[scored[1]]

    def _rescore(
        self, places: Ints, voices: Sequence[Voice], closed: NDArray[np.float64] | None
    ) -> NDArray[np.float64]:
        """Scores of some documents in double precision, rounded so that equals compare equal."""
        rows = join([empty()] + [self._part(s, places) for s in self._segments])
        owner = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
        exact = np.zeros(len(rows))
        for terms, weights, factors in voices:
            if len(terms):
                order = np.argsort(terms)
                found = np.searchsorted(terms[order], rows.terms)
                found[found == len(terms)] = 0
                shared = terms[order][found] == rows.terms
                shares = np.where(shared, weights[order][found] * rows.weights, 0.0)
                exact += np.bincount(owner, shares, len(rows)) * factors[rows.languages]
        if closed is not None:
            exact += (1.0 - exact) * closed[places]
        return np.round(exact, DECIMALS)

    @staticmethod
    def _part(segment: Segment, places: Ints) -> Rows:
        inside = places[(places >= segment.first) & (places < segment.first + len(segment.rows))]
        return segment.rows.take(inside - segment.first)
