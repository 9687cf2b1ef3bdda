"""Whom to tell what about a call."""

from collections.abc import Sequence

from app.calls import queries
from app.calls.models import Call, CallChange
from app.calls.rulebook.wording import NAMES
from app.calls.schedule.showing import moment_of
from app.domain.call_states import CallAction
from app.domain.call_vocabulary import CallDate
from app.lifecycle import Act
from app.notifications.service import Recipient, send
from app.organizations.queries import members_to_tell

_TOLD = frozenset(
    {
        CallAction.SUSPEND,
        CallAction.RESUME,
        CallAction.CANCEL,
        CallAction.DECLARE_VOID,
    }
)


def applicants(call: Call) -> list[Recipient]:
    """Return the people of the cities that apply, drafts included, withdrawn ones left out."""
    return [
        person
        for organization_id in queries.applying(call.id)
        for person in members_to_tell(organization_id)
    ]


def tell(call: Call, sent: Act) -> None:
    """Tell the cities that apply what became of the call."""
    if sent.action in _TOLD:
        send(applicants(call), "call_status", call=call, reason=sent.reason)


def tell_of_changes(call: Call, changes: Sequence[CallChange]) -> None:
    """Tell the cities that apply which dates and rules changed, why and who decided."""
    dates = [
        (CallDate(one.field), moment_of(one.before), moment_of(one.after))
        for one in changes
        if one.field in set(CallDate)
    ]
    rules = [NAMES[one.field] for one in changes if one.field in NAMES]
    send(applicants(call), "call_changed", call=call, dates=dates, rules=rules, change=changes[0])
