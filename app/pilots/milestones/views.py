"""Pages of milestones."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.permissions import Permission, can
from app.domain.states import MilestoneAction
from app.lifecycle import Act
from app.organizations.queries import happenings
from app.pilots import queries
from app.pilots.milestones import service
from app.pilots.milestones.forms import EvidenceForm, MilestoneForm
from app.pilots.milestones.models import Milestone
from app.pilots.models import Pilot
from app.pilots.page import inner_form, to_pilot
from app.web.access import allow
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import timeline

blueprint = Blueprint("milestones", __name__, url_prefix="/pilots")
add_sentences(
    {
        "too_many_milestones": _l("A pilot has at most %(most)s milestones."),
        "evidence_missing": _l("Deliver it with its evidence."),
    }
)


@blueprint.route("/<pid:pilot_id>/milestones/new", methods=["GET", "POST"])
@allow(Permission.PILOT_WORK, queries.INSIDE)
def new(pilot: Pilot) -> ResponseReturnValue:
    """Plan a milestone."""
    service.require_planning(pilot, current_actor())
    form = MilestoneForm()
    if form.validate_on_submit():
        service.add_milestone(pilot, form.values(), current_actor())
        flash(_("The milestone is planned."), "success")
        return to_pilot(pilot, "milestones")
    return inner_form(_("Add a milestone"), form, pilot, "milestones")


@blueprint.get("/milestones/<pid:milestone_id>")
@allow(Permission.PILOT_FOLLOW, queries.MILESTONE)
def show(milestone: Milestone) -> ResponseReturnValue:
    """Show a milestone with its evidence and what the reader may do."""
    actor, pilot = current_actor(), milestone.pilot
    working = pilot.status in service.WORKING
    left_out = {MilestoneAction.DELIVER} if working else set(MilestoneAction)
    planning, trail = service.planning_permission(pilot), happenings(milestone)
    return render_template(
        "pilots/milestone.html",
        milestone=milestone,
        pilot=pilot,
        steps=stepper(milestone, happenings=trail),
        actions=action_bar(
            milestone, actor, lambda name: _milestone_url(milestone, name), without=left_out
        ),
        delivers=working
        and milestone.status in ("in_progress", "returned")
        and can(actor, Permission.PILOT_DELIVER, milestone.subject),
        plans=planning is not None
        and milestone.is_open
        and can(actor, planning, milestone.subject),
        entries=timeline(milestone.workflow, trail),
    )


@blueprint.route("/milestones/<pid:milestone_id>/edit", methods=["GET", "POST"])
@allow(Permission.PILOT_WORK, queries.MILESTONE)
def edit(milestone: Milestone) -> ResponseReturnValue:
    """Change what is planned."""
    actor = current_actor()
    service.require_planning(milestone.pilot, actor)
    form = MilestoneForm(obj=milestone)

    def save() -> None:
        service.edit_milestone(milestone, form.values(), actor, form.seen_version())

    if save_or_conflict(form, milestone, save):
        flash(_("The milestone is saved."), "success")
        return to_pilot(milestone.pilot, "milestones")
    return inner_form(_("Edit the milestone"), form, milestone.pilot, "milestones")


@blueprint.post("/milestones/<pid:milestone_id>/remove")
@allow(Permission.PILOT_WORK, queries.MILESTONE)
def remove(milestone: Milestone) -> ResponseReturnValue:
    """Take a milestone out of the plan."""
    pilot = milestone.pilot
    service.remove_milestone(milestone, current_actor())
    flash(_("The milestone is removed."), "success")
    return to_pilot(pilot, "milestones")


@blueprint.route("/milestones/<pid:milestone_id>/deliver", methods=["GET", "POST"])
@allow(Permission.PILOT_DELIVER, queries.MILESTONE)
def deliver(milestone: Milestone) -> ResponseReturnValue:
    """Deliver a milestone with its evidence."""
    form = EvidenceForm(obj=milestone)
    if form.validate_on_submit():
        sent = Act(MilestoneAction.DELIVER, version=form.seen_version())
        values = form.values()
        service.deliver(
            milestone, values["evidence"], values["evidence_url"], sent, current_actor()
        )
        flash(_("Delivered: the city looks at it now."), "success")
        return to_pilot(milestone.pilot, "milestones")
    return inner_form(
        _("Deliver the milestone"), form, milestone.pilot, "milestones", milestone.title
    )


@blueprint.post("/milestones/<pid:milestone_id>/acts/<name:act>")
@allow(Permission.PILOT_FOLLOW, queries.MILESTONE)
def act(milestone: Milestone, act: str) -> ResponseReturnValue:
    """Apply an act of the milestone's table."""
    service.act_on_milestone(milestone, posted(milestone, act), current_actor())
    words = label(milestone.status)
    flash(_("Done: the milestone is now “%(status)s”.", status=words), "success")
    return redirect(url_for(".show", milestone_id=milestone.public_id))


def _milestone_url(milestone: Milestone, name: str) -> str:
    return url_for(".act", milestone_id=milestone.public_id, act=name)
