"""From rows to what the matcher reads of them.

Each document carries, in its name, the version of the row it was made from.
"""

from typing import Any

from app.challenges.models import Challenge
from app.solutions.models import Solution
from matching import Document


def need_of(challenge: Challenge) -> Document:
    """Return what the matcher reads of a challenge, under the name of its present version."""
    return Document(
        id=name_of(challenge.id, challenge.version, challenge.updated_at),
        title=_joined(challenge.title, challenge.question),
        text=_joined(
            challenge.summary, challenge.problem, challenge.affected, challenge.expected_result
        ),
        lang=challenge.lang.value,
    )


def brief_of(challenge: Challenge) -> Document:
    """Return what is compared of two challenges: its core stands where use cases weigh most."""
    return Document(
        id=name_of(challenge.id, challenge.version, challenge.updated_at),
        title="",
        uses=_joined(challenge.title, challenge.question, challenge.summary),
        text=_joined(challenge.problem, challenge.affected, challenge.expected_result),
        lang=challenge.lang.value,
    )


def offer_of(solution: Solution) -> Document:
    """Return what the matcher reads of a solution, under the name of its present version."""
    return Document(
        id=name_of(solution.id, solution.version, solution.updated_at),
        title=solution.title,
        uses=solution.use_cases,
        text=_joined(solution.summary, solution.description, solution.problems_solved),
        lang=solution.lang.value,
    )


def name_of(key: int, version: int, changed: Any) -> str:
    """Return the name of a document made from that version of the row with that key."""
    # Padded, so that ties in the ranking are broken by the number of the row.
    return f"{key:010d}.{version}.{changed.timestamp():.6f}"


def row_of(name: str) -> int:
    """Return the key of the row that a document was made from."""
    return int(name.partition(".")[0])


def _joined(*texts: str) -> str:
    return "\n".join(texts)
