"""Pages on which the coordination receives, examines and lets in applications."""

from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.calls.applications import queries, showing
from app.calls.applications.anonymity import hides_cities, title_of
from app.calls.applications.examination import (
    check,
    items_to_check,
    request_correction,
    unchecked,
    verdicts,
)
from app.calls.applications.examination_forms import (
    ExaminationForm,
    correction_form,
    examination_form,
    late_form,
)
from app.calls.applications.late import late_ones, permit_late
from app.calls.applications.models import Application
from app.calls.applications.rules import open_correction
from app.calls.applications.window import has_closed
from app.calls.models import Call
from app.calls.queries import CALL
from app.domain.call_states import ApplicationAction, ApplicationStatus
from app.domain.call_vocabulary import Verdict
from app.domain.errors import OutOfOrder, RuleBroken
from app.domain.permissions import Permission
from app.extensions import utcnow
from app.lifecycle import check_version
from app.organizations.queries import by_slug
from app.web.access import allow
from app.web.actions import action_bar
from app.web.actor import current_actor
from app.web.forms import save_or_conflict

blueprint = Blueprint("examinations", __name__, url_prefix="/applications")


@blueprint.get("/of/<pid:call_id>")
@allow(Permission.CALL_OVERSEE, CALL)
def queue(call: Call) -> ResponseReturnValue:
    """Show what a call has received, and who has only begun."""
    actor = current_actor()
    applications = queries.of_call(call, actor)
    return render_template(
        "applications/queue.html",
        call=call,
        applications=applications,
        title_of=lambda application: title_of(application, actor),
        open_items={one.id: len(unchecked(one)) for one in applications},
        begun=queries.begun(call),
        hidden=hides_cities(call, actor),
        late=late_ones(call),
        closed=has_closed(call),
    )


@blueprint.route("/<pid:application_id>/examination", methods=["GET", "POST"])
@allow(Permission.APPLICATION_ASSESS, queries.APPLICATION)
def examine(application: Application) -> ResponseReturnValue:
    """Say of each requirement and document whether it is met."""
    form = examination_form(application)
    if save_or_conflict(form, application, lambda: _store(application, form)):
        flash(_("Saved. The city reads nothing of it before you decide."), "success")
        return redirect(url_for(".examine", application_id=application.public_id))
    actor = current_actor()
    html = render_template(
        "applications/examine.html",
        application=application,
        title=title_of(application, actor),
        form=form,
        form_errors=form.errors,
        items=items_to_check(application),
        verdicts=verdicts(application),
        parts=showing.parts(application, actor),
        correction=open_correction(application),
        closed=has_closed(application.call),
        can_write=application.status is ApplicationStatus.SUBMITTED,
        actions=action_bar(
            application,
            actor,
            lambda name: url_for(
                "applications.act", application_id=application.public_id, act=name
            ),
            without=_refused(application),
        ),
    )
    return html, 422 if form.errors else 200


def _store(application: Application, form: ExaminationForm) -> None:
    check_version(application, form.seen_version())
    known = {key: (one.verdict, one.note) for key, one in verdicts(application).items()}
    for key, said in form.said().items():
        if known.get(key) != said:
            check(application, key, *said, current_actor())


def _refused(application: Application) -> set[StrEnum]:
    """Return the acts that what was found does not allow now, and the one with a page."""
    refused: set[StrEnum] = {ApplicationAction.REQUEST_CORRECTION}
    if not has_closed(application.call):
        return set(ApplicationAction)
    if unchecked(application):
        refused.add(ApplicationAction.ADMIT)
    if not any(one.verdict is Verdict.FAILED for one in application.checks):
        refused.add(ApplicationAction.NOT_ADMIT)
    correction = open_correction(application)
    if correction is not None and utcnow() < correction.due_at:
        refused.add(ApplicationAction.END_CORRECTION)
    return refused


@blueprint.route("/<pid:application_id>/correction", methods=["GET", "POST"])
@allow(Permission.APPLICATION_ASSESS, queries.APPLICATION)
def correct(application: Application) -> ResponseReturnValue:
    """Ask the city to correct some pieces until a moment."""
    if application.status is not ApplicationStatus.SUBMITTED:
        raise OutOfOrder("request_correction", application.status)
    form = correction_form(application)

    def save() -> None:
        due_at = form.moment_in(application.call, "due_at")
        chosen, note = form.items.data or [], form.note.data or ""
        actor = current_actor()
        request_correction(application, chosen, note, due_at, actor, form.seen_version())

    if save_or_conflict(form, application, save):
        flash(_("The city was asked to correct it and can do so now."), "success")
        return redirect(url_for(".examine", application_id=application.public_id))
    html = render_template(
        "applications/correction_form.html",
        application=application,
        title=title_of(application, current_actor()),
        form=form,
        form_errors=form.errors,
        verdicts=verdicts(application),
    )
    return html, 422 if form.errors else 200


@blueprint.route("/late/<pid:call_id>", methods=["GET", "POST"])
@allow(Permission.CALL_MANAGE, CALL)
def late(call: Call) -> ResponseReturnValue:
    """Let one city hand in after the call has closed."""
    form = late_form(queries.cities_without_permission(call))

    def save() -> None:
        city = by_slug(form.city.data)
        if city is None:
            raise RuleBroken("no_city_of_the_call")
        until, reason = form.moment_in(call, "until"), form.reason.data or ""
        permit_late(call, city, until, reason, current_actor())

    if save_or_conflict(form, call, save):
        flash(_("The city was told that it can hand in late."), "success")
        return redirect(url_for(".queue", call_id=call.public_id))
    html = render_template(
        "applications/late_form.html",
        call=call,
        form=form,
        form_errors=form.errors,
        late=late_ones(call),
    )
    return html, 422 if form.errors else 200
