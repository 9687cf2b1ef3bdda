"""What features above add to the page of a solution."""

from app.solutions.models import Solution
from app.web.sections import Sections

SECTIONS: Sections[Solution] = Sections()
