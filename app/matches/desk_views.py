"""Pages of the match desk, for the coordination, and what matches add to a challenge's page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.challenges.models import PUBLIC, Challenge
from app.challenges.sections import SECTIONS
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.vocabulary import Country, Sector
from app.matches import desk, queries
from app.matches.constraints import constraints
from app.organizations.models import Organization
from app.web.access import allow
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec
from app.web.sections import Section

blueprint = Blueprint("match_desk", __name__, url_prefix="/matches/desk")
STAGES = {
    "to_decide": _l("Suggestions to decide"),
    "proposed": _l("Proposed or confirmed"),
    "approved": _l("Approved, not proposed yet"),
    "without": _l("No candidates"),
}


@blueprint.get("")
@allow(Permission.MATCH_DESK)
def index() -> ResponseReturnValue:
    """Show the queue of challenges with their candidates in figures."""
    stage, since = desk.stage(), desk.waiting_since()
    listing = ListQuery(
        rows=desk.challenges_on_the_desk(),
        searched=Challenge.search_text,
        facets=(
            FacetSpec("stage", _l("Waiting for"), stage, STAGES),
            FacetSpec("sector", _l("Sector"), Challenge.sector, lambda v: label(Sector(v))),
            FacetSpec("country", _l("Country"), Organization.country, lambda v: label(Country(v))),
        ),
        sorts=(
            SortSpec("waiting", _l("Waiting longest"), (since.is_(None), since, Challenge.id)),
            SortSpec("closing", _l("Closing first"), (Challenge.closes_at, Challenge.id)),
        ),
    ).listing()
    return render_template(
        "matches/desk.html", listing=listing, lines=desk.lines(listing.page.items)
    )


@blueprint.get("/<pid:challenge_id>")
@allow(Permission.MATCH_DESK, desk.DESK)
def candidates(challenge: Challenge) -> ResponseReturnValue:
    """Show the candidates of one challenge, the best first."""
    found = queries.of_challenge(challenge.id)
    return render_template(
        "matches/candidates.html",
        challenge=challenge,
        matches=found,
        applied=desk.applied(challenge.id),
        checks={match.id: constraints(challenge, match.solution) for match in found},
        live=queries.live_proposal(challenge.id),
    )


@SECTIONS.register
def on_the_challenge(challenge: Challenge, actor: Actor) -> Section | None:
    """Return the desk in figures for the coordination, and for the city its live match."""
    if can(actor, Permission.MATCH_DESK):
        if challenge.status not in PUBLIC:
            return None
        line = desk.lines([challenge])[challenge.id]
        return Section("matches/section_desk.html", {"challenge": challenge, "line": line}, 60)
    if actor.organization_id == challenge.organization_id:
        live = queries.live_proposal(challenge.id)
        return Section("matches/section_city.html", {"match": live}, 40) if live else None
    return None
