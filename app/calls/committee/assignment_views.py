"""Pages of the assignment: the plan by rule, and what is added by hand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.calls.applications.anonymity import hides_cities
from app.calls.committee import assignment, seats
from app.calls.committee.assignment import Line, Plan
from app.calls.committee.queries import admitted, visible
from app.calls.models import Call, CommitteeMember
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.web.access import allow
from app.web.actor import current_actor

blueprint = Blueprint("assignment", __name__, url_prefix="/committee")
_PAGE = "/calls/<pid:call_id>/assignment"
_OVERSEE = allow(Permission.REVIEW_OVERSEE, seats.COMMITTEE)
WHY = {
    "conflict": _l("conflict of interest"),
    "same_organization": _l("belongs to the city"),
    "recused": _l("recused themself"),
    "reads_scores": _l("may read the scores already"),
}


@dataclass(frozen=True, slots=True)
class Load:
    """How many applications a member has, and would have."""

    member: CommitteeMember
    kept: int
    added: int
    takes_part: bool


@blueprint.get(_PAGE)
@_OVERSEE
def plan(call: Call) -> ResponseReturnValue:
    """Show who would review what."""
    actor = current_actor()
    made = assignment.preview_assignment(call, _left_out(request.args.getlist("without")))
    seen = {one.id for one in visible([line.application for line in made.lines], actor)}
    lines = [line for line in made.lines if line.application.id in seen]
    return render_template(
        "committee/assignment.html",
        call=call,
        actor=actor,
        plan=made,
        lines=lines,
        loads=_loads(made, lines),
        hints=_shown(made, call, actor),
        added=sum(len(line.added) for line in lines),
        why=WHY,
    )


def _left_out(values: Iterable[str]) -> frozenset[int]:
    return frozenset(int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 10)


def _shown(made: Plan, call: Call, actor: Actor) -> Mapping[Any, Any]:
    return {} if hides_cities(call, actor) else made.hints


def _loads(made: Plan, lines: Iterable[Line]) -> list[Load]:
    """Return the loads over the lines that the reader may see, and no others."""
    known = list(lines)
    kept = Counter(review.user_id for line in known for review in line.kept)
    added = Counter(member.id for line in known for member in line.added)
    return [
        Load(one, kept[one.user_id or 0], added[one.id], one.id not in made.without)
        for one in made.members
    ]


@blueprint.post(_PAGE)
@_OVERSEE
def apply(call: Call) -> ResponseReturnValue:
    """Entrust what the plan says."""
    without = _left_out(request.form.getlist("without"))
    seen = Plan((), (), {}, without, request.form.get("digest", ""))
    count = assignment.assign(call, seen, current_actor())
    flash(
        ngettext("%(num)s review was entrusted.", "%(num)s reviews were entrusted.", count),
        "success",
    )
    return redirect(url_for("evaluation.progress", call_id=call.public_id))


@blueprint.post(f"{_PAGE}/add")
@_OVERSEE
def add(call: Call) -> ResponseReturnValue:
    """Entrust one application to one member by hand."""
    actor = current_actor()
    asked, person = request.form.get("application"), request.form.get("member", "")
    known = visible(admitted(call), actor)
    application = next((one for one in known if one.public_id == asked), None) or abort(404)
    member = next((one for one in call.members if str(one.id) == person), None) or abort(404)
    assignment.entrust(application, member, actor)
    flash(_("The review was entrusted to %(name)s.", name=member.name), "success")
    return redirect(url_for("evaluation.progress", call_id=call.public_id))
