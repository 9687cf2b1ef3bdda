"""What each reader sees of the history of an application."""

from app.calls.applications.anonymity import hides_names
from app.calls.applications.models import MINE_ALONE, Application
from app.domain.actors import Actor
from app.domain.call_states import ApplicationAction
from app.domain.predicates import coordination, its_city, party
from app.organizations.queries import Happening, happenings

# What the coordination finds is told with its decision, not one by one.
_OF_THE_COORDINATION = frozenset({"check"})
_ACTS = frozenset(ApplicationAction)


def trail_for(application: Application, actor: Actor) -> list[Happening]:
    """Return the history as ``actor`` may know it, newest first.

    The city reads all that it did itself and what was decided; the coordination what happened since
    it was handed in; the committee nothing of it.
    """
    trail = happenings(application)
    if its_city(actor, application.subject):
        return [line for line in trail if line.action not in _OF_THE_COORDINATION]
    subject = application.subject
    if hides_names(application, actor) or not (
        coordination(actor, subject) and party(actor, subject)
    ):
        return []
    return [line for line in trail if _was_seen(line)]


def _was_seen(line: Happening) -> bool:
    if line.action in _OF_THE_COORDINATION or line.action == ApplicationAction.SUBMIT:
        return True
    return line.action in _ACTS and line.from_status not in (None, *MINE_ALONE)
