"""Why a pair has its score: the shares of the terms both sides hold, in the words of each."""

from collections.abc import Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

from matching import bonus
from matching.bonus import Bonus
from matching.fields import FIELDS, field_of, without_field
from matching.index import Index
from matching.match import Explanation, Match, Part
from matching.query import Query
from matching.rows import Ints

MOST_LEARNED = 3
"""Words that a part made of feedback names."""


class Explainer:
    """Explains the documents of one index."""

    def __init__(self, index: Index, bonuses: Sequence[Bonus] = ()) -> None:
        self._index = index
        self._bonuses = bonuses

    def match(self, query: Query, number: int) -> Match:
        """The match of a query and one document.

        The stem and the concept of one word are one reason, so their shares are one part, under
        the name of the concept. The score is the correctly rounded sum of the parts.
        """
        shares: dict[str, list[tuple[float, int, int]]] = {}
        learned: list[tuple[float, int, int]] = []
        row = self._index.row(number)
        factor = float(query.factors[row.languages[0]])
        shared = _among(row.terms, query.sought)
        columns = row.terms[shared], row.weights[shared], row.origins[shared]
        entries = zip(*(column.tolist() for column in columns), strict=True)
        for term, weight, origin in entries:
            place = query.place.get(term)
            if place is not None:
                share = float(query.weights[place]) * weight * factor
                shares.setdefault(query.uses[place].group, []).append((share, place, origin))
            if term in query.learned:
                learned.append((query.learned[term] * weight, query.shown[term], origin))
        parts = [self._part(query, group, found) for group, found in shares.items()]
        parts += self._learned(learned)
        key = self._index.ids[number]
        parts += bonus.parts(self._bonuses, key, min(1.0, fsum(part.score for part in parts)))
        parts.sort(key=lambda part: (-part.score, part.source, part.term))
        return Match(key, min(1.0, fsum(part.score for part in parts)), tuple(parts))

    def _learned(self, found: list[tuple[float, int, int]]) -> list[Part]:
        """One part for all that the approved solutions have in common with this one."""
        if not found:
            return []
        words: dict[tuple[str, str], float] = {}
        for share, theirs, own in found:
            pair = self._surface(theirs), self._surface(own)
            words[pair] = words.get(pair, 0.0) + share
        most = sorted(words, key=lambda pair: (-words[pair], pair))[:MOST_LEARNED]
        need, offer = (", ".join(dict.fromkeys(side)) for side in zip(*most, strict=True))
        return [Part("approved", need, offer, "", fsum(words.values()), "approved")]

    def _surface(self, origin: int) -> str:
        return self._index.surfaces.names[without_field(origin)]

    def _part(self, query: Query, group: str, found: list[tuple[float, int, int]]) -> Part:
        _, place, origin = max(found)
        return Part(
            term=group,
            need=query.uses[place].surface,
            offer=self._index.surfaces.names[without_field(origin)],
            field=FIELDS[field_of(origin)],
            score=fsum(share for share, _, _ in found),
        )

    def explanation(self, query: Query, number: int) -> Explanation:
        """The match of a pair, and what the challenge asks that the document never names."""
        match = self.match(query, number)
        named = {part.term for part in match.parts if part.source == "words"}
        missing = tuple(wish for wish in query.wishes if wish.term not in named)
        return Explanation(match.id, match.score, match.parts, missing)


def _among(terms: NDArray[np.int32], sought: Ints) -> Ints:
    """Places of the terms that are among some others in ascending order."""
    if not len(sought):
        return np.zeros(0, dtype=np.int64)
    near = np.searchsorted(sought, terms)
    near[near == len(sought)] = 0
    return np.flatnonzero(sought[near] == terms)
