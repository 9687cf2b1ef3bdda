"""The one bridge to the matching library: from rows to texts, and from scores to suggestions.

The index is a file beside the database. Each of its documents carries, in its name, the version of
the row it was made from, so comparing names with the table tells exactly what to add and remove:
after any crash, edit or restored backup the next use brings the file up to date. Only the worker,
commands and tests import this module, since it loads scikit-learn.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.challenges.models import Challenge
from app.domain.states import SolutionStatus
from app.extensions import db
from app.matches.submitted import standing_solutions
from app.matches.suggestions import Candidate, eligible_solutions, store
from app.solutions.models import Solution
from matching import VERSION, Document, Explanation, Matcher

MOST_SUGGESTED = 8
"""Suggestions of the platform for one challenge; submissions come on top."""

FLOOR = 0.06
"""The score below which two texts share little more than everyday words."""

MOST_MISSING = 10


def suggest(challenge: Challenge) -> None:
    """Bring the suggestions for ``challenge`` up to date; repeating it changes nothing."""
    store(challenge, candidates(challenge, catalogue()))


def candidates(challenge: Challenge, matcher: Matcher) -> list[Candidate]:
    """Return the best eligible solutions for ``challenge``, and all that were submitted to it."""
    names = {_row_id(name): name for name in matcher.ids_}
    need = need_of(challenge)
    eligible = [names[key] for key in eligible_solutions(challenge) if key in names]
    best = [m.id for m in matcher.rank(need, MOST_SUGGESTED, eligible=eligible) if m.score >= FLOOR]
    submitted = [names[key] for key in standing_solutions(challenge.id) if key in names]
    chosen = dict.fromkeys([*best, *sorted(submitted)])
    return [_candidate(matcher.explain(need, name), matcher) for name in chosen]


def _candidate(explanation: Explanation, matcher: Matcher) -> Candidate:
    words = (lack.need for lack in explanation.missing if not lack.need.isdigit())
    return Candidate(
        solution_id=_row_id(explanation.id),
        score=explanation.score,
        parts=[
            {
                "term": part.term,
                "need": part.need,
                "offer": part.offer,
                "field": part.field,
                "score": part.score,
            }
            for part in explanation.parts
        ],
        missing=[word for word, _ in zip(words, range(MOST_MISSING), strict=False)],
        matcher_version=VERSION,
        parameters=matcher.parameters,
    )


def need_of(challenge: Challenge) -> Document:
    """Return what the matcher reads of a challenge."""
    return Document(
        id=f"challenge-{challenge.id}",
        title=f"{challenge.title}\n{challenge.question}",
        text=_joined(
            challenge.summary, challenge.problem, challenge.affected, challenge.expected_result
        ),
        lang=challenge.lang.value,
    )


def offer_of(solution: Solution) -> Document:
    """Return what the matcher reads of a solution, under the name of its present version."""
    return Document(
        id=_name(solution.id, solution.version, solution.updated_at),
        title=solution.title,
        uses=solution.use_cases,
        text=_joined(solution.summary, solution.description, solution.problems_solved),
        lang=solution.lang.value,
    )


def _joined(*texts: str) -> str:
    return "\n".join(texts)


def _name(key: int, version: int, changed: Any) -> str:
    # Padded, so that ties in the ranking are broken by the number of the solution.
    return f"{key:010d}.{version}.{changed.timestamp():.6f}"


def _row_id(name: str) -> int:
    return int(name.partition(".")[0])


def catalogue() -> Matcher:
    """Return the index of the published solutions, brought up to date and saved if it was not."""
    path = Path(current_app.config["SETTINGS"].data_dir) / "matching" / "index.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.with_suffix(".lock")):
        matcher, wanted = _load(path), _published()
        if matcher is None:
            matcher = Matcher().fit(_documents(set(wanted.values())))
            matcher.save(path)
            return matcher
        known = set(matcher.ids_)
        gone, new = known - set(wanted), set(wanted) - known
        for name in sorted(gone):
            matcher.remove(name)
        for document in _documents({wanted[name] for name in new}):
            matcher.add(document)
        if gone or new:
            matcher.save(path)
        return matcher


def _load(path: Path) -> Matcher | None:
    try:
        matcher = Matcher.load(path)
    except (OSError, ValueError):
        return None
    return matcher if matcher.parameters == Matcher().parameters else None


def _published() -> dict[str, int]:
    query = select(Solution.id, Solution.version, Solution.updated_at).where(
        Solution.status == SolutionStatus.PUBLISHED
    )
    return {_name(*row): row[0] for row in db.session.execute(query)}


def _documents(keys: set[int]) -> Iterator[Document]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        query = select(Solution).where(Solution.id.in_(ordered[start : start + 500]))
        found = db.session.scalars(query.order_by(Solution.id)).unique()
        yield from (offer_of(solution) for solution in found)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time compare and rewrite the index."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
