"""Pages on which a city writes and sends its application, and on which others read it."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls.applications import guide, queries, refusals, sections, service, showing
from app.calls.applications.anonymity import hides_names, title_of
from app.calls.applications.examination import findings
from app.calls.applications.forms import SectionForm, form_for
from app.calls.applications.models import Application
from app.calls.applications.receipt import receipt_pdf
from app.calls.applications.rules import check_editable, missing, open_correction, open_keys
from app.calls.applications.trail import trail_for
from app.calls.applications.versions import last
from app.calls.applications.window import window_of
from app.calls.models import Call
from app.calls.queries import CALL
from app.calls.sections import CALL_DESK, CALL_PAGE
from app.domain.call_states import ApplicationAction, ApplicationStatus
from app.domain.errors import OutOfOrder, SomeoneWasFaster
from app.domain.permissions import Permission
from app.domain.predicates import its_city
from app.extensions import db
from app.files import pdf
from app.files.answers import attachment, download
from app.files.uploads import accepts_files
from app.web.access import allow
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import add_acts, timeline

blueprint = Blueprint("applications", __name__, url_prefix="/applications")
add_sentences(refusals.SENTENCES)
add_acts(refusals.PLAIN_ACTS)
CALL_PAGE.register(sections.apply)
CALL_DESK.register(sections.received)
_CONFIRMATIONS: dict[StrEnum, Any] = {
    ApplicationAction.SUBMIT: _l(
        "The coordination receives it now. Until the call closes you can withdraw it, change it "
        "and send it again."
    ),
    ApplicationAction.WITHDRAW: _l(
        "Nobody else reads it any more. You can take it up again while the call is open."
    ),
    ApplicationAction.RESUBMIT: _l("The correction is sent and closed to further changes."),
}

_SENDING = frozenset({ApplicationAction.SUBMIT, ApplicationAction.RESUBMIT})


@blueprint.get("/")
@allow(Permission.ACCOUNT_USE)
def index() -> ResponseReturnValue:
    """Show the applications of the reader's city."""
    found = queries.of_organization(current_actor())
    return render_template("applications/index.html", applications=found)


@blueprint.post("/begin/<pid:call_id>")
@allow(Permission.APPLICATION_CREATE, CALL)
def begin(call: Call) -> ResponseReturnValue:
    """Start the application of the reader's city, or lead to the one it has."""
    application, made = service.begin(call, current_actor())
    if not made:
        flash(_("Your city already has an application to this call: here it is."), "info")
    return redirect(url_for(".show", application_id=application.public_id))


@blueprint.get("/<pid:application_id>")
@allow(Permission.APPLICATION_VIEW, queries.APPLICATION)
def show(application: Application) -> ResponseReturnValue:
    """Show an application with what the reader may do."""
    actor = current_actor()
    own = its_city(actor, application.subject)
    trail = trail_for(application, actor)
    return render_template(
        "applications/show.html",
        application=application,
        title=title_of(application, actor),
        own=own,
        hidden=hides_names(application, actor),
        window=window_of(application),
        correction=open_correction(application),
        findings=findings(application) if own else [],
        lacking=missing(application) if own else [],
        where=lambda one: guide.where(application, one),
        tasks=guide.tasks(application) if own else [],
        parts=showing.parts(application, actor),
        steps=stepper(application, happenings=trail),
        actions=action_bar(
            application,
            actor,
            lambda name: url_for(".act", application_id=application.public_id, act=name),
            without=_elsewhere(application),
            confirmations=_CONFIRMATIONS,
        )
        if own
        else [],
        entries=timeline(application.workflow, trail, names=own),
    )


def _elsewhere(application: Application) -> set[StrEnum]:
    """Return the acts that the clock or the content refuses now, and those with a page."""
    refused: set[StrEnum] = {ApplicationAction.REQUEST_CORRECTION}
    if not window_of(application).is_open:
        refused |= {ApplicationAction.SUBMIT, ApplicationAction.REVISE}
        if application.status is ApplicationStatus.SUBMITTED:
            refused.add(ApplicationAction.WITHDRAW)
    if missing(application) or not open_keys(application):
        refused |= {ApplicationAction.SUBMIT, ApplicationAction.RESUBMIT}
    return refused


@blueprint.route("/<pid:application_id>/sections/<name:section>", methods=["GET", "POST"])
@allow(Permission.APPLICATION_EDIT, queries.APPLICATION)
@accepts_files
def edit(application: Application, section: str) -> ResponseReturnValue:
    """Write one section; nothing is asked for yet, so that it can be left at any point."""
    check_editable(application)
    found = next((one for one in guide.writable(application) if one.name == section), None)
    if found is None:
        abort(404)
    form = form_for(application, found, open_keys(application))
    if save_or_conflict(form, application, lambda: _store(application, form)):
        flash(_("Saved."), "success")
        return redirect(_after(application, section))
    html = render_template(
        "applications/form.html",
        application=application,
        section=found,
        form=form,
        form_errors=form.errors,
        tasks=guide.tasks(application),
        parts=showing.parts(application, current_actor()),
    )
    return html, 422 if form.errors else 200


def _store(application: Application, form: SectionForm) -> None:
    actor = current_actor()
    service.save(application, form.said(), actor, form.seen())
    for document_id, upload in form.uploads.items():
        service.attach(application, document_id, upload, actor)
    key = request.form.get("remove", "")
    for item in form.items:
        if item.id is not None and item.key == key:
            service.remove(application, item.id, actor)


def _after(application: Application, section: str) -> str:
    """Return where to go on after a section was saved, as the button said."""
    button = request.form.get("go", "here")
    follows = guide.following(application, section)
    if button == "next" and follows is not None:
        return guide.address(application, follows)
    if button == "here":
        return guide.address(application, section)
    return url_for(".show", application_id=application.public_id)


@blueprint.get("/<pid:application_id>/preview")
@allow(Permission.APPLICATION_EDIT, queries.APPLICATION)
def preview(application: Application) -> ResponseReturnValue:
    """Show all of a draft as the coordination will read it, and what is missing."""
    check_editable(application)
    actor = current_actor()
    return render_template(
        "applications/preview.html",
        application=application,
        lacking=missing(application),
        where=lambda one: guide.where(application, one),
        parts=showing.parts(application, actor),
        window=window_of(application),
        actions=action_bar(
            application,
            actor,
            lambda name: url_for(".act", application_id=application.public_id, act=name),
            without={*_elsewhere(application), ApplicationAction.WITHDRAW},
            confirmations=_CONFIRMATIONS,
        ),
    )


@blueprint.post("/<pid:application_id>/acts/<name:act>")
@allow(Permission.APPLICATION_VIEW, queries.APPLICATION)
def act(application: Application, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states; sending twice is sending once."""
    sent = posted(application, act)
    try:
        service.act(application, sent, current_actor())
    except (SomeoneWasFaster, OutOfOrder):
        db.session.rollback()
        was_sent = application.status is ApplicationStatus.SUBMITTED
        if sent.action not in _SENDING or not was_sent:
            raise
        flash(_("This application was sent already: here is its receipt."), "info")
        return redirect(url_for(".receipt", application_id=application.public_id))
    if sent.action in _SENDING:
        return redirect(url_for(".receipt", application_id=application.public_id))
    status = label(application.status)
    flash(_("Done: the application is now “%(status)s”.", status=status), "success")
    return redirect(_after_act(application, sent.action))


def _after_act(application: Application, action: StrEnum) -> str:
    if its_city(current_actor(), application.subject):
        return url_for(".show", application_id=application.public_id)
    return url_for("examinations.examine", application_id=application.public_id)


@blueprint.get("/<pid:application_id>/receipt")
@allow(Permission.APPLICATION_VIEW, queries.APPLICATION)
def receipt(application: Application) -> ResponseReturnValue:
    """Show that it was received, with its number and its digest."""
    version = last(application)
    if version is None or hides_names(application, current_actor()):
        abort(404)
    return render_template("applications/receipt.html", application=application, version=version)


@blueprint.get("/<pid:application_id>/receipt.pdf")
@allow(Permission.APPLICATION_VIEW, queries.APPLICATION)
def receipt_document(application: Application) -> ResponseReturnValue:
    """Answer with the receipt as a document."""
    version = last(application)
    if version is None or hides_names(application, current_actor()):
        abort(404)
    content = receipt_pdf(application, version)
    return attachment(content, pdf.MEDIA_TYPE, f"{application.number}.pdf")


@blueprint.get("/<pid:application_id>/versions")
@allow(Permission.APPLICATION_VIEW, queries.APPLICATION)
def versions(application: Application) -> ResponseReturnValue:
    """Show what was handed in each time, and what changed in between."""
    actor = current_actor()
    return render_template(
        "applications/versions.html",
        application=application,
        title=title_of(application, actor),
        hidden=hides_names(application, actor),
        history=showing.steps(application, actor),
    )


@blueprint.get("/<pid:application_id>/files/<pid:file_id>")
@allow(Permission.APPLICATION_VIEW, queries.APPLICATION)
def download_file(application: Application, file_id: str) -> ResponseReturnValue:
    """Answer with a document to save."""
    found = showing.readable_file(application, file_id, current_actor())
    if found is None:
        abort(404)
    row, name = found
    return download(row.file, name)
