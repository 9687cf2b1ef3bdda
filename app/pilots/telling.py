"""Whom to tell what about a pilot."""

from enum import StrEnum

from app.domain.actors import Actor
from app.domain.states import MilestoneAction, PilotAction, ReportAction
from app.domain.workflows import MILESTONE, REPORT
from app.lifecycle import Act
from app.notifications.service import Recipient, send
from app.organizations.queries import coordinators, members_to_tell
from app.pilots.milestones.models import Milestone
from app.pilots.models import Pilot
from app.pilots.reports.models import ProgressReport

_PILOT_MAILS: dict[StrEnum, str] = {
    PilotAction.SEND_AGREEMENT: "pilot_to_sign",
    PilotAction.RETURN_AGREEMENT: "pilot_returned",
    PilotAction.START: "pilot_started",
    PilotAction.PAUSE: "pilot_paused",
    PilotAction.RESUME: "pilot_resumed",
    PilotAction.BEGIN_CLOSING: "pilot_closing",
    PilotAction.FINISH: "pilot_finished",
    PilotAction.ABANDON: "pilot_abandoned",
}
_COORDINATION_HEARS = (PilotAction.START, PilotAction.FINISH, PilotAction.ABANDON)
# Keyed by kind of thing first: acts of different tables may have one value ("return").
_TO_THE_CITY: dict[str, dict[StrEnum, str]] = {
    MILESTONE.name: {MilestoneAction.DELIVER: "pilot_milestone_delivered"},
    REPORT.name: {ReportAction.SUBMIT: "pilot_report_submitted"},
}
_TO_THE_STARTUP: dict[str, dict[StrEnum, str]] = {
    MILESTONE.name: {
        MilestoneAction.RETURN: "pilot_milestone_returned",
        MilestoneAction.ACCEPT: "pilot_milestone_accepted",
        MilestoneAction.CANCEL: "pilot_milestone_cancelled",
    },
    REPORT.name: {
        ReportAction.RETURN: "pilot_report_returned",
        ReportAction.ACCEPT: "pilot_report_accepted",
    },
}


def both_sides(pilot: Pilot) -> list[Recipient]:
    """Return the people of the city and of the startup who act for them."""
    return members_to_tell(pilot.city_id) + members_to_tell(pilot.startup_id)


def tell_opened(pilot: Pilot, actor: Actor) -> None:
    """Tell the sides that did not open it that there is a pilot to prepare."""
    people: list[Recipient] = []
    for organization_id in (pilot.city_id, pilot.startup_id):
        if organization_id != actor.organization_id:
            people += members_to_tell(organization_id)
    send(people, "pilot_opened", pilot=pilot)


def tell(pilot: Pilot, sent: Act) -> None:
    """Tell both sides, and the coordination of beginnings and ends, what happened."""
    template = _PILOT_MAILS.get(sent.action)
    if template:
        # Of a pilot that is not carried out both sides hear with the release of their match.
        people = [] if sent.action is PilotAction.ABANDON else both_sides(pilot)
        if sent.action in _COORDINATION_HEARS:
            people += coordinators()
        send(people, template, pilot=pilot, reason=sent.reason)


def tell_of_work(thing: Milestone | ProgressReport, sent: Act) -> None:
    """Tell the other side what happened to a milestone or a report."""
    context = {"pilot": thing.pilot, "thing": thing, "reason": sent.reason}
    city = _TO_THE_CITY[thing.audit_name].get(sent.action)
    startup = _TO_THE_STARTUP[thing.audit_name].get(sent.action)
    if city:
        send(members_to_tell(thing.pilot.city_id), city, **context)
    if startup:
        send(members_to_tell(thing.pilot.startup_id), startup, **context)
