"""Pages of results, appeals, letters and minutes."""

from flask import Blueprint

blueprint = Blueprint("results", __name__, url_prefix="/results")
