"""Why a pair has its score: the shares of the terms both sides hold, in the words of each."""

from math import fsum

import numpy as np

from matching.analyser import FIELDS
from matching.index import Index
from matching.match import Explanation, Match, Missing, Part
from matching.query import Query


class Explainer:
    """Explains the documents of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def match(self, query: Query, number: int) -> Match:
        """The match of a query and one document.

        The stem and the concept of one word are one reason, so their shares are one part, under
        the name of the concept. The score is the correctly rounded sum of the parts.
        """
        shares: dict[str, list[tuple[float, int, int]]] = {}
        row = self._index.row(number)
        entries = zip(row.terms.tolist(), row.weights.tolist(), row.origins.tolist(), strict=True)
        for term, weight, origin in entries:
            place = query.place.get(term)
            if place is not None:
                share = float(query.weights[place]) * weight
                shares.setdefault(query.uses[place].group, []).append((share, place, origin))
        parts = [self._part(query, group, found) for group, found in shares.items()]
        parts.sort(key=lambda part: (-part.score, part.term))
        score = min(1.0, fsum(part.score for part in parts))
        return Match(self._index.ids[number], score, tuple(parts))

    def _part(self, query: Query, group: str, found: list[tuple[float, int, int]]) -> Part:
        _, place, origin = max(found)
        surface, field = divmod(origin, len(FIELDS))
        return Part(
            term=group,
            need=query.uses[place].surface,
            offer=self._index.surfaces.names[surface],
            field=FIELDS[field],
            score=fsum(share for share, _, _ in found),
        )

    def explanation(self, query: Query, number: int) -> Explanation:
        """The match of a pair, and what the challenge asks that the document never names."""
        match = self.match(query, number)
        named = {part.term for part in match.parts}
        asked: dict[str, float] = {}
        words: dict[str, str] = {}
        demand = float(np.square(query.weights).sum()) or 1.0
        for use, weight in zip(query.uses, query.weights.tolist(), strict=True):
            if use.group not in named:
                asked[use.group] = asked.get(use.group, 0.0) + weight * weight / demand
                words.setdefault(use.group, use.surface)
        missing = [Missing(group, words[group], share) for group, share in asked.items()]
        missing.sort(key=lambda lack: (-lack.share, lack.term))
        return Explanation(match.id, match.score, match.parts, tuple(missing))
