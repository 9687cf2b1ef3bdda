"""Who reviews what: a pure rule, found as a flow of least cost.

Each item gets as many different people as it needs, or as many as may take it. Among all the ways
to do so, the one is taken whose loads are the most even (the sum of their squares is the least);
among those, the one with the least of what should be avoided. Equal ways are told apart by the
numbers of items and people, so that the same question always has the same answer, in whatever
order it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]
"""An item and a person."""
_Step = tuple[int, int] | None
"""Who gives up which item to a person; ``None``: the person takes the new item itself."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be assigned.

    ``kept`` pairs stay as they are and count; ``barred`` pairs cannot be; ``avoided`` pairs have
    a cost of at least 1 each. Who is kept but not among ``people`` takes nothing new.
    """

    items: frozenset[int]
    people: frozenset[int]
    each: int
    kept: frozenset[Pair] = frozenset()
    barred: frozenset[Pair] = frozenset()
    avoided: Mapping[Pair, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Solution:
    """New pairs in order, how many items each person has then, and what each item still lacks."""

    added: tuple[Pair, ...]
    loads: Mapping[int, int]
    missing: Mapping[int, int]


def assign(problem: Problem) -> Solution:
    """Return the new pairs that fill the items of ``problem``."""
    work = _Work(problem)
    missing = {}
    for item in sorted(problem.items):
        wanted = problem.each - sum(1 for kept, _ in problem.kept if kept == item)
        lacking = sum(1 for _ in range(max(0, wanted)) if not work.place(item))
        if lacking:
            missing[item] = lacking
    added = sorted((item, person) for person, items in work.given.items() for item in items)
    return Solution(tuple(added), dict(work.loads), missing)


class _Work:
    """The assignment while it grows; after each step it is the best one for what is placed."""

    def __init__(self, problem: Problem) -> None:
        self.people = sorted(problem.people)
        self.avoided = problem.avoided
        self.given: dict[int, set[int]] = {person: set() for person in self.people}
        self.loads = {
            person: sum(1 for _, keeper in problem.kept if keeper == person)
            for person in self.people
        }
        self._closed = problem.kept | problem.barred
        # One unit of unevenness weighs more than everything that can be avoided together.
        self._uneven = 2 * sum(problem.avoided.values()) + 1
        self._avoidable = 0

    def place(self, item: int) -> bool:
        """Give ``item`` to one more person, moving others where that is better."""
        person = self._obvious(item)
        if person is not None:
            self._give(item, person)
            return True
        costs, steps = self._cheapest(item)
        if not costs:
            return False
        last = min(costs, key=lambda one: (costs[one] + self._strain(one), one))
        self._shift(item, last, steps)
        return True

    def _obvious(self, item: int) -> int | None:
        """Return a person with the least load of all, where nothing has to be avoided."""
        least = min(self.loads.values(), default=0)
        free = (
            person
            for person in self.people
            if self.loads[person] == least and self._open(item, person)
        )
        person = next((one for one in free if not self._cost(item, one)), None)
        return person if not self._avoidable else None

    def _cheapest(self, item: int) -> tuple[dict[int, int], dict[int, _Step]]:
        """Return the least cost at which one more of ``item`` can end at each person, and how."""
        costs = {one: self._cost(item, one) for one in self.people if self._open(item, one)}
        steps: dict[int, _Step] = dict.fromkeys(costs)
        for _ in self.people:
            if not self._relax(item, costs, steps):
                break
        return costs, steps

    def _relax(self, item: int, costs: dict[int, int], steps: dict[int, _Step]) -> bool:
        """Look for a cheaper way over what each person reached could give to another."""
        better = False
        for giver in self.people:
            if giver not in costs:
                continue
            for moved in sorted(self.given[giver] - {item}):
                through = costs[giver] - self._cost(moved, giver)
                for taker in self.people:
                    cost = through + self._cost(moved, taker)
                    if self._open(moved, taker) and cost < costs.get(taker, cost + 1):
                        costs[taker], steps[taker] = cost, (giver, moved)
                        better = True
        return better

    def _shift(self, item: int, last: int, steps: dict[int, _Step]) -> None:
        person, step = last, steps[last]
        while step is not None:
            giver, moved = step
            self._take(moved, giver)
            self._give(moved, person)
            person, step = giver, steps[giver]
        self._give(item, person)

    def _give(self, item: int, person: int) -> None:
        self.given[person].add(item)
        self.loads[person] += 1
        self._avoidable += self._cost(item, person)

    def _take(self, item: int, person: int) -> None:
        self.given[person].remove(item)
        self.loads[person] -= 1
        self._avoidable -= self._cost(item, person)

    def _open(self, item: int, person: int) -> bool:
        return (item, person) not in self._closed and item not in self.given[person]

    def _cost(self, item: int, person: int) -> int:
        return self.avoided.get((item, person), 0)

    def _strain(self, person: int) -> int:
        return self._uneven * (2 * self.loads[person] + 1)
