"""Pages of pilots: the list, the page of each, its agreement and how it ends."""

from flask import Blueprint, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls.committee.hints import HINTS
from app.challenges.models import Challenge
from app.challenges.sections import SECTIONS as CHALLENGE_PAGE
from app.domain.errors import OutOfOrder
from app.domain.permissions import Permission, can
from app.domain.predicates import coordination
from app.domain.states import PilotAction, PilotStatus
from app.domain.vocabulary import Country, PilotDecision, Sector, Side
from app.lifecycle import Act
from app.matches.models import Match
from app.matches.queries import MATCH
from app.matches.sections import MATCH_PAGE
from app.matches.similar.outcomes import OUTCOMES
from app.organizations.models import Organization
from app.organizations.sections import ORGANIZATION_PAGE
from app.pilots import page, partners, queries, sections, service
from app.pilots.forms import SECTIONS, AbandonForm, ClosingForm, agreement_form
from app.pilots.models import Pilot
from app.web.access import allow, public
from app.web.actions import posted
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.form_sections import tasks_of
from app.web.forms import Form, save_or_conflict
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec

blueprint = Blueprint("pilots", __name__)
HINTS.register(partners.of_committee)
MATCH_PAGE.register(sections.of_match)
CHALLENGE_PAGE.register(sections.of_challenge)
OUTCOMES.register(sections.came_of)
ORGANIZATION_PAGE.register(sections.of_organization)
add_sentences(
    {
        "match_not_confirmed": _l("Both sides must have accepted the match first."),
        "pilot_exists": _l("The pilot of this match was opened already."),
        "agreement_incomplete": _l("The agreement is not complete yet. Still missing: %(parts)s."),
        "milestones_unsettled": _l(
            "Every milestone must be accepted or cancelled first. Still open: %(titles)s."
        ),
        "closing_incomplete": _l(
            "The closing report is not complete yet. Still missing: %(parts)s."
        ),
        "signatures_missing": _l("A pilot starts by itself when every side has signed."),
        "pilot_not_under_way": _l("This is possible only while the pilot is under way."),
        "signed_already": _l("Your side has signed this agreement already."),
    }
)


@blueprint.get("/pilots/")
@public
def index() -> ResponseReturnValue:
    """Show the pilots that began or ended."""
    listing = ListQuery(
        rows=queries.public_pilots(),
        searched=Pilot.search_text,
        facets=(
            FacetSpec("state", _l("State"), Pilot.status, lambda v: label(PilotStatus(v))),
            FacetSpec(
                "decision", _l("Decision"), Pilot.decision, lambda v: label(PilotDecision(v))
            ),
            FacetSpec("sector", _l("Sector"), Challenge.sector, lambda v: label(Sector(v))),
            FacetSpec("country", _l("Country"), Organization.country, lambda v: label(Country(v))),
        ),
        sorts=(
            SortSpec("new", _l("Newest first"), (Pilot.status_since.desc(), Pilot.id)),
            SortSpec("title", _l("By title"), (Pilot.title, Pilot.id)),
        ),
    ).listing()
    return render_template("pilots/index.html", listing=listing)


@blueprint.get("/pilots/ours")
@allow(Permission.ACCOUNT_USE)
def ours() -> ResponseReturnValue:
    """Show the pilots of the reader's organization; to the coordination, all that go on."""
    actor = current_actor()
    if coordination(actor, None):
        pilots = queries.ongoing()
    elif actor.organization_id is not None:
        pilots = queries.of_organization(actor.organization_id, actor)
    else:
        abort(403)
    return render_template("pilots/ours.html", pilots=pilots, due=queries.due_soon(actor))


@blueprint.post("/matches/<pid:match_id>/pilot")
@allow(Permission.PILOT_OPEN, MATCH)
def open(match: Match) -> ResponseReturnValue:  # noqa: A001 - the endpoint other pages link to
    """Open the pilot of a confirmed match."""
    pilot = service.open_pilot(match, current_actor())
    flash(_("The pilot is open. Complete the agreement, then send it for signature."), "success")
    return page.to_pilot(pilot)


@blueprint.get("/pilots/<pid:pilot_id>")
@allow(Permission.PILOT_VIEW, queries.PILOT)
def show(pilot: Pilot) -> ResponseReturnValue:
    """Show a pilot: to those inside with their work, to others as a published case."""
    actor = current_actor()
    if can(actor, Permission.PILOT_FOLLOW, pilot.subject):
        return render_template("pilots/show.html", **page.inside(pilot, actor))
    return render_template("pilots/case.html", **page.outside(pilot))


@blueprint.route("/pilots/<pid:pilot_id>/agreement", methods=["GET", "POST"])
@allow(Permission.PILOT_WORK, queries.INSIDE)
def edit(pilot: Pilot) -> ResponseReturnValue:
    """Write the agreement."""
    if pilot.status is not PilotStatus.PREPARING:
        raise OutOfOrder("edit", pilot.status)
    form = agreement_form(pilot)

    def save() -> None:
        service.edit_agreement(pilot, form.values(), current_actor(), form.seen_version())

    if save_or_conflict(form, pilot, save):
        flash(_("The agreement is saved."), "success")
        return page.to_pilot(pilot)
    return _form("pilots/agreement_form.html", form, pilot, tasks=tasks_of(form, SECTIONS))


@blueprint.post("/pilots/<pid:pilot_id>/signatures/<name:side>")
@allow(Permission.PILOT_FOLLOW, queries.INSIDE)
def sign(pilot: Pilot, side: str) -> ResponseReturnValue:
    """Sign the agreement for one side."""
    if side not in set(Side):
        abort(404)
    seen = posted(pilot, PilotAction.START).version
    service.sign(pilot, Side(side), current_actor(), seen)
    if pilot.was_started:
        flash(_("Every side has signed: the pilot is running."), "success")
    else:
        flash(_("Signed. The pilot starts when the other side signs too."), "success")
    return page.to_pilot(pilot)


@blueprint.post("/pilots/<pid:pilot_id>/acts/<name:act>")
@allow(Permission.PILOT_FOLLOW, queries.INSIDE)
def act(pilot: Pilot, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(pilot, posted(pilot, act), current_actor())
    flash(_("Done: the pilot is now “%(status)s”.", status=label(pilot.status)), "success")
    return page.to_pilot(pilot)


@blueprint.route("/pilots/<pid:pilot_id>/closing", methods=["GET", "POST"])
@allow(Permission.PILOT_RUN, queries.INSIDE)
def close(pilot: Pilot) -> ResponseReturnValue:
    """Write the closing report."""
    if pilot.status is not PilotStatus.CLOSING:
        raise OutOfOrder("edit", pilot.status)
    form = ClosingForm(obj=pilot)

    def save() -> None:
        service.edit_closing_report(pilot, form.values(), current_actor(), form.seen_version())

    if save_or_conflict(form, pilot, save):
        flash(
            _("The closing report is saved. The owner of the city finishes the pilot."), "success"
        )
        return page.to_pilot(pilot)
    return _form("pilots/closing_form.html", form, pilot)


@blueprint.route("/pilots/<pid:pilot_id>/not-carried-out", methods=["GET", "POST"])
@allow(Permission.PILOT_DECIDE, queries.INSIDE)
def abandon(pilot: Pilot) -> ResponseReturnValue:
    """Record that the pilot does not take place, and why."""
    pilot.workflow.find(PilotAction.ABANDON, pilot.status)
    form = AbandonForm(version=str(pilot.version))
    if form.validate_on_submit():
        sent = Act(
            PilotAction.ABANDON, form.reason.data or "", form.reason_code.data, form.seen_version()
        )
        service.abandon(pilot, sent, form.lessons.data or "", current_actor())
        flash(_("Recorded, and published with its reason."), "success")
        return page.to_pilot(pilot)
    return _form("pilots/abandon_form.html", form, pilot)


def _form(template: str, form: Form, pilot: Pilot, **context: object) -> ResponseReturnValue:
    html = render_template(template, form=form, form_errors=form.errors, pilot=pilot, **context)
    return html, 422 if form.errors else 200
