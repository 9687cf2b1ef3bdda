"""Whom to tell what about a membership."""

from enum import StrEnum

from app.calls.enrolments.models import Enrolment
from app.domain.call_states import EnrolmentAction
from app.lifecycle import Act
from app.notifications.service import send
from app.organizations.queries import members_to_tell

_TO_THE_CITY: dict[StrEnum, str] = {
    EnrolmentAction.RETURN: "enrolment_returned",
    EnrolmentAction.CONFIRM: "enrolment_confirmed",
    EnrolmentAction.LAPSE: "enrolment_lapsed",
    EnrolmentAction.SUSPEND: "enrolment_suspended",
    EnrolmentAction.RESTORE: "enrolment_restored",
    EnrolmentAction.END: "enrolment_ended",
}
_TO_THE_COORDINATION: dict[StrEnum, str] = {
    EnrolmentAction.SIGN: "enrolment_signed",
    EnrolmentAction.DECLINE: "enrolment_declined",
    EnrolmentAction.LAPSE: "enrolment_lapsed",
}


def tell(enrolment: Enrolment, sent: Act) -> None:
    """Tell the city, the coordination or both what happened."""
    context = {"enrolment": enrolment, "reason": sent.reason}
    for templates, organization_id in (
        (_TO_THE_CITY, enrolment.organization_id),
        (_TO_THE_COORDINATION, enrolment.coordination_id),
    ):
        if template := templates.get(sent.action):
            send(members_to_tell(organization_id), template, **context)


def tell_promoted(enrolment: Enrolment) -> None:
    """Tell a city of the waiting list, and the coordination, that a seat is theirs."""
    people = members_to_tell(enrolment.organization_id)
    people += members_to_tell(enrolment.coordination_id)
    send(people, "enrolment_promoted", enrolment=enrolment)
