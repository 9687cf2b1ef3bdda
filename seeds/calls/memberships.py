"""Memberships: those of before the calls, and those of the cities that were selected."""

from datetime import UTC, date, datetime, time

from app.calls.enrolments import queries, service
from app.calls.enrolments.models import Enrolment
from app.calls.enrolments.service import Signature
from app.domain.call_states import EnrolmentAction
from app.lifecycle import Act
from seeds import cast
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.calls.applicants import workday_before
from seeds.calls.papers import Papers
from seeds.content import Row
from seeds.organizations import cities

_REASONS = {
    "founder": "Firmó el acuerdo fundacional de la red.",
    "AR": "Miembro antes de las convocatorias de la plataforma.",
    "BR": "Selecionada na chamada pública de 2025, anterior à plataforma.",
    "UY": "Seleccionada en el llamado uruguayo de 2025-26, anterior a la plataforma.",
}


def plan(calendar: Calendar, papers: Papers) -> None:
    """Let the first members be enrolled, and the selected cities sign or decline."""
    selected = _selected(calendar)
    for row, day in cities(calendar):
        if row["slug"] not in selected:
            since = datetime.combine(row["member_since"], time(15), UTC)
            verified = datetime.combine(calendar.day(day + 3), time(15), UTC)
            calendar.at(max(since, verified), _found, row)
    for call in story.calls(calendar):
        by_slug = {row["slug"]: row for row in story.applicants_of(call)}
        for slug, (signed, confirmed) in call.get("adhesions", {}).items():
            moment = story.when(calendar, call, signed)
            on = workday_before(moment.date()) if slug != "concordia" else moment.date()
            papers.want_letter(f"{slug}/adhesion", by_slug[slug], on, "adhesion")
            calendar.at(moment, _sign, call, by_slug[slug], on, papers)
            calendar.at(story.when(calendar, call, confirmed), _confirm, call, slug)
        for one in call.get("declines", ()):
            calendar.at(story.when(calendar, call, one["at"]), _decline, call, one)


def _selected(calendar: Calendar) -> set[str]:
    return {slug for call in story.calls(calendar) for slug in call.get("adhesions", {})}


def _found(row: Row) -> None:
    reason = _REASONS["founder" if row["founder"] else row["country"]]
    service.found(
        cast.organization(row["slug"]),
        row["cohort"],
        cast.coordinator(row["country"]),
        since=row["member_since"],
        reason=reason,
        founder=row["founder"],
    )


def _enrolment(call: Row, slug: str) -> Enrolment:
    found = queries.of_application(story.application(call, slug))
    if found is None:
        raise LookupError(slug)
    return found


def _sign(call: Row, row: Row, on: date, papers: Papers) -> None:
    signature = Signature(row["letter_signer"], row["letter_role"], on)
    paper = papers.of(f"{row['slug']}/adhesion")
    enrolment = _enrolment(call, row["slug"])
    service.sign(enrolment, signature, paper, cast.owner_of(row["slug"]), None)


def _confirm(call: Row, slug: str) -> None:
    actor = cast.coordinator(call["country"])
    service.act(_enrolment(call, slug), Act(EnrolmentAction.CONFIRM), actor)


def _decline(call: Row, one: Row) -> None:
    sent = Act(EnrolmentAction.DECLINE, one["reason"])
    service.act(_enrolment(call, one["of"]), sent, cast.owner_of(one["of"]))
