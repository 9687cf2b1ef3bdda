"""What solutions ask of their startup and of the coordination."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.predicates import writes
from app.domain.states import SolutionStatus
from app.solutions import queries
from app.solutions.models import Solution
from app.web.work import Task

_WRITE = {
    SolutionStatus.DRAFT: _l("Finish the draft of the solution"),
    SolutionStatus.CHANGES_REQUESTED: _l("Change the solution as the coordination asked"),
}


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the solutions to review, to finish or to change."""
    if can(actor, Permission.SOLUTION_REVIEW):
        for solution in queries.awaiting_review():
            yield _task(solution, _l("Review the solution"))
    elif actor.organization_id is not None and writes(actor, None):
        for solution in queries.of_organization(actor.organization_id, actor):
            if what := _WRITE.get(SolutionStatus(solution.status)):
                yield _task(solution, what)


def _task(solution: Solution, what: Any) -> Task:
    url = url_for("solutions.show", solution_id=solution.public_id)
    return Task(what, solution.title, solution.lang, url, solution.status_since)
