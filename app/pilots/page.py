"""What the page of a pilot shows to those inside it, and to everybody else."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.states import PilotAction, PilotStatus
from app.domain.vocabulary import Side
from app.organizations.queries import happenings
from app.pilots import queries
from app.pilots.milestones.models import SETTLED
from app.pilots.milestones.service import planning_permission
from app.pilots.models import UNDER_WAY, Pilot
from app.pilots.rules import (
    AGREED,
    BEFORE_START,
    CLOSED,
    Plan,
    missing_to_sign,
    standing_signatures,
)
from app.web.actions import Action, action_bar, stepper
from app.web.completeness import Check, Part, missing_parts
from app.web.forms import Form
from app.web.timeline import timeline

_SIGN = {
    Side.CITY: (Permission.PILOT_SIGN_CITY, _l("Sign for the city")),
    Side.STARTUP: (Permission.PILOT_SIGN_STARTUP, _l("Sign for the startup")),
}
_CONFIRM = {
    PilotAction.SEND_AGREEMENT: _l(
        "Both sides are asked to sign the agreement as it reads below. It cannot be edited "
        "meanwhile; either side can return it."
    ),
    PilotAction.BEGIN_CLOSING: _l("The pilot stops here: what follows is its closing report."),
    PilotAction.FINISH: _l(
        "The closing report and the decision are published. This cannot be undone."
    ),
}


def outside(pilot: Pilot) -> dict[str, Any]:
    """Return what everybody reads: nothing before it began but that it is prepared."""
    return {
        "pilot": pilot,
        "inside": False,
        "steps": stepper(pilot, happenings=happenings(pilot)),
        "indicators": queries.indicators(pilot) if pilot.was_started else [],
    }


def inside(pilot: Pilot, actor: Actor) -> dict[str, Any]:
    """Return what the two sides and the coordination read."""
    plan, trail = queries.plan(pilot), happenings(pilot)
    return {
        "pilot": pilot,
        "inside": True,
        "steps": stepper(pilot, happenings=trail),
        "actions": _actions(plan, actor),
        "milestones": plan.milestones,
        "unsettled": [m for m in plan.milestones if m.status not in SETTLED],
        "indicators": plan.indicators,
        "agreed": _settled(AGREED, plan),
        "before_start": _settled(BEFORE_START, plan),
        "missing": missing_to_sign(plan),
        "closed": _settled(CLOSED, plan),
        "missing_to_finish": missing_parts(CLOSED, plan),
        "signed": signatures(plan),
        "reports": queries.reports(pilot),
        "entries": timeline(pilot.workflow, trail),
        "may": _may(pilot, actor),
    }


def _settled(parts: Sequence[Part[Plan]], plan: Plan) -> list[Check]:
    """Return which parts are settled; all of them are needed, so none says so."""
    return [Check(part.label, part.filled(plan)) for part in parts if part.applies(plan)]


def signatures(plan: Plan) -> dict[Side, Any]:
    """Return who signed what stands: once it began, what was signed then."""
    if plan.pilot.was_started:
        return {s.side: s for s in plan.pilot.signatures if s.voided_at is None}
    return dict(standing_signatures(plan))


def _may(pilot: Pilot, actor: Actor) -> dict[str, bool]:
    """Return which links beside the buttons of the table the actor has now."""
    planning = planning_permission(pilot)
    works = can(actor, Permission.PILOT_WORK, pilot.subject)
    preparing = pilot.status is PilotStatus.PREPARING
    abandons = [row.action for row in pilot.workflow.available(pilot.status)]
    return {
        "edit": works and preparing,
        "measure": works and preparing,
        "plan": planning is not None and can(actor, planning, pilot.subject),
        "read": works and pilot.status in UNDER_WAY,
        "report": can(actor, Permission.PILOT_DELIVER, pilot.subject) and pilot.status in UNDER_WAY,
        "close": can(actor, Permission.PILOT_RUN, pilot.subject)
        and pilot.status is PilotStatus.CLOSING,
        "abandon": PilotAction.ABANDON in abandons
        and can(actor, Permission.PILOT_DECIDE, pilot.subject),
    }


def _actions(plan: Plan, actor: Actor) -> list[Action]:
    """Return the buttons, without those whose conditions the next panel still asks for."""
    pilot = plan.pilot
    # The platform starts a pilot with the last signature; giving up has a page of its own.
    left_out = {PilotAction.START, PilotAction.ABANDON}
    if missing_to_sign(plan):
        left_out.add(PilotAction.SEND_AGREEMENT)
    if any(milestone.status not in SETTLED for milestone in plan.milestones):
        left_out.add(PilotAction.BEGIN_CLOSING)
    if missing_parts(CLOSED, plan):
        left_out.add(PilotAction.FINISH)
    bar = action_bar(
        pilot,
        actor,
        lambda name: url_for("pilots.act", pilot_id=pilot.public_id, act=name),
        without=left_out,
        confirmations=_CONFIRM,  # type: ignore[arg-type]  # keyed by one of the enumerations
    )
    return [*_signing(plan, actor), *bar]


def _signing(plan: Plan, actor: Actor) -> list[Action]:
    pilot = plan.pilot
    if pilot.status is not PilotStatus.SIGNING:
        return []
    standing = standing_signatures(plan)
    return [
        Action(
            name=f"sign_as_{side.value}",
            label=words,
            url=url_for("pilots.sign", pilot_id=pilot.public_id, side=side.value),
            confirm=_l("You sign the agreement below, with its milestones and indicators."),
        )
        for side, (permission, words) in _SIGN.items()
        if side in pilot.sides - set(standing) and can(actor, permission, pilot.subject)
    ]


def to_pilot(pilot: Pilot, part: str | None = None) -> ResponseReturnValue:
    """Go to the page of a pilot, at one of its parts."""
    return redirect(url_for("pilots.show", pilot_id=pilot.public_id, _anchor=part))


def inner_form(
    title: str, form: Form, pilot: Pilot, part: str, lead: str = ""
) -> ResponseReturnValue:
    """Answer with a form about something inside a pilot."""
    html = render_template(
        "pilots/inner_form.html",
        title=title,
        lead=lead,
        form=form,
        form_errors=form.errors,
        pilot=pilot,
        part=part,
    )
    return html, 422 if form.errors else 200
