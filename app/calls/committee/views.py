"""Pages of the committee: members, assignments, reviews and consensus."""

from flask import Blueprint

blueprint = Blueprint("committee", __name__, url_prefix="/committee")
