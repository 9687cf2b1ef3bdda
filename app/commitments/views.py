"""The page of yearly commitments: every member city in one table."""

from collections import Counter

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.commitments import queries, sections
from app.commitments.rules import DUTIES, STANDINGS, TONES, Standing
from app.domain.permissions import Permission
from app.organizations.sections import ORGANIZATION_PAGE
from app.web.access import allow

blueprint = Blueprint("commitments", __name__, url_prefix="/commitments")
ORGANIZATION_PAGE.register(sections.of_city)


@blueprint.get("/")
@allow(Permission.COMMITMENT_OVERSEE)
def index() -> ResponseReturnValue:
    """Show how every member city stands in a year."""
    years = queries.years()
    asked = request.args.get("year", "")
    year = int(asked) if asked in map(str, years) else years[0]
    rows = queries.all_cities(year)
    count = Counter(row.project.standing for row in rows if row.project)
    return render_template(
        "commitments/index.html",
        year=year,
        years=years,
        rows=rows,
        totals=[(standing, count[standing]) for standing in Standing if count[standing]],
    )


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """Give every page that shows commitments their words."""
    return {"duties": DUTIES, "standings": STANDINGS, "standing_tones": TONES}
