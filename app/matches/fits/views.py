"""The page of a startup with the open challenges that its solutions fit."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.challenges.models import Challenge
from app.challenges.sections import SECTIONS as CHALLENGE_PAGE
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import SolutionStatus
from app.domain.vocabulary import OrganizationKind, Sector
from app.matches.fits import queries, sections
from app.matches.fits.models import Fit
from app.matches.showing import score_parts
from app.solutions.models import Solution
from app.solutions.queries import of_organization
from app.solutions.sections import SECTIONS as SOLUTION_PAGE
from app.web.access import allow
from app.web.actor import current_actor
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec

blueprint = Blueprint("fits", __name__, url_prefix="/matches/fits")
SOLUTION_PAGE.register(sections.of_solution)
CHALLENGE_PAGE.register(sections.of_challenge)


@blueprint.get("")
@allow(Permission.ACCOUNT_USE)
def index() -> ResponseReturnValue:
    """Show the open challenges that the reader's solutions fit, and why."""
    actor = current_actor()
    if actor.kind is not OrganizationKind.STARTUP:
        abort(404)
    listing = ListQuery(
        rows=queries.fits_of(actor),
        searched=Challenge.search_text,
        facets=(
            FacetSpec("solution", _l("Solution"), Solution.public_id, _titles(actor)),
            FacetSpec("sector", _l("Sector"), Challenge.sector, lambda v: label(Sector(v))),
        ),
        sorts=(
            SortSpec("best", _l("Best first"), queries.BEST_FIRST),
            SortSpec("closing", _l("Closing first"), (Challenge.closes_at, Fit.id)),
        ),
    ).listing()
    return render_template(
        "matches/fits/index.html",
        listing=listing,
        applied=queries.applied_to(listing.page.items),
        score_parts=score_parts,
    )


def _titles(actor: Actor) -> dict[str, str]:
    own = of_organization(actor.organization_id or 0, actor)
    return {one.public_id: one.title for one in own if one.status is SolutionStatus.PUBLISHED}
