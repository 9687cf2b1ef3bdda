"""What results add to the page of a call and to the desk of who runs it."""

from collections.abc import Iterator
from typing import Any

from app.calls.models import Call
from app.calls.results import page, queries
from app.calls.results.models import Result
from app.calls.results.rules import PROPOSED_FROM, in_conflict, proposal_obstacles
from app.domain.actors import Actor
from app.domain.call_vocabulary import ResultStage
from app.domain.permissions import Permission, can
from app.web.errors import sentence_for
from app.web.sections import Section


def of_call(call: Call, actor: Actor) -> Section | None:
    """The latest result that is public; to the committee, the one that it works on."""
    results = queries.published(call)
    shown = page.outside(results[0]) if results else {}
    working = _working(call, actor)
    if not shown and working is None:
        return None
    return Section("results/of_call.html", {"shown": shown, "working": working}, order=10)


def _working(call: Call, actor: Actor) -> Result | None:
    if not can(actor, Permission.COMMITTEE_VIEW, call.subject):
        return None
    stages = (ResultStage.FINAL, ResultStage.PRELIMINARY)
    found = [one for stage in stages if (one := queries.standing(call, stage)) is not None]
    return next((one for one in found if not one.is_published), None)


def on_desk(call: Call, actor: Actor) -> Section | None:
    """What is missing before the next result, or how those that stand are getting on."""
    stage = next((stage for stage, status in PROPOSED_FROM.items() if status is call.status), None)
    results = queries.of_call(call)
    if stage is None and not results:
        return None
    biased = in_conflict(call, actor)
    open_stage = stage if stage and queries.standing(call, stage) is None else None
    context = {
        "call": call,
        "biased": biased,
        "stage": open_stage,
        "obstacles": list(_missing(call, open_stage)) if open_stage and not biased else [],
        "proposes": can(actor, Permission.RESULT_PROPOSE, call.subject) and not biased,
        "results": results,
    }
    return Section("results/on_desk.html", context, order=30)


def _missing(call: Call, stage: ResultStage) -> Iterator[Any]:
    return (sentence_for(one) for one in proposal_obstacles(call, stage))
