"""Pages of organizations."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.permissions import Permission
from app.organizations import queries
from app.organizations.models import Organization
from app.web.access import allow

blueprint = Blueprint("organizations", __name__, url_prefix="/organizations")


@blueprint.get("/<slug:slug>")
@allow(Permission.ORGANIZATION_VIEW, queries.ORGANIZATION)
def show(organization: Organization) -> ResponseReturnValue:
    """Show an organization."""
    return render_template("organizations/show.html", organization=organization)
