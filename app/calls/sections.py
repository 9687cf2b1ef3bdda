"""Parts that features add to the page of a call and to the desk of who runs it.

Those with an order below 20 stand above what the page says of itself, the others below.
"""

from app.calls.models import Call
from app.web.sections import Sections

CALL_PAGE: Sections[Call] = Sections()
CALL_DESK: Sections[Call] = Sections()
