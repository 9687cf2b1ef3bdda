"""The blueprint of the pages of people and organizations; the views_* modules add to it."""

from flask import Blueprint

blueprint = Blueprint("organizations", __name__)
