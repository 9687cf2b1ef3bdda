"""The coordination looks at each requirement and document, and asks for corrections."""

from datetime import date, datetime

from sqlalchemy import select

from app.calls.applications import service
from app.calls.applications.examination import (
    check,
    items_to_check,
    request_correction,
    verdicts,
)
from app.calls.applications.models import Application
from app.domain.call_states import ApplicationAction, ApplicationStatus
from app.domain.call_vocabulary import DocumentKind, Verdict
from app.extensions import db
from app.lifecycle import Act
from seeds import cast
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.calls.applicants import attach, workday_before
from seeds.calls.papers import Papers
from seeds.content import Row


def plan(calendar: Calendar, papers: Papers) -> None:
    """Let corrections be asked for, answered or not, and the others be admitted on some days."""
    for call in story.calls(calendar):
        for one in call.get("corrections", ()):
            _plan_correction(calendar, call, one, papers)
        days = call.get("assignment", {}).get("admitted_at", ())
        for place, said in enumerate(days):
            calendar.at(story.when(calendar, call, said), _admit, call, len(days) - place)


def _plan_correction(calendar: Calendar, call: Row, one: Row, papers: Papers) -> None:
    due = story.when(calendar, call, one["due_at"])
    calendar.at(story.when(calendar, call, one["at"]), _ask, call, one, due)
    if "answered_at" in one:
        answered = story.when(calendar, call, one["answered_at"])
        signed = workday_before(answered.date())
        row = next(row for row in story.applicants_of(call) if row["slug"] == one["of"])
        papers.want_letter(f"{one['of']}/letter again", row, signed)
        calendar.at(answered, _correct, call, one, signed, papers)
    if "failed_at" in one:
        calendar.at(story.when(calendar, call, one["failed_at"]), _refuse, call, one)


def _items(application: Application, one: Row) -> list[str]:
    """Return the keys of what is to be corrected; documents go by their kind."""
    kinds = {item.kind.value: f"document:{item.id}" for item in application.call.documents}
    return [kinds.get(name, name) for name in one["items"]]


def _ask(call: Row, one: Row, due: datetime) -> None:
    application = story.application(call, one["of"])
    actor = cast.coordinator(call["country"])
    wrong = _items(application, one)
    for item in items_to_check(application):
        verdict = Verdict.TO_CORRECT if item.key in wrong else Verdict.PASSED
        check(application, item.key, verdict, one["note"] if item.key in wrong else "", actor)
    request_correction(application, wrong, one["note"], due, actor)


def _correct(call: Row, one: Row, signed: date, papers: Papers) -> None:
    application = story.application(call, one["of"])
    actor = cast.owner_of(one["of"])
    service.save(application, {"letter_date": signed.isoformat()}, actor)
    attach(application, DocumentKind.LETTER, papers, f"{one['of']}/letter again")
    service.act(application, Act(ApplicationAction.RESUBMIT), actor)


def _refuse(call: Row, one: Row) -> None:
    application = story.application(call, one["of"])
    actor = cast.coordinator(call["country"])
    service.act(application, Act(ApplicationAction.END_CORRECTION), actor)
    for key in _items(application, one):
        if key.startswith("document:"):
            check(application, key, Verdict.FAILED, one["reason"], actor)
    service.act(application, Act(ApplicationAction.NOT_ADMIT, one["reason"]), actor)


def _admit(call: Row, days_left: int) -> None:
    """Look at the share of this day and admit them, but for one that is left half done."""
    actor = cast.coordinator(call["country"])
    begun = call["assignment"].get("begun_with")
    waiting = _waiting(call)
    share = -(-len(waiting) // days_left)
    for application in waiting[:share]:
        said = verdicts(application)
        items = [item for item in items_to_check(application) if item.key not in said]
        half_done = application.organization.slug == begun
        for item in items[: len(items) // 2] if half_done else items:
            check(application, item.key, Verdict.PASSED, "", actor)
        if not half_done:
            service.act(application, Act(ApplicationAction.ADMIT), actor)


def _waiting(call: Row) -> list[Application]:
    """Return what was sent and waits, without what is still to be corrected."""
    wrong = [one["of"] for one in call.get("corrections", ())]
    query = select(Application).where(
        Application.call_id == story.call(call).id,
        Application.status == ApplicationStatus.SUBMITTED,
    )
    found = db.session.scalars(query.order_by(Application.number)).unique()
    return [one for one in found if one.organization.slug not in wrong or one.corrections]
