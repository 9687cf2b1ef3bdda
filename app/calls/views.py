"""Pages of calls."""

from flask import Blueprint

blueprint = Blueprint("calls", __name__, url_prefix="/calls")
