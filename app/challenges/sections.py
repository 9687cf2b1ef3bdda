"""What features above add to the page of a challenge."""

from app.challenges.models import Challenge
from app.web.sections import Sections

SECTIONS: Sections[Challenge] = Sections()
