"""Pages of memberships of the coalition."""

from flask import Blueprint

blueprint = Blueprint("enrolments", __name__, url_prefix="/enrolments")
