"""Pages that belong to no single feature."""

from flask import Blueprint, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import text

from app.calls.committee.seats import committees_of
from app.calls.queries import open_calls
from app.challenges import queries as challenges
from app.domain.permissions import Permission
from app.domain.predicates import coordination
from app.extensions import db
from app.matches.desk import desk_counts
from app.matches.fits.queries import best_of
from app.matches.scales import SHIPPED
from app.matches.tuning.queries import in_use, present_scales
from app.matches.tuning.showing import values
from app.pages import queries
from app.pages.quality import MEASURED
from app.pages.territory import tiles
from app.pages.work import tasks
from app.pilots import queries as pilots
from app.web.access import allow, public
from app.web.actor import current_actor
from app.web.formats import number

blueprint = Blueprint("pages", __name__)
_CARDS = 6
_FITS = 3
_CALLS = 4


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Show what the platform is and what is happening on it."""
    place = url_for("organizations.index", q="") + "{name}"
    maps = [
        (country, tiles(country, counts, place))
        for country, counts in sorted(queries.challenges_by_place().items())
    ]
    return render_template(
        "pages/home.html",
        figures=_figures(),
        calls=open_calls(limit=_CALLS),
        challenges=challenges.open_challenges(limit=_CARDS),
        pilots=pilots.finished_recently(limit=3),
        maps=maps,
    )


def _figures() -> list[dict[str, str]]:
    found = queries.figures()
    rows = (
        (_("Cities"), "cities", url_for("organizations.index", kind="city")),
        (_("Published challenges"), "challenges", url_for("challenges.index")),
        (_("Solutions"), "solutions", url_for("solutions.index")),
        (_("Pilots under way"), "running", url_for("pilots.index")),
        (_("Finished pilots"), "finished", url_for("pilots.index")),
    )
    return [{"label": label, "value": number(found[key]), "url": url} for label, key, url in rows]


@blueprint.get("/work")
@allow(Permission.ACCOUNT_USE)
def work() -> ResponseReturnValue:
    """Show what waits for the reader."""
    actor = current_actor()
    desk = desk_counts() if coordination(actor, None) else None
    return render_template(
        "pages/work.html",
        tasks=tasks(actor),
        organization=current_user.organization,
        desk=desk,
        fits=best_of(actor, _FITS),
        committees=committees_of(actor),
    )


@blueprint.get("/how-matching-works")
@public
def how_matching_works() -> ResponseReturnValue:
    """Tell in plain words how matching works."""
    return render_template(
        "pages/how_matching_works.html",
        values=values(SHIPPED, present_scales()),
        version=in_use(),
        measured=MEASURED,
    )


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Show the accessibility statement."""
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Show the privacy notice."""
    return render_template("pages/privacy.html")


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer whether the process and its database live."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
