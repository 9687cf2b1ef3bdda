"""What the minutes say of the call and its committee, in words of the present locale."""

from typing import Any

from flask_babel import gettext as _

from app.calls.applications.late import late_ones
from app.calls.applications.models import Application
from app.calls.committee import queries as committee
from app.calls.committee.queries import AbsenceKind
from app.calls.models import Call
from app.calls.results import queries
from app.calls.results.counting import key_of
from app.calls.results.models import Result
from app.calls.rulebook.wording import NAMES
from app.domain.call_states import ApplicationStatus
from app.domain.call_vocabulary import CallDate
from app.web.formats import long_datetime
from app.web.labels import label

Block = dict[str, Any]


def approval(result: Result) -> Block:
    """Who approved it when, and what was decided."""
    call = result.call
    chair = next((one for one in call.members if one.user_id == result.approved_by_id), None)
    return {
        "heading": _("Result"),
        "facts": [
            [_("Call"), f"{call.title} ({call.country.value} {call.year})"],
            [_("Approved by"), chair.name if chair else ""],
            [_("Approved on"), long_datetime(result.approved_at, call.timezone)],
            [_("Published on"), long_datetime(result.publishes_at, call.timezone)],
        ],
    }


def dates(call: Call) -> Block:
    """The timetable as it stands."""
    return {
        "heading": _("Dates"),
        "header": [_("Date"), _("When")],
        "rows": [
            [str(label(one)), long_datetime(call.date_of(one), call.timezone)] for one in CallDate
        ],
    }


def changes(call: Call) -> Block:
    """What changed after publication, why and who decided it."""
    return {
        "heading": _("Changes after publication"),
        "header": [_("What"), _("Before"), _("After"), _("Reason"), _("Decided by"), _("When")],
        "rows": [
            [
                str(_changed(one.field)),
                one.before,
                one.after,
                one.reason,
                one.decided_by,
                long_datetime(one.decided_at, call.timezone),
            ]
            for one in reversed(call.changes)
        ],
    }


def _changed(field: str) -> Any:
    return label(CallDate(field)) if field in set(CallDate) else NAMES.get(field, field)


def absences(call: Call) -> Block:
    """Who is missing from the work of the committee."""
    words = {
        AbsenceKind.NEVER_JOINED: _("Did not accept the invitation"),
        AbsenceKind.LEFT: _("Left the committee"),
        AbsenceKind.REVIEWS_MISSING: _("Did not send every review"),
    }
    return {
        "heading": _("Absences"),
        "header": [_("Person"), _("What"), _("Reviews missing")],
        "rows": [
            [one.member.name, str(words[one.kind]), str(one.missing or "")]
            for one in committee.absences(call)
        ],
    }


def recusals(call: Call) -> Block:
    """Who did not judge which application and why."""
    return {
        "heading": _("Conflicts of interest and recusals"),
        "header": [_("Person"), _("Application"), _("Reason"), _("When")],
        "rows": [
            [
                one.name,
                titled(one.application),
                str(label(one.reason)),
                long_datetime(one.at, call.timezone),
            ]
            for one in committee.recusals(call)
        ],
    }


def titled(application: Application) -> str:
    """Return the number and the city of an application."""
    return f"{key_of(application)} · {application.organization.name}"


def late_entries(call: Call) -> Block:
    """Which cities were permitted to submit late, and why."""
    return {
        "heading": _("Late entries permitted"),
        "header": [_("City"), _("Until"), _("Reason"), _("Application")],
        "rows": [
            [
                one.permission.organization.name,
                long_datetime(one.permission.until, call.timezone),
                one.permission.reason,
                key_of(one.application) if one.application else "",
            ]
            for one in late_ones(call)
        ],
    }


def not_admitted(call: Call) -> Block:
    """Which applications did not meet the requirements."""
    refused = [
        one for one in queries.submitted(call) if one.status is ApplicationStatus.NOT_ADMITTED
    ]
    return {
        "heading": _("Applications not admitted"),
        "header": [_("Application")],
        "rows": [[titled(one)] for one in refused],
    }


def appeals(call: Call) -> Block:
    """What cities contested and what was answered."""
    names = {one.id: one.name for one in call.criteria}
    return {
        "heading": _("Appeals"),
        "header": [
            _("Application"),
            _("Criteria"),
            _("Grounds"),
            _("Decision"),
            _("Reasons"),
            _("When"),
        ],
        "rows": [
            [
                titled(one.application),
                "; ".join(names.get(key, "") for key in one.criteria),
                one.grounds,
                str(label(one.status)),
                one.answer,
                long_datetime(one.decided_at, call.timezone),
            ]
            for one in queries.appeals(call)
        ],
    }
