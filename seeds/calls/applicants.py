"""Cities register, are verified, write their applications and send them."""

from datetime import date, datetime, timedelta
from typing import Any

from app.calls.applications import late, service
from app.calls.applications.models import Application
from app.calls.municipalities import tax_ids
from app.domain.call_states import ApplicationAction
from app.domain.call_vocabulary import DocumentKind
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.lifecycle import Act
from seeds import cast
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.calls.papers import Papers
from seeds.content import Row
from seeds.organizations import register, verify

_FIRST = ("legal_name", "tax_id", "official_code", "region", "population", "mayor_name", "website")
_CONTACT = ("contact_name", "contact_role", "contact_email", "contact_phone")
_UNIT = ("unit_name", "unit_head", "team", "plan_title", "plan_summary")
_REST = ("experience", "results", "challenges", "capacity", "ethics")
_ORGANIZATION = ("name", "full_name", "subdivision", "population", "summary", "website")
_FRIDAY = 4
_HOLIDAYS = {(12, 8), (12, 25), (1, 1)}


def plan(calendar: Calendar, papers: Papers) -> None:
    """Let each city of the content go as far with its application as it says."""
    for call, row in story.applicants(calendar):
        started = story.when(calendar, call, row["started_at"])
        if not row.get("is_there"):
            calendar.at(started - timedelta(days=1), _register, row)
            calendar.at(started - timedelta(hours=20), verify, row["slug"])
        calendar.at(started, _begin, call, row)
        if "submitted_at" in row:
            submitted = story.when(calendar, call, row["submitted_at"])
            signed = workday_before(submitted.date())
            undated = row.get("undated_letter", False)
            papers.want_letter(f"{row['slug']}/letter", row, None if undated else signed)
            papers.want_report(f"{row['slug']}/report", row)
            calendar.at(submitted, _finish, call, row, signed, papers)
    for call in story.calls(calendar):
        _plan_exceptions(calendar, call, papers)


def workday_before(day: date) -> date:
    """Return a day some days before ``day`` on which offices were open."""
    found = day - timedelta(days=3)
    while found.weekday() > _FRIDAY or (found.month, found.day) in _HOLIDAYS:
        found -= timedelta(days=1)
    return found


def _plan_exceptions(calendar: Calendar, call: Row, papers: Papers) -> None:
    for one in call.get("late_entries", ()):
        until = story.when(calendar, call, one["until"])
        calendar.at(story.when(calendar, call, one["at"]), _permit_late, call, one, until)
    for one in call.get("withdrawals", ()):
        calendar.at(story.when(calendar, call, one["at"]), _withdraw, call, one)
        calendar.at(story.when(calendar, call, one["taken_up_at"]), _take_up, call, one)
        row = next(row for row in story.applicants_of(call) if row["slug"] == one["of"])
        papers.want_report(f"{one['of']}/report again", {**row, "results": one["results"]})
        calendar.at(story.when(calendar, call, one["submitted_at"]), _send_again, call, one, papers)


def _register(row: Row) -> None:
    person = {"name": row["contact_name"], "email": row["contact_email"], "language": "es"}
    values: dict[str, Any] = {name: row[name] for name in _ORGANIZATION}
    values |= {"country": Country(row["country"]), "lang": Language.SPANISH}
    founder = {**person, "title": row["contact_role"], "role": Role.OWNER}
    register(OrganizationKind.CITY, {**values, "slug": row["slug"]}, founder)


def _begin(call: Row, row: Row) -> None:
    actor = cast.owner_of(row["slug"])
    application, _made = service.begin(story.call(call), actor)
    values = {**row, "legal_name": row["full_name"], "region": row["subdivision"]}
    values["tax_id"] = tax_ids.clean(application.call.country, row["tax_id"]) or ""
    given = (*_FIRST, *_CONTACT, *_UNIT)
    service.save(application, {name: values[name] for name in given}, actor)


def _finish(call: Row, row: Row, signed: date, papers: Papers) -> None:
    """Write the rest, hand in the documents and send it."""
    application = story.application(call, row["slug"])
    actor = cast.owner_of(row["slug"])
    values = {name: row[name] for name in (*_REST, "letter_signer", "letter_role")}
    values |= {"letter_date": signed.isoformat(), "accepts_commitments": True}
    service.save(application, {**values, **_evidence(call, row, application)}, actor)
    attach(application, DocumentKind.LETTER, papers, f"{row['slug']}/letter")
    attach(application, DocumentKind.REPORT, papers, f"{row['slug']}/report")
    service.act(application, Act(ApplicationAction.SUBMIT), actor)


def _evidence(call: Row, row: Row, application: Application) -> dict[str, str]:
    """Return how the city meets each requirement, in one of the ways the content knows."""
    place = [one["slug"] for one in story.applicants_of(call)].index(row["slug"])
    ways = [one["answers"] for one in call["requirements"]]
    return {
        f"requirement:{requirement.id}": answers[place % len(answers)].format(**row)
        for requirement, answers in zip(application.call.requirements, ways, strict=True)
    }


def attach(application: Application, kind: DocumentKind, papers: Papers, key: str) -> None:
    """Hand in one of the papers as the document of that kind."""
    document = next(one for one in application.call.documents if one.kind is kind)
    actor = cast.owner_of(application.organization.slug)
    service.attach(application, document.id, papers.of(key), actor)


def _permit_late(call: Row, one: Row, until: datetime) -> None:
    city, actor = cast.organization(one["of"]), cast.coordinator(call["country"])
    late.permit_late(story.call(call), city, until, one["reason"], actor)


def _withdraw(call: Row, one: Row) -> None:
    _act(call, one, ApplicationAction.WITHDRAW)


def _take_up(call: Row, one: Row) -> None:
    _act(call, one, ApplicationAction.REVISE)


def _send_again(call: Row, one: Row, papers: Papers) -> None:
    application = story.application(call, one["of"])
    service.save(application, {"results": one["results"]}, cast.owner_of(one["of"]))
    attach(application, DocumentKind.REPORT, papers, f"{one['of']}/report again")
    _act(call, one, ApplicationAction.SUBMIT)


def _act(call: Row, one: Row, action: ApplicationAction) -> None:
    actor = cast.owner_of(one["of"])
    service.act(story.application(call, one["of"]), Act(action), actor)
