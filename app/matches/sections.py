"""What features above add to the page of a match."""

from app.matches.models import Match
from app.web.sections import Sections

MATCH_PAGE: Sections[Match] = Sections()
