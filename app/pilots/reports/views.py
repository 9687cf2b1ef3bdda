"""Pages of progress reports."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.errors import OutOfOrder
from app.domain.permissions import Permission, can
from app.organizations.queries import happenings
from app.pilots import queries
from app.pilots.models import UNDER_WAY, Pilot, today_in
from app.pilots.page import inner_form
from app.pilots.reports import service
from app.pilots.reports.forms import ReportForm
from app.pilots.reports.models import ProgressReport
from app.pilots.service import require_status
from app.web.access import allow
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import timeline

blueprint = Blueprint("progress_reports", __name__, url_prefix="/pilots")
_PERIOD = timedelta(days=14)
add_sentences(
    {
        "report_incomplete": _l("Say what was done and what comes next before you send it."),
    }
)


@blueprint.route("/<pid:pilot_id>/reports/new", methods=["GET", "POST"])
@allow(Permission.PILOT_DELIVER, queries.INSIDE)
def new(pilot: Pilot) -> ResponseReturnValue:
    """Write the report of a period."""
    require_status(pilot, UNDER_WAY)
    today = today_in(pilot.city.timezone)
    form = ReportForm(period_from=today - _PERIOD, period_to=today)
    if form.validate_on_submit():
        report = service.add_report(pilot, form.values(), current_actor())
        flash(_("The report is saved. Send it when it is ready."), "success")
        return redirect(url_for(".show", report_id=report.public_id))
    return inner_form(_("Write a progress report"), form, pilot, "reports")


@blueprint.get("/reports/<pid:report_id>")
@allow(Permission.PILOT_FOLLOW, queries.REPORT)
def show(report: ProgressReport) -> ResponseReturnValue:
    """Show a progress report."""
    actor, trail = current_actor(), happenings(report)
    return render_template(
        "pilots/report.html",
        report=report,
        pilot=report.pilot,
        steps=stepper(report, happenings=trail),
        actions=action_bar(
            report,
            actor,
            lambda name: url_for(".act", report_id=report.public_id, act=name),
        ),
        writes=report.is_editable and can(actor, Permission.PILOT_DELIVER, report.subject),
        entries=timeline(report.workflow, trail),
    )


@blueprint.route("/reports/<pid:report_id>/edit", methods=["GET", "POST"])
@allow(Permission.PILOT_DELIVER, queries.REPORT)
def edit(report: ProgressReport) -> ResponseReturnValue:
    """Rewrite a report that is not with the city."""
    if not report.is_editable:
        raise OutOfOrder("edit", report.status)
    form = ReportForm(obj=report)
    actor = current_actor()

    def save() -> None:
        service.edit_report(report, form.values(), actor, form.seen_version())

    if save_or_conflict(form, report, save):
        flash(_("The report is saved. Send it when it is ready."), "success")
        return redirect(url_for(".show", report_id=report.public_id))
    return inner_form(_("Edit the report"), form, report.pilot, "reports")


@blueprint.post("/reports/<pid:report_id>/acts/<name:act>")
@allow(Permission.PILOT_FOLLOW, queries.REPORT)
def act(report: ProgressReport, act: str) -> ResponseReturnValue:
    """Apply an act of the report's table."""
    service.act_on_report(report, posted(report, act), current_actor())
    flash(_("Done: the report is now “%(status)s”.", status=label(report.status)), "success")
    return redirect(url_for(".show", report_id=report.public_id))
