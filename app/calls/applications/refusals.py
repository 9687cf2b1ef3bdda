"""What people read when something of an application is refused, and of what is in no table."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "application_closed": _l(
        "The form of this call is not open, so nothing was sent. What you wrote is kept. If you "
        "could not send it in time, write to the coordination."
    ),
    "incomplete_application": _l("The application is not complete yet. Missing: %(parts)s."),
    "correction_over": _l("The time to correct has passed, so this cannot be changed any more."),
    "piece_closed": _l("This part is not to be corrected, so it stays as it was sent."),
    "examination_waits": _l("This is possible once the form of the call has closed."),
    "examination_over": _l("The result of the call is being decided, so this stands."),
    "unknown_item": _l("This part of the application does not exist."),
    "nothing_to_correct": _l("Choose what must be corrected."),
    "due_in_the_past": _l("Choose a moment that is still to come."),
    "not_all_met": _l("It can be admitted when all of this is met: %(items)s."),
    "nothing_failed": _l("Say first which requirement or document is not met."),
    "correction_runs": _l("The city can still correct. Wait until its time has passed."),
    "no_city_of_the_call": _l("Choose a city of the country of this call."),
    "late_unexplained": _l("Say why this city may hand in late: it is shown in the minutes."),
    "late_not_now": _l("This call does not receive applications any more."),
    "late_before_closing": _l("Choose a moment after the closing of the call and after now."),
    "late_twice": _l("This city has its permission already."),
}
PLAIN_ACTS = {
    "attach": _l("Document added"),
    "remove_file": _l("Document removed"),
    "check": _l("Examined"),
    "permit_late": _l("Late entry permitted"),
    "remind_week": _l("Reminder sent: a week left"),
    "remind_days": _l("Reminder sent: two days left"),
    "remind_hours": _l("Reminder sent: twelve hours left"),
}
