"""What waits for a person in all features together, the most urgent first."""

from app.calls.applications.work import tasks as of_applications
from app.calls.committee.work import tasks as of_committees
from app.calls.enrolments.work import tasks as of_enrolments
from app.calls.results.work import tasks as of_results
from app.calls.work import tasks as of_calls
from app.challenges.work import tasks as of_challenges
from app.domain.actors import Actor
from app.matches.work import tasks as of_matches
from app.organizations.work import tasks as of_organizations
from app.pilots.work import tasks as of_pilots
from app.solutions.work import tasks as of_solutions
from app.submissions.work import tasks as of_submissions
from app.web.work import Task, Tasks

FEATURES: tuple[Tasks, ...] = (
    of_organizations,
    of_calls,
    of_challenges,
    of_solutions,
    of_matches,
    of_pilots,
    of_submissions,
    of_applications,
    of_committees,
    of_results,
    of_enrolments,
)


def tasks(actor: Actor) -> list[Task]:
    """Return what waits for ``actor``: dated things by their date, then the longest waiting.

    Nothing waits for who may only read, and only owners are asked to sign.
    """
    found = [task for feature in FEATURES for task in feature(actor)]
    dated = sorted((task for task in found if task.due), key=lambda task: task.due or task.since)
    return dated + sorted((task for task in found if not task.due), key=lambda task: task.since)
