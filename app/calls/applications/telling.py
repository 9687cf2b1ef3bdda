"""Whom to tell what about an application. Mails to the network name its number, never the city."""

from enum import StrEnum
from typing import Any

from app.calls.applications.models import Application
from app.domain.call_states import ApplicationAction
from app.lifecycle import Act
from app.notifications.service import send
from app.organizations.queries import members_to_tell

_TOLD_TO_THE_CITY: dict[StrEnum, str] = {
    ApplicationAction.SUBMIT: "application_receipt",
    ApplicationAction.RESUBMIT: "application_receipt",
    ApplicationAction.WITHDRAW: "application_withdrawn",
    ApplicationAction.END_CORRECTION: "application_correction_ended",
    ApplicationAction.ADMIT: "application_admitted",
    ApplicationAction.NOT_ADMIT: "application_not_admitted",
    ApplicationAction.RECONSIDER: "application_reconsidered",
}


def tell_city(application: Application, template: str, **context: Any) -> None:
    """Write to the people of the city who may write in its application."""
    people = members_to_tell(application.organization_id)
    send(people, template, application=application, **context)


def tell(application: Application, sent: Act) -> None:
    """Tell what an act made of the application."""
    template = _TOLD_TO_THE_CITY.get(sent.action)
    if template:
        tell_city(application, template, reason=sent.reason)
    if sent.action is ApplicationAction.RESUBMIT:
        network = members_to_tell(application.call.organization_id)
        send(network, "application_corrected", application=application)
