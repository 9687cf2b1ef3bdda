"""A whole round at once: which solutions go to which challenges, so that nobody is overrun.

One ranking at a time sends the same few startups everywhere. Here all pairs of a round are chosen
together: the sum of their scores is the largest that the loads of both sides allow. It is the
transportation problem, solved as a mixed-integer programme with SciPy's `milp` (HiGHS).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from matching.match import Match

Key = tuple[str, str]
"""A challenge's id and a solution's id."""


class Load(NamedTuple):
    """How many pairs one challenge, or one solution, should have at least and may have at most."""

    least: int
    most: int


class Pair(NamedTuple):
    """A chosen pair; `forced` when it was asked for and not chosen by its score."""

    challenge: str
    solution: str
    score: float
    forced: bool


@dataclass(frozen=True)
class Assignment:
    """The pairs of a round, sorted by challenge and then by score.

    `alternates` holds, for every challenge, the next best solutions, best first: who steps in when
    a pair falls through. `short` counts, by id, the pairs a challenge or solution lacks to its
    least load. `exposure` counts the pairs of every solution that was a candidate.
    """

    pairs: tuple[Pair, ...]
    alternates: Mapping[str, tuple[str, ...]]
    short: Mapping[str, int]
    exposure: Mapping[str, int]


def assign(
    candidates: Mapping[str, Iterable[Match]],
    *,
    per_challenge: tuple[int, int] = (1, 3),
    per_solution: tuple[int, int] = (0, 3),
    floor: float = 0.0,
    forced: Collection[Key] = (),
    forbidden: Collection[Key] = (),
    alternates: int = 2,
) -> Assignment:
    """Choose the pairs of a round from the rankings of its challenges (`dict(rank_all(...))`).

    Loads are (least, most). A least load that cannot be met is met as far as possible and reported
    in `short`; it comes before any score. No pair below `floor` is chosen, so a challenge with weak
    candidates only gets none rather than weak ones. `forced` pairs (challenge, solution) are chosen
    whatever their score, `forbidden` ones never. `ValueError` when those contradict each other or
    the loads.
    """
    loads = Load(*per_challenge), Load(*per_solution)
    _check(loads, forced, forbidden)
    listed = {(key, match.id): match.score for key, found in candidates.items() for match in found}
    scores = {pair: score for pair, score in listed.items() if score >= floor}
    scores = {pair: score for pair, score in scores.items() if pair not in set(forbidden)}
    open_pairs = sorted(scores.keys() | set(forced))
    sides = _sides(candidates, listed, open_pairs)
    values = np.array([scores.get(pair, 0.0) for pair in open_pairs])
    fixed = np.array([pair in set(forced) for pair in open_pairs])
    chosen, lacking = _solve(open_pairs, values, fixed, sides, loads)
    pairs = [
        Pair(*pair, listed.get(pair, 0.0), bool(must))
        for pair, must, taken in zip(open_pairs, fixed, chosen, strict=True)
        if taken
    ]
    pairs.sort(key=lambda pair: (pair.challenge, -pair.score, pair.solution))
    exposure = Counter(pair.solution for pair in pairs)
    return Assignment(
        tuple(pairs),
        _alternates(sides[0], scores, pairs, alternates),
        {key: count for key, count in zip((*sides[0], *sides[1]), lacking, strict=True) if count},
        {key: exposure[key] for key in sides[1]},
    )


def _check(loads: tuple[Load, Load], forced: Collection[Key], forbidden: Collection[Key]) -> None:
    """Refuse what no choice of pairs could satisfy."""
    if any(not 0 <= load.least <= load.most for load in loads):
        raise ValueError("a load needs 0 <= least <= most")
    if both := set(forced) & set(forbidden):
        raise ValueError(f"forced and forbidden at once: {sorted(both)}")
    for side, load in enumerate(loads):
        for key, count in Counter(pair[side] for pair in set(forced)).items():
            if count > load.most:
                raise ValueError(f"{count} forced pairs for {key!r}, at most {load.most} allowed")


def _sides(
    candidates: Mapping[str, object], listed: Iterable[Key], open_pairs: Iterable[Key]
) -> tuple[list[str], list[str]]:
    """All challenges and all solutions of the round, sorted."""
    challenges = set(candidates) | {challenge for challenge, _ in open_pairs}
    solutions = {solution for _, solution in (*listed, *open_pairs)}
    return sorted(challenges), sorted(solutions)


def _solve(
    pairs: list[Key],
    values: NDArray[np.float64],
    fixed: NDArray[np.bool_],
    sides: tuple[list[str], list[str]],
    loads: tuple[Load, Load],
) -> tuple[list[bool], list[int]]:
    """Which pairs to take, and how many each challenge, then each solution, lacks.

    One variable a pair (taken or not) and one a party (what it lacks). A lack costs more than any
    rearrangement of pairs could win, since a rearrangement touches each party once.
    """
    parties = len(sides[0]) + len(sides[1])
    if not parties:
        return [], []
    places = [{key: place for place, key in enumerate(side)} for side in sides]
    rows = [places[0][challenge] for challenge, _ in pairs]
    rows += [len(sides[0]) + places[1][solution] for _, solution in pairs]
    columns = [*range(len(pairs)), *range(len(pairs))]
    takes = csr_array((np.ones(len(rows)), (rows, columns)), shape=(parties, len(pairs)))
    least = np.repeat([load.least for load in loads], [len(side) for side in sides])
    most = np.repeat([load.most for load in loads], [len(side) for side in sides])
    lack = eye_array(parties)
    result = milp(
        np.concatenate((-values, np.full(parties, parties + 1.0))),
        integrality=np.ones(len(pairs) + parties),
        bounds=Bounds(
            np.concatenate((fixed.astype(float), np.zeros(parties))),
            np.concatenate((np.ones(len(pairs)), least)),
        ),
        constraints=[
            LinearConstraint(hstack((takes, lack)).tocsc(), lb=least),
            LinearConstraint(hstack((takes, 0 * lack)).tocsc(), ub=most),
        ],
        options={"mip_rel_gap": 0.0},
    )
    solution = np.rint(result.x).astype(int)
    return (solution[: len(pairs)] == 1).tolist(), solution[len(pairs) :].tolist()


def _alternates(
    challenges: Iterable[str], scores: Mapping[Key, float], pairs: Iterable[Pair], count: int
) -> dict[str, tuple[str, ...]]:
    """For each challenge, its best solutions that were not chosen for it."""
    taken = {(pair.challenge, pair.solution) for pair in pairs}
    left: dict[str, list[str]] = {challenge: [] for challenge in challenges}
    for challenge, solution in sorted(scores, key=lambda pair: (-scores[pair], pair[1])):
        if (challenge, solution) not in taken:
            left[challenge].append(solution)
    return {challenge: tuple(found[:count]) for challenge, found in left.items()}
