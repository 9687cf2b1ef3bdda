"""Pages of memberships: signing, confirming, suspending, and the list for the coordination."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls.enrolments import queries, sections, service
from app.calls.enrolments.forms import SigningForm, founding_form
from app.calls.enrolments.models import Enrolment
from app.calls.enrolments.refusals import ACTS, SENTENCES
from app.domain.call_states import EnrolmentAction, EnrolmentStatus
from app.domain.permissions import Permission
from app.files.answers import download
from app.files.problems import UnreadableFile
from app.files.uploads import Upload, accepts_files, read_pdf, was_chosen
from app.organizations.models import Organization
from app.organizations.queries import by_slug, happenings
from app.organizations.sections import ORGANIZATION_PAGE
from app.search_text import text_of
from app.web.access import allow
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences, sentence_for
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec
from app.web.timeline import add_acts, timeline

blueprint = Blueprint("enrolments", __name__, url_prefix="/enrolments")
ORGANIZATION_PAGE.register(sections.of_organization)
add_sentences(SENTENCES)
add_acts(ACTS)
_MEGABYTES, _PAGES = 10, 20
_CONFIRM = {
    EnrolmentAction.CONFIRM: _l(
        "The city is a member from today, and its yearly commitments begin to count."
    ),
    EnrolmentAction.DECLINE: _l("The seat goes to the waiting list. This cannot be undone."),
}


@blueprint.get("/")
@allow(Permission.COMMITMENT_OVERSEE)
def index() -> ResponseReturnValue:
    """Show the members of the coordination's network, and those that are becoming members."""
    listing = ListQuery(
        rows=queries.of_network(current_actor().organization_id),
        searched=text_of(Organization.search_text),
        facets=(
            FacetSpec("status", _l("State"), Enrolment.status, lambda v: label(EnrolmentStatus(v))),
            FacetSpec("cohort", _l("Cohort"), Enrolment.cohort, str),
        ),
        sorts=(
            SortSpec("name", _l("By name"), (Organization.name, Enrolment.id)),
            SortSpec("new", _l("Newest first"), (Enrolment.status_since.desc(), Enrolment.id)),
        ),
        per_page=50,
    ).listing()
    return render_template("enrolments/index.html", listing=listing)


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Permission.CALL_CREATE)
def new() -> ResponseReturnValue:
    """Enrol a city that is a member without a call."""
    form = founding_form()

    def save() -> None:
        service.found(
            by_slug(form.organization.data) or abort(404),
            form.cohort.data or "",
            current_actor(),
            since=form.since.data or date.min,
            reason=form.reason.data or "",
            founder=bool(form.founder.data),
        )

    if save_or_conflict(form, None, save):
        flash(_("The city is enrolled."), "success")
        return redirect(url_for("enrolments.index"))
    html = render_template("enrolments/new.html", form=form, form_errors=form.errors)
    return html, 422 if form.errors else 200


@blueprint.get("/<pid:enrolment_id>")
@allow(Permission.ENROLMENT_VIEW, queries.ENROLMENT)
def show(enrolment: Enrolment) -> ResponseReturnValue:
    """Show a membership with what the reader may do."""
    trail = happenings(enrolment)
    return render_template(
        "enrolments/show.html",
        enrolment=enrolment,
        steps=stepper(enrolment, happenings=trail),
        actions=action_bar(
            enrolment,
            current_actor(),
            lambda name: url_for("enrolments.act", enrolment_id=enrolment.public_id, act=name),
            without=(EnrolmentAction.SIGN, EnrolmentAction.FOUND, *_not_yet(enrolment)),
            confirmations=_CONFIRM,  # type: ignore[arg-type]  # keyed by one of the enumerations
        ),
        entries=timeline(enrolment.workflow, trail),
    )


def _not_yet(enrolment: Enrolment) -> tuple[EnrolmentAction, ...]:
    return () if service.is_over(enrolment) else (EnrolmentAction.LAPSE,)


@blueprint.route("/<pid:enrolment_id>/sign", methods=["GET", "POST"])
@allow(Permission.ENROLMENT_SIGN, queries.ENROLMENT)
@accepts_files
def sign(enrolment: Enrolment) -> ResponseReturnValue:
    """Sign the adhesion with the signed document."""
    form = SigningForm(version=str(enrolment.version))
    upload = _read(form) if form.validate_on_submit() else None
    if upload is not None:
        found = queries.by_public_id(enrolment.public_id) or abort(404)
        signature = service.Signature(
            form.signer.data or "", form.role.data or "", form.signed_on.data or date.max
        )

        def save() -> None:
            service.sign(found, signature, upload, current_actor(), form.seen_version())

        if save_or_conflict(form, found, save):
            flash(_("Signed. The coordination looks at the document and confirms it."), "success")
            return _to_enrolment(found)
    html = render_template(
        "enrolments/sign.html", form=form, form_errors=form.errors, enrolment=enrolment
    )
    return html, 422 if form.errors else 200


def _read(form: SigningForm) -> Upload | None:
    if not was_chosen(form.document.data):
        form.document.errors = [_("Choose the signed document.")]
        return None
    try:
        return read_pdf(form.document.data, _MEGABYTES, _PAGES)
    except UnreadableFile as problem:
        form.document.errors = [sentence_for(problem)]
        return None


@blueprint.get("/<pid:enrolment_id>/adhesion")
@allow(Permission.ENROLMENT_VIEW, queries.ENROLMENT)
def adhesion(enrolment: Enrolment) -> ResponseReturnValue:
    """Download the signed document."""
    return abort(404) if enrolment.file is None else download(enrolment.file)


@blueprint.post("/<pid:enrolment_id>/acts/<name:act>")
@allow(Permission.ENROLMENT_VIEW, queries.ENROLMENT)
def act(enrolment: Enrolment, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(enrolment, posted(enrolment, act), current_actor())
    flash(_("Done: the membership is now “%(status)s”.", status=label(enrolment.status)), "success")
    return _to_enrolment(enrolment)


def _to_enrolment(enrolment: Enrolment) -> ResponseReturnValue:
    return redirect(url_for("enrolments.show", enrolment_id=enrolment.public_id))
