"""Pages that belong to no single feature."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.challenges.queries import open_challenges
from app.web.access import public

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Show what the platform is and what is happening on it."""
    return render_template("pages/home.html", challenges=open_challenges(limit=6))
