"""What pilots ask of their two sides."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.predicates import writes
from app.domain.states import PilotStatus
from app.domain.vocabulary import Side
from app.matches.queries import confirmed_of_city
from app.pilots import queries
from app.pilots.models import Pilot
from app.pilots.rules import standing_signatures
from app.web.work import Task

_SIGNS = {
    Side.CITY: Permission.PILOT_SIGN_CITY,
    Side.STARTUP: Permission.PILOT_SIGN_STARTUP,
}


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the pilots to open, prepare, sign and close, and what was delivered or is due."""
    if actor.organization_id is None or not writes(actor, None):
        return
    yield from _to_open(actor)
    for pilot in queries.of_organization(actor.organization_id, actor):
        if what := _turn(pilot, actor):
            url = url_for("pilots.show", pilot_id=pilot.public_id)
            yield Task(what, pilot.title, pilot.lang, url, pilot.status_since)
    for due in queries.due_soon(actor):
        if can(actor, Permission.PILOT_DELIVER, due.pilot.subject):
            yield _to_deliver(due.milestone)
    for milestone in queries.delivered_to(actor):
        url = url_for("milestones.show", milestone_id=milestone.public_id)
        what, lang = _l("Accept or return the delivered milestone"), milestone.pilot.lang
        yield Task(what, milestone.title, lang, url, milestone.status_since)
    for report in queries.reported_to(actor):
        url = url_for("progress_reports.show", report_id=report.public_id)
        what, lang = _l("Accept or return the progress report"), report.pilot.lang
        yield Task(what, report.pilot.title, lang, url, report.status_since)


def _to_open(actor: Actor) -> Iterator[Task]:
    confirmed = confirmed_of_city(actor)
    opened = queries.already_opened(match.id for match in confirmed)
    for match in confirmed:
        if match.id not in opened:
            url = url_for("matches.show", match_id=match.public_id)
            what = _l("Open the pilot of the confirmed match")
            challenge = match.challenge
            yield Task(what, challenge.title, challenge.lang, url, match.status_since)


def _turn(pilot: Pilot, actor: Actor) -> Any:
    """Return what the pilot as a whole asks of the actor now, if anything."""
    runs = can(actor, Permission.PILOT_RUN, pilot.subject)
    if pilot.status is PilotStatus.PREPARING and runs:
        return _l("Prepare the agreement of the pilot")
    if pilot.status is PilotStatus.CLOSING and runs:
        return _l("Write the closing report and finish the pilot")
    if pilot.status is not PilotStatus.SIGNING:
        return None
    side = Side.CITY if actor.organization_id == pilot.city_id else Side.STARTUP
    if not can(actor, _SIGNS[side], pilot.subject):
        return None
    signed = standing_signatures(queries.plan(pilot))
    return None if side in signed else _l("Sign the agreement of the pilot")


def _to_deliver(milestone: Any) -> Task:
    pilot = milestone.pilot
    end = datetime.combine(milestone.due_on, time(23, 59), ZoneInfo(pilot.city.timezone))
    url = url_for("milestones.show", milestone_id=milestone.public_id)
    what, since = _l("Deliver the milestone"), milestone.status_since
    return Task(what, milestone.title, pilot.lang, url, since, end.astimezone(UTC))
