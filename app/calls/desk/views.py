"""The page from which a coordination runs a call."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.calls import page, queries
from app.calls.models import Call
from app.calls.questions import queries as questions
from app.calls.rules import PARTS, is_early
from app.calls.schedule.showing import shown_dates
from app.calls.sections import CALL_DESK
from app.domain.call_states import CallAction
from app.domain.permissions import Permission
from app.organizations.queries import happenings
from app.web.access import allow
from app.web.actions import Action, action_bar
from app.web.actor import current_actor
from app.web.completeness import missing_parts, quality_meter
from app.web.timeline import timeline

blueprint = Blueprint("call_desk", __name__, url_prefix="/calls")
TIMED = (CallAction.EVALUATE, CallAction.DECLARE_VOID, CallAction.ARCHIVE)
ASKED: dict[StrEnum, Any] = {
    CallAction.PUBLISH: _l(
        "From now on everybody can read the call, and each change of it is public with its reason."
    ),
    CallAction.EVALUATE: _l(
        "The seed of the lot is drawn from the receipts, and the committee can be given its work."
    ),
    CallAction.CANCEL: _l("The cities that apply are told. This cannot be undone."),
    CallAction.DECLARE_VOID: _l("The cities that apply are told. This cannot be undone."),
}


@blueprint.get("/<pid:call_id>/desk")
@allow(Permission.CALL_OVERSEE, queries.CALL)
def show(call: Call) -> ResponseReturnValue:
    """Show where the call stands and what comes next."""
    actor, trail = current_actor(), happenings(call)
    return render_template(
        "calls/desk.html",
        call=call,
        steps=page.life(call),
        actions=_actions(call),
        missing=missing_parts(PARTS, call),
        meter=quality_meter(PARTS, call),
        why=page.why_stopped(trail),
        counts=queries.counts_by_status(call.id, actor),
        waiting=questions.unanswered(call.id),
        dates=shown_dates(call),
        entries=timeline(call.workflow, trail),
        parts=page.split(CALL_DESK.of(call, actor)),
    )


def _actions(call: Call) -> list[Action]:
    """Return the buttons; those that only the clock still refuses come when their time has come."""

    def address(name: str) -> str:
        return url_for("calls.act", call_id=call.public_id, act=name)

    early = [action for action in TIMED if is_early(call, action)]
    return action_bar(call, current_actor(), address, without=early, confirmations=ASKED)
