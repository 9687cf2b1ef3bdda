"""What other scales would change: about past decisions, open challenges and the texts.

The result is plain JSON:

- ``decided``: challenges with an approved pair; ``pairs``: those pairs; ``gone``: pairs whose
  solution is no longer offered, left out of all that follows.
- ``before``, ``after``: of the pairs, how many stand among the ``first3`` and the ``first10``, and
  how many would be ``suggested``.
- ``moves``: ``{"challenge", "solution", "before", "after"}`` for each pair whose place changes; a
  place is counted from 1, and ``None`` beyond the first ``MOST_PLACES``.
- ``feedback``: of the ``pairs`` approved for a challenge beside others, the mean of 1/place,
  ``without`` the others speaking for it and ``with`` them.
- ``open``: ``challenges`` that are open, suggestions that come ``in`` and fall ``out``.
- ``texts``: how many ``solutions`` and ``challenges`` were read for the glossary, and ``lines``:
  see ``touching.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from statistics import fmean
from typing import Any

from sqlalchemy import select

from app.challenges.models import Challenge
from app.challenges.queries import open_challenges
from app.extensions import db
from app.matches.matcher.catalogue import catalogue, matcher_for, offers, published
from app.matches.matcher.keeping import kept
from app.matches.matcher.resembling import needs, published_needs
from app.matches.matcher.suggesting import MOST_SUGGESTED, best
from app.matches.matcher.touching import Touching
from app.matches.matcher.weighing import Weigher
from app.matches.scales import Scales
from app.matches.suggestions import eligible_solutions
from app.matches.tuning.queries import decided_pairs

MOST_PLACES = 50
"""Places that are told apart; what stands beyond is nowhere."""

_FEW, _MANY = 5, 100
"""Challenges ranked, and texts read, in one step."""

Step = tuple[Callable[[list[int]], None], list[int]]
"""Some of the work, and the keys of the rows it is done on."""

Place = tuple[int | None, bool]
"""Where a pair stands, and whether it would be suggested."""


class Comparing:
    """A comparison in small steps, so that others may write in between and see how far it is."""

    def __init__(self, before: Scales, after: Scales) -> None:
        self.before = Weigher(catalogue(before), before)
        self.after = _tried(self.before, after)
        self._pairs = decided_pairs()
        self._figures: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}
        self._open: Counter[str] = Counter()
        self._moves: list[dict[str, int | None]] = []
        self._gone = 0
        self._learned: list[tuple[float, float]] = []
        self._touching = Touching(before.concepts, after.concepts)
        self._todo = self._plan()
        self.done, self.total = 0, sum(len(keys) for _, keys in self._todo)

    def _plan(self) -> list[Step]:
        steps: list[Step] = [(self._decided, part) for part in _parts(self._pairs, _FEW)]
        waiting = [challenge.id for challenge in open_challenges()]
        steps += [(self._waiting, part) for part in _parts(waiting, _FEW)]
        if self._touching:
            steps += [(self._solutions, part) for part in _parts(published().values(), _MANY)]
            steps += [(self._needs, part) for part in _parts(published_needs().values(), _MANY)]
        return steps[::-1]

    def step(self) -> bool:
        """Do a little, and tell whether more is left."""
        if self._todo:
            work, keys = self._todo.pop()
            work(keys)
            self.done += len(keys)
        return bool(self._todo)

    @property
    def result(self) -> dict[str, Any]:
        """What was found, once nothing is left to do."""
        return {
            "decided": len(self._pairs),
            "pairs": sum(map(len, self._pairs.values())) - self._gone,
            "gone": self._gone,
            **{side: dict(counted) for side, counted in self._figures.items()},
            "moves": self._moves,
            "feedback": _means(self._learned),
            "open": dict(self._open),
            "texts": self._touching.result,
        }

    def _decided(self, keys: list[int]) -> None:
        for challenge in _challenges(keys):
            pairs = [key for key in self._pairs[challenge.id] if key in self.before.solutions]
            self._gone += len(self._pairs[challenge.id]) - len(pairs)
            among = {*eligible_solutions(challenge), *pairs}
            before = places(self.before, challenge, among, pairs)
            after = self._learn(challenge, among, pairs)
            for key in pairs:
                self._count(challenge.id, key, before[key], after[key])

    def _learn(self, challenge: Challenge, among: set[int], pairs: list[int]) -> dict[int, Place]:
        """Return the places after, and note what decisions brought where there are several."""
        plain = places(self.after.taught(False), challenge, among, pairs)
        if len(pairs) < 2:
            return plain
        taught = places(self.after.taught(True), challenge, among, pairs)
        self._learned += [(_worth(plain[key]), _worth(taught[key])) for key in pairs]
        return taught if self.after.scales.feedback else plain

    def _count(self, challenge: int, solution: int, before: Place, after: Place) -> None:
        for side, (place, suggested) in (("before", before), ("after", after)):
            figures = self._figures[side]
            figures["first3"] += place is not None and place <= 3
            figures["first10"] += place is not None and place <= 10
            figures["suggested"] += suggested
        if before[0] != after[0]:
            move = {"challenge": challenge, "solution": solution}
            self._moves.append({**move, "before": before[0], "after": after[0]})

    def _waiting(self, keys: list[int]) -> None:
        for challenge in _challenges(keys):
            among = eligible_solutions(challenge)
            approved = self._pairs.get(challenge.id, [])
            old, new = (
                set(best(side.question(challenge, approved), side, among))
                for side in (self.before, self.after)
            )
            self._open.update({"challenges": 1, "in": len(new - old), "out": len(old - new)})

    def _solutions(self, keys: list[int]) -> None:
        self._touching.read("solutions", offers(set(keys)))

    def _needs(self, keys: list[int]) -> None:
        self._touching.read("challenges", needs(set(keys)))


def _tried(before: Weigher, scales: Scales) -> Weigher:
    """Return the catalogue under the new scales, read again only where they ask for it."""
    blank = matcher_for(scales)
    if blank.parameters == before.matcher.parameters:
        return Weigher(before.matcher, scales)
    return Weigher(kept("trial", blank, published(), offers), scales)


def places(
    weigher: Weigher, challenge: Challenge, among: Iterable[int], pairs: list[int]
) -> dict[int, Place]:
    """Return where each approved pair of a challenge stands.

    Where decisions count, each pair is placed as if the others alone had been approved.
    """
    if not weigher.scales.feedback:
        found = _standing(weigher, challenge, among, [])
        return {key: found.get(key, (None, False)) for key in pairs}
    others = {key: [other for other in pairs if other != key] for key in pairs}
    return {
        key: _standing(weigher, challenge, among, spoken).get(key, (None, False))
        for key, spoken in others.items()
    }


def _standing(
    weigher: Weigher, challenge: Challenge, among: Iterable[int], approved: list[int]
) -> dict[int, Place]:
    ranked = weigher.rank(weigher.question(challenge, approved), among, MOST_PLACES)
    floor = weigher.scales.floor
    return {
        key: (place, place <= MOST_SUGGESTED and score >= floor)
        for place, (key, score) in enumerate(ranked, start=1)
    }


def _worth(place: Place) -> float:
    return 0.0 if place[0] is None else 1.0 / place[0]


def _means(learned: list[tuple[float, float]]) -> dict[str, float]:
    if not learned:
        return {"pairs": 0, "without": 0.0, "with": 0.0}
    without, taught = zip(*learned, strict=True)
    return {"pairs": len(learned), "without": fmean(without), "with": fmean(taught)}


def _challenges(keys: list[int]) -> list[Challenge]:
    query = select(Challenge).where(Challenge.id.in_(keys)).order_by(Challenge.id)
    return list(db.session.scalars(query).unique())


def _parts(keys: Iterable[int], size: int) -> list[list[int]]:
    ordered = list(keys)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
