"""Pages of appeals: filing one, reading it, deciding it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls.applications.anonymity import title_of
from app.calls.applications.models import Application
from app.calls.applications.queries import APPLICATION
from app.calls.results import queries
from app.calls.results.appeals import service
from app.calls.results.appeals.forms import appeal_form
from app.calls.results.appeals.queries import APPEAL
from app.calls.results.models import Appeal
from app.calls.results.reading import scored_lines
from app.domain.call_states import AppealAction, AppealStatus
from app.domain.call_vocabulary import ResultStage
from app.domain.permissions import Permission
from app.domain.predicates import its_city
from app.organizations.queries import happenings
from app.web.access import allow
from app.web.actions import action_bar, posted
from app.web.actor import current_actor
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import timeline

blueprint = Blueprint("appeals", __name__)
_CONFIRM = {
    AppealAction.UPHOLD: _l(
        "The consensus on this application is opened: agree its scores anew, then the final result "
        "can be proposed. The city reads your reasons."
    ),
    AppealAction.REJECT: _l("The scores stay as they are. The city reads your reasons."),
}


@blueprint.route("/results/places/<pid:application_id>/appeal", methods=["GET", "POST"])
@allow(Permission.APPEAL_FILE, APPLICATION)
def new(application: Application) -> ResponseReturnValue:
    """File an appeal against the preliminary result."""
    actor = current_actor()
    form = appeal_form(application.call)

    def save() -> None:
        criteria, grounds = form.criteria.data or [], form.grounds.data or ""
        service.file_appeal(application, criteria, grounds, actor)

    if save_or_conflict(form, application, save):
        flash(_("Your appeal is filed. The committee answers it with its reasons."), "success")
        appeal = queries.appeal_of(application)
        return _to_appeal(appeal) if appeal else redirect(url_for("calls.index"))
    html = render_template(
        "results/appeal_form.html",
        form=form,
        form_errors=form.errors,
        application=application,
        call=application.call,
        open=service.may_appeal(application, actor),
    )
    return html, 422 if form.errors else 200


@blueprint.get("/appeals/<pid:appeal_id>")
@allow(Permission.APPLICATION_VIEW, APPEAL)
def show(appeal: Appeal) -> ResponseReturnValue:
    """Show an appeal to its city, and to the committee and coordination without a conflict."""
    actor, application = current_actor(), appeal.application
    preliminary = queries.standing(application.call, ResultStage.PRELIMINARY)
    placement = queries.placement_of(preliminary, application) if preliminary else None
    trail = happenings(appeal)
    return render_template(
        "results/appeal.html",
        appeal=appeal,
        call=application.call,
        application=application,
        title=title_of(application, actor),
        of_city=its_city(actor, application.subject),
        placement=placement,
        lines=scored_lines(preliminary, placement) if preliminary and placement else [],
        actions=action_bar(
            appeal,
            actor,
            lambda name: url_for("appeals.act", appeal_id=appeal.public_id, act=name),
            confirmations=_CONFIRM,  # type: ignore[arg-type]  # keyed by one of the enumerations
        ),
        undecided=appeal.status is AppealStatus.FILED,
        entries=timeline(appeal.workflow, trail, names=False),
    )


@blueprint.post("/appeals/<pid:appeal_id>/acts/<name:act>")
@allow(Permission.APPLICATION_VIEW, APPEAL)
def act(appeal: Appeal, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(appeal, posted(appeal, act), current_actor())
    flash(_("Done: the appeal is now “%(status)s”.", status=label(appeal.status)), "success")
    return _to_appeal(appeal)


def _to_appeal(appeal: Appeal) -> ResponseReturnValue:
    return redirect(url_for("appeals.show", appeal_id=appeal.public_id))
