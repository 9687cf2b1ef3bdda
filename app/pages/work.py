"""What waits for a person: everything their organization has to act on, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.challenges import queries as challenges
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.predicates import writes
from app.domain.states import (
    ChallengeStatus,
    PilotStatus,
    SolutionStatus,
    SubmissionStatus,
)
from app.domain.vocabulary import OrganizationKind, Side
from app.extensions import utcnow
from app.matches import queries as matches
from app.organizations import queries as organizations
from app.pilots import queries as pilots
from app.pilots.models import Pilot
from app.pilots.rules import standing_signatures
from app.solutions import queries as solutions
from app.submissions import queries as submissions

_SIGNS = {
    Side.CITY: Permission.PILOT_SIGN_CITY,
    Side.STARTUP: Permission.PILOT_SIGN_STARTUP,
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, on which thing, since when, until when."""

    what: Any
    title: str
    lang: str
    url: str
    since: datetime
    due: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Its date has passed."""
        return self.due is not None and self.due < utcnow()


def tasks(actor: Actor) -> list[Task]:
    """Return what waits for ``actor``: dated things by their date, then the longest waiting.

    Nothing waits for who may only read, and only owners are asked to sign.
    """
    if actor.organization_id is None or not writes(actor, None):
        found = []
    elif actor.kind is OrganizationKind.COORDINATION:
        found = list(_for_coordination())
    else:
        found = [*_drafts(actor), *_matches(actor), *_pilots(actor), *_submissions(actor)]
    dated = sorted((task for task in found if task.due), key=lambda task: task.due or task.since)
    return dated + sorted((task for task in found if not task.due), key=lambda task: task.since)


def _for_coordination() -> Iterator[Task]:
    for organization in organizations.awaiting_verification():
        url = url_for("organizations.show", slug=organization.slug)
        since = organization.created_at
        yield Task(_l("Verify the organization"), organization.name, organization.lang, url, since)
    for challenge in challenges.awaiting_review():
        what, since = _l("Review the challenge"), challenge.status_since
        yield Task(what, challenge.title, challenge.lang, _challenge(challenge), since)
    for solution in solutions.awaiting_review():
        what, since = _l("Review the solution"), solution.status_since
        yield Task(what, solution.title, solution.lang, _solution(solution), since)


def _drafts(actor: Actor) -> Iterator[Task]:
    own = actor.organization_id or 0
    words: dict[Any, Any] = {
        ChallengeStatus.DRAFT: _l("Finish the draft of the challenge"),
        ChallengeStatus.CHANGES_REQUESTED: _l("Change the challenge as the coordination asked"),
    }
    for challenge in challenges.of_organization(own, actor):
        if what := words.get(challenge.status):
            since = challenge.status_since
            yield Task(what, challenge.title, challenge.lang, _challenge(challenge), since)
    words = {
        SolutionStatus.DRAFT: _l("Finish the draft of the solution"),
        SolutionStatus.CHANGES_REQUESTED: _l("Change the solution as the coordination asked"),
    }
    for solution in solutions.of_organization(own, actor):
        if what := words.get(solution.status):
            yield Task(
                what, solution.title, solution.lang, _solution(solution), solution.status_since
            )


def _matches(actor: Actor) -> Iterator[Task]:
    for match in matches.awaiting_answer(actor):
        yield _on_match(match, _l("Accept or decline the proposed match"), match.respond_by)
    confirmed = matches.confirmed_of_city(actor)
    opened = pilots.already_opened(match.id for match in confirmed)
    for match in confirmed:
        if match.id not in opened:
            yield _on_match(match, _l("Open the pilot of the confirmed match"))


def _on_match(match: Any, what: Any, due: datetime | None = None) -> Task:
    url = url_for("matches.show", match_id=match.public_id)
    return Task(what, match.challenge.title, match.challenge.lang, url, match.status_since, due)


def _pilots(actor: Actor) -> Iterator[Task]:
    for pilot in pilots.of_organization(actor.organization_id or 0, actor):
        if what := _turn(pilot, actor):
            url = url_for("pilots.show", pilot_id=pilot.public_id)
            yield Task(what, pilot.title, pilot.lang, url, pilot.status_since)
    for due in pilots.due_soon(actor):
        if can(actor, Permission.PILOT_DELIVER, due.pilot.subject):
            yield _to_deliver(due.milestone)
    for milestone in pilots.delivered_to(actor):
        url = url_for("milestones.show", milestone_id=milestone.public_id)
        what, lang = _l("Accept or return the delivered milestone"), milestone.pilot.lang
        yield Task(what, milestone.title, lang, url, milestone.status_since)
    for report in pilots.reported_to(actor):
        url = url_for("progress_reports.show", report_id=report.public_id)
        what, lang = _l("Accept or return the progress report"), report.pilot.lang
        yield Task(what, report.pilot.title, lang, url, report.status_since)


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
    signed = standing_signatures(pilots.plan(pilot))
    return None if side in signed else _l("Sign the agreement of the pilot")


def _to_deliver(milestone: Any) -> Task:
    pilot = milestone.pilot
    end = datetime.combine(milestone.due_on, time(23, 59), ZoneInfo(pilot.city.timezone))
    url = url_for("milestones.show", milestone_id=milestone.public_id)
    what, since = _l("Deliver the milestone"), milestone.status_since
    return Task(what, milestone.title, pilot.lang, url, since, end.astimezone(UTC))


def _submissions(actor: Actor) -> Iterator[Task]:
    for submission in submissions.of_startup(actor):
        if submission.status is SubmissionStatus.DRAFT and submission.challenge.is_open:
            yield Task(
                _l("Send the submission before the challenge closes"),
                submission.challenge.title,
                submission.challenge.lang,
                url_for("submissions.show", submission_id=submission.public_id),
                submission.updated_at,
                submission.challenge.closes_at,
            )


def _challenge(challenge: Any) -> str:
    return url_for("challenges.show", challenge_id=challenge.public_id)


def _solution(solution: Any) -> str:
    return url_for("solutions.show", solution_id=solution.public_id)
