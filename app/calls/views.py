"""Pages of calls."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from flask_login import current_user
from sqlalchemy import String, cast

from app.calls import page, queries, service
from app.calls.models import Call
from app.calls.questions import queries as questions
from app.calls.refusals import SENTENCES
from app.calls.rulebook.showing import rulebook
from app.calls.schedule import showing
from app.calls.sections import CALL_PAGE
from app.domain.call_vocabulary import CallPhase
from app.domain.permissions import Permission
from app.domain.vocabulary import Country, OrganizationKind
from app.organizations.queries import happenings
from app.search_text import text_of
from app.web.access import allow, public
from app.web.actions import posted
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec
from app.web.timeline import add_acts, timeline

blueprint = Blueprint("calls", __name__, url_prefix="/calls")
blueprint.add_app_template_filter(showing.exact, "exact")
blueprint.add_app_template_filter(showing.elsewhere, "elsewhere")
add_sentences(SENTENCES)
add_acts({"change": _lp("call, history", "Changed in public")})


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the published calls, and to a coordination its drafts."""
    actor = current_actor()
    phase = queries.phase_column()
    listing = ListQuery(
        rows=queries.public_calls(),
        searched=text_of(Call.search_text),
        facets=(
            FacetSpec("phase", _l("Phase"), phase, {one.value: label(one) for one in CallPhase}),
            FacetSpec("country", _l("Country"), Call.country, lambda v: label(Country(v))),
            FacetSpec("year", _l("Year"), cast(Call.year, String), str),
        ),
        sorts=(
            SortSpec(
                "now", _l("Open first"), (queries.rank_column(), Call.closes_at.desc(), Call.id)
            ),
            SortSpec("new", _l("Newest first"), (Call.opens_at.desc(), Call.id)),
            SortSpec("closing", _l("Closing first"), (Call.closes_at, Call.id)),
            SortSpec("title", _l("By title"), (Call.title, Call.id)),
        ),
    ).listing()
    runs = actor.kind is OrganizationKind.COORDINATION
    drafts = queries.drafts_of(actor.organization_id) if runs else []
    return render_template("calls/index.html", listing=listing, drafts=drafts)


@blueprint.get("/<pid:call_id>")
@allow(Permission.CALL_VIEW, queries.CALL)
def show(call: Call) -> ResponseReturnValue:
    """Show a call with what the reader may do."""
    trail = happenings(call)
    return render_template(
        "calls/show.html",
        call=call,
        steps=page.life(call),
        dates=showing.shown_dates(call),
        changes=showing.rule_changes(call),
        readers_zone=readers_zone(),
        book=rulebook(call),
        answered=questions.answered(call.id),
        why=page.why_stopped(trail),
        entries=timeline(call.workflow, page.public_trail(trail), names=False),
        parts=page.split(CALL_PAGE.of(call, current_actor())),
    )


def readers_zone() -> str | None:
    """Return the zone of the reader's organization, if they have one."""
    organization = current_user.organization if current_user.is_authenticated else None
    return None if organization is None else str(organization.timezone)


@blueprint.post("/<pid:call_id>/acts/<name:act>")
@allow(Permission.CALL_VIEW, queries.CALL)
def act(call: Call, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(call, posted(call, act), current_actor())
    flash(_("Done: the call is now “%(status)s”.", status=label(call.status)), "success")
    return redirect(url_for("call_desk.show", call_id=call.public_id))
