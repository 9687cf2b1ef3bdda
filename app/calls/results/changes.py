"""What the final result changed in the preliminary one, and why."""

from dataclasses import dataclass

from app.calls.results import queries
from app.calls.results.models import Appeal, Placement, Result
from app.domain.call_states import AppealStatus
from app.domain.call_vocabulary import Outcome, ResultStage


@dataclass(frozen=True, slots=True)
class Move:
    """One application whose place, total or outcome changed; ``appeal``: its own was upheld."""

    before: Placement
    after: Placement
    appeal: Appeal | None

    @property
    def steps(self) -> int:
        """How many places up (or down, negative) it went; 0 where it has no place."""
        if self.before.rank is None or self.after.rank is None:
            return 0
        return self.before.rank - self.after.rank

    @property
    def is_named(self) -> bool:
        """The public reads its name in one of the two results."""
        return {self.before.outcome, self.after.outcome} != {Outcome.NOT_SELECTED}


def moves(final: Result) -> list[Move]:
    """Return what changed between the preliminary result and a final one, by the final place."""
    preliminary = queries.standing(final.call, ResultStage.PRELIMINARY)
    if final.stage is not ResultStage.FINAL or preliminary is None:
        return []
    earlier = {one.application_id: one for one in preliminary.placements}
    upheld = {
        one.application_id: one
        for one in queries.appeals(final.call)
        if one.status is AppealStatus.UPHELD
    }
    pairs = [
        (earlier[one.application_id], one)
        for one in final.placements
        if one.application_id in earlier
    ]
    return [
        Move(before, after, upheld.get(after.application_id))
        for before, after in pairs
        if _essence(before) != _essence(after)
    ]


def _essence(placement: Placement) -> tuple[object, ...]:
    return (placement.rank, placement.total, placement.outcome, placement.waiting_place)
