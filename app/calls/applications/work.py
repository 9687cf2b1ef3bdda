"""What applications ask of cities and of the coordination."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.calls.applications import queries
from app.calls.applications.anonymity import title_of
from app.calls.applications.models import Application
from app.calls.applications.rules import open_correction
from app.calls.applications.window import window_of
from app.domain.actors import Actor
from app.domain.call_states import ApplicationStatus
from app.domain.permissions import Permission, can
from app.domain.predicates import coordinator
from app.extensions import utcnow
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the drafts to send, what is to be corrected, and what is to be examined."""
    if coordinator(actor, None):
        yield from _to_examine(actor)
    elif can(actor, Permission.APPLICATION_CREATE):
        yield from _to_send(actor)


def _to_send(actor: Actor) -> Iterator[Task]:
    for application in queries.of_organization(actor):
        window, correction = window_of(application), open_correction(application)
        call, since = application.call, application.status_since
        url = url_for("applications.show", application_id=application.public_id)
        if application.status is ApplicationStatus.DRAFT and window.is_open:
            what = _l("Finish and send the application before the call closes")
            yield Task(what, call.title, call.lang, url, since, window.until)
        elif correction is not None and utcnow() < correction.due_at:
            what = _l("Correct the application as the coordination asked")
            yield Task(what, call.title, call.lang, url, since, correction.due_at)


def _to_examine(actor: Actor) -> Iterator[Task]:
    for application in queries.waiting_for_examination(actor):
        if not can(actor, Permission.APPLICATION_ASSESS, application.subject):
            continue
        if application.status is ApplicationStatus.SUBMITTED:
            yield _examined(application, actor, _l("Examine the application"))
        elif (correction := open_correction(application)) and correction.due_at <= utcnow():
            yield _examined(application, actor, _l("End the correction, whose time has passed"))


def _examined(application: Application, actor: Actor, what: object) -> Task:
    title = f"{title_of(application, actor)} · {application.call.title}"
    url = url_for("examinations.examine", application_id=application.public_id)
    return Task(what, title, application.call.lang, url, application.status_since)
