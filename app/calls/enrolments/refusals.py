"""What people read when a rule of memberships refuses what they do, and in their histories."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

SENTENCES = {
    "not_a_city": _l("Only verified cities can be members."),
    "enrolled_already": _l("This city is a member, or has an offer, already."),
    "adhesion_over": _l("The time to sign is over. Write to the coordination."),
    "signed_in_the_future": _l("The adhesion cannot have been signed after today."),
    "sign_with_document": _l("Sign with the signed document."),
    "found_by_form": _l("Members without a call are enrolled with their own form."),
    "adhesion_not_over": _l("The city can still sign: wait until that time is over."),
}
ACTS = {
    "offer": _lp("enrolment, history", "Seat offered"),
}
