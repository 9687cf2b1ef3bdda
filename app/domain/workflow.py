"""What a table of states is made of, and the questions one may ask it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import OutOfOrder
from app.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of ``sources``, who holds ``permission`` may do ``action``; then it is ``target``.

    ``needs_reason`` asks for free text, ``reasons`` for one code of a closed list (text may be
    added). ``final`` marks acts that people must confirm since nothing in the table undoes them.
    """

    action: StrEnum
    sources: frozenset[StrEnum]
    target: StrEnum
    permission: Permission
    needs_reason: bool = False
    reasons: type[StrEnum] | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """The life of one kind of thing: its states, where it starts, and every allowed step.

    ``path`` lists the states of an undisturbed life in order; the stepper on the page shows it.
    """

    name: str
    states: type[StrEnum]
    actions: type[StrEnum]
    initial: StrEnum
    path: tuple[StrEnum, ...]
    transitions: tuple[Transition, ...]

    def find(self, action: StrEnum, status: StrEnum) -> Transition:
        """Return the row for ``action`` from ``status``.

        Raises:
            OutOfOrder: the table has no such row.
        """
        for row in self.transitions:
            if row.action is action and status in row.sources:
                return row
        raise OutOfOrder(action, status)

    def available(self, status: StrEnum) -> Iterator[Transition]:
        """Yield the rows that start at ``status``, in the order of the table."""
        return (row for row in self.transitions if status in row.sources)

    def is_end(self, status: StrEnum) -> bool:
        """Tell whether nothing can happen any more from ``status``."""
        return not any(self.available(status))


def row(
    action: StrEnum,
    sources: StrEnum | Iterable[StrEnum],
    target: StrEnum,
    permission: Permission,
    *,
    needs_reason: bool = False,
    reasons: type[StrEnum] | None = None,
    final: bool = False,
) -> Transition:
    """Write one row of a table; ``sources`` is one state or several."""
    several = frozenset([sources] if isinstance(sources, StrEnum) else sources)
    return Transition(action, several, target, permission, needs_reason, reasons, final)
