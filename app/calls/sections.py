"""Parts that upper features add to the page of a call and to the desk of who runs it."""

from app.calls.models import Call
from app.web.sections import Sections

CALL_PAGE: Sections[Call] = Sections()
CALL_DESK: Sections[Call] = Sections()
