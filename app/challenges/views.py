"""Pages of challenges."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from flask_login import current_user

from app.challenges import queries, service
from app.challenges.forms import SECTIONS as FORM_SECTIONS
from app.challenges.forms import ChallengeForm, form_for
from app.challenges.models import DEFAULT_PILOT_WEEKS, Challenge
from app.challenges.rules import missing_parts, quality_meter
from app.challenges.sections import BRIEF_PAGE, SECTIONS, of_organization
from app.domain.errors import OutOfOrder
from app.domain.permissions import Permission
from app.domain.vocabulary import Country, Sector
from app.organizations.models import Organization
from app.organizations.queries import happenings
from app.organizations.sections import ORGANIZATION_PAGE
from app.search_text import text_of
from app.web.access import allow, public
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.form_sections import tasks_of
from app.web.forms import add_row, save_or_conflict
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec
from app.web.timeline import timeline

blueprint = Blueprint("challenges", __name__, url_prefix="/challenges")
ORGANIZATION_PAGE.register(of_organization)
PHASES = {
    "upcoming": _lp("challenge phase", "Upcoming"),
    "open": _lp("challenge phase", "Open"),
    "closed": _lp("challenge phase", "Closed"),
}
add_sentences(
    {
        "incomplete_brief": _l("The brief is not complete yet. Still missing: %(parts)s."),
        "closes_in_the_past": _l("The closing date has passed: choose a later one."),
        "challenge_not_open": _l("This challenge does not accept submissions now."),
    }
)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the published challenges."""
    phase = queries.phase_column()
    listing = ListQuery(
        rows=queries.public_challenges(),
        searched=text_of(Challenge.search_text, Organization.search_text),
        facets=(
            FacetSpec("phase", _l("Phase"), phase, PHASES),
            FacetSpec("sector", _l("Sector"), Challenge.sector, lambda v: label(Sector(v))),
            FacetSpec("country", _l("Country"), Organization.country, lambda v: label(Country(v))),
        ),
        sorts=(
            SortSpec("new", _l("Newest first"), (Challenge.published_at.desc(), Challenge.id)),
            SortSpec("closing", _l("Closing first"), (Challenge.closes_at, Challenge.id)),
            SortSpec("title", _l("By title"), (Challenge.title, Challenge.id)),
        ),
    ).listing()
    return render_template("challenges/index.html", listing=listing)


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Permission.CHALLENGE_CREATE)
def new() -> ResponseReturnValue:
    """Start a draft."""
    city = current_user.organization
    form = ChallengeForm(lang=city.lang, pilot_weeks=DEFAULT_PILOT_WEEKS)
    if not add_row(form) and form.validate_on_submit():
        challenge = service.create(form.brief(city.timezone), current_actor())
        flash(_("The draft is saved."), "success")
        return redirect(url_for(".show", challenge_id=challenge.public_id))
    return _form_page(form)


@blueprint.get("/<pid:challenge_id>")
@allow(Permission.CHALLENGE_VIEW, queries.CHALLENGE)
def show(challenge: Challenge) -> ResponseReturnValue:
    """Show a challenge with what the reader may do."""
    actor = current_actor()
    insider = actor.organization_id == challenge.organization_id or actor.kind == "coordination"
    trail = happenings(challenge)
    return render_template(
        "challenges/show.html",
        challenge=challenge,
        steps=stepper(challenge, happenings=trail),
        actions=action_bar(challenge, actor, lambda name: _act_url(challenge, name)),
        missing=missing_parts(challenge),
        meter=quality_meter(challenge),
        insider=insider,
        entries=timeline(challenge.workflow, trail, names=insider),
        phase_label=PHASES[challenge.phase],
        sections=SECTIONS.of(challenge, actor),
    )


@blueprint.route("/<pid:challenge_id>/edit", methods=["GET", "POST"])
@allow(Permission.CHALLENGE_EDIT, queries.CHALLENGE)
def edit(challenge: Challenge) -> ResponseReturnValue:
    """Rewrite a draft."""
    if not challenge.is_editable:
        raise OutOfOrder("edit", challenge.status)
    form = form_for(challenge)
    zone = challenge.organization.timezone

    def save() -> None:
        service.edit(challenge, form.brief(zone), current_actor(), form.seen_version())

    if save_or_conflict(form, challenge, save):
        flash(_("The draft is saved."), "success")
        return redirect(url_for(".show", challenge_id=challenge.public_id))
    beside = BRIEF_PAGE.of(challenge, current_actor())
    return _form_page(form, challenge=challenge, sections=beside)


@blueprint.post("/<pid:challenge_id>/acts/<name:act>")
@allow(Permission.CHALLENGE_VIEW, queries.CHALLENGE)
def act(challenge: Challenge, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(challenge, posted(challenge, act), current_actor())
    flash(_("Done: the challenge is now “%(status)s”.", status=label(challenge.status)), "success")
    return redirect(url_for(".show", challenge_id=challenge.public_id))


def _form_page(form: ChallengeForm, **context: object) -> ResponseReturnValue:
    errors, tasks = form.errors, tasks_of(form, FORM_SECTIONS)
    html = render_template(
        "challenges/form.html", form=form, form_errors=errors, tasks=tasks, **context
    )
    return html, 422 if errors else 200


def _act_url(challenge: Challenge, name: str) -> str:
    return url_for(".act", challenge_id=challenge.public_id, act=name)
