"""What people read when a rule of calls refuses what they do."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "call_incomplete": _l("The call is not complete yet. Still missing: %(parts)s."),
    "opens_in_the_past": _l(
        "The opening has passed already: choose a later one, so that all cities have the same time."
    ),
    "dates_out_of_order": _l("“%(later)s” must come after “%(earlier)s”."),
    "quorum_too_high": _l("The quorum cannot be more than the reviews of each application."),
    "seats_reserved_twice": _l(
        "The quotas keep %(reserved)s seats, but the call has only %(seats)s."
    ),
    "call_not_open": _l("The form of this call is not open now."),
    "call_not_closed": _l("This is possible once the form of the call has closed."),
    "call_not_over": _l("This is possible once the last date of the call has passed."),
    "call_frozen": _l(
        "The form has closed: requirements, criteria, weights and quotas cannot change any more."
    ),
    "change_unexplained": _l("A published call changes in public: say why, and who decided it."),
    "nothing_changed": _l("Nothing is different from what is published."),
    "part_answered": _l("Cities have answered this already, so it cannot be left out: %(titles)s."),
    "date_stands": _l("This date has passed and stands: %(date)s."),
    "date_in_the_past": _l("Choose a moment that is still to come: %(date)s."),
    "questions_closed": _l("The time for questions about this call is over."),
    "too_many_questions": _l(
        "You have asked %(most)s questions about this call, which is the most. Please write to its "
        "contact."
    ),
}
