"""The coordination builds calls, publishes them, answers questions, and moves their dates."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.calls import service
from app.calls.models import Call
from app.calls.questions import service as questions
from app.calls.questions.models import CallQuestion
from app.domain.call_states import CallAction
from app.domain.call_vocabulary import CallDate, DocumentKind, QuotaField, QuotaKind
from app.domain.vocabulary import Country, Language
from app.extensions import db
from app.lifecycle import Act
from seeds import cast
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.content import Row

_COLUMNS = (
    "title",
    "year",
    "timezone",
    "summary",
    "rules",
    "benefits",
    "contact_email",
    "seats",
    "waiting_seats",
    "reviews_each",
    "quorum",
    "consensus_spread",
    "anonymous",
    "tie_breaks",
)
Dates = Mapping[CallDate, datetime | None]


def plan(calendar: Calendar) -> None:
    """Let each call be written, published and evaluated, with all that changes on the way."""
    for row in story.calls(calendar):
        said = row.get("dates", {})
        dates = {which: _date(calendar, row, said.get(which.value)) for which in CallDate}
        created = _copy if "copies" in row else _create
        calendar.at(story.when(calendar, row, row["created_at"]), created, row, dates)
        for name, action in _ACTS.items():
            if name in row:
                calendar.at(story.when(calendar, row, row[name]), _act, row, action)
        _plan_questions(calendar, row)
        _plan_changes(calendar, row)


_ACTS = {"published_at": CallAction.PUBLISH, "evaluation_begins_at": CallAction.EVALUATE}


def _date(calendar: Calendar, row: Row, said: Any) -> datetime | None:
    return None if said is None else story.when(calendar, row, said)


def _plan_questions(calendar: Calendar, row: Row) -> None:
    for one in row.get("questions", ()):
        calendar.at(story.when(calendar, row, one["asked_at"]), _ask, row, one)
        if "answer" in one:
            calendar.at(story.when(calendar, row, one["answered_at"]), _answer, row, one)


def _plan_changes(calendar: Calendar, row: Row) -> None:
    for one in row.get("rule_changes", ()):
        calendar.at(story.when(calendar, row, one["at"]), _change_rules, row, one)
    for one in row.get("date_changes", ()):
        moved = {w: story.when(calendar, row, one[w.value]) for w in CallDate if w.value in one}
        calendar.at(story.when(calendar, row, one["at"]), _change_dates, row, one, moved)


def _create(row: Row, dates: Dates) -> None:
    rows = {
        "requirements": [{name: one[name] for name in ("title", "help")} for one in _of(row, 0)],
        "documents": [{**one, "kind": DocumentKind(one["kind"])} for one in _of(row, 1)],
        "criteria": [_criterion(one) for one in _of(row, 2)],
        "quotas": [_quota(one) for one in _of(row, 3)],
    }
    service.create({**_values(row, dates), **rows}, cast.coordinator(row["country"]))


def _of(row: Row, place: int) -> list[Row]:
    found: list[Row] = row[("requirements", "documents", "criteria", "quotas")[place]]
    return found


def _values(row: Row, dates: Dates) -> dict[str, Any]:
    values = {name: row[name] for name in _COLUMNS if name in row}
    if "cut_off" in row:
        values["cut_off"] = Decimal(row["cut_off"])
    return {
        **values,
        "country": Country(row["country"]),
        "lang": Language(row["lang"]),
        **{which.value: moment for which, moment in dates.items()},
    }


def _criterion(one: Row) -> dict[str, Any]:
    return {
        "name": one["name"],
        "help": one["help"],
        "labels": one["labels"],
        "scale": one["scale"],
        "weight": Decimal(one["weight"]),
        "minimum": Decimal(one["minimum"]) if "minimum" in one else None,
    }


def _quota(one: Row) -> dict[str, Any]:
    return {**one, "kind": QuotaKind(one["kind"]), "field": QuotaField(one["field"])}


def _copy(row: Row, dates: Dates) -> None:
    query = select(Call).where(Call.published_at.is_not(None), Call.copied_from_id.is_(None))
    former = db.session.scalars(query.order_by(Call.id)).unique().first()
    if former is None:
        raise LookupError(row["copies"])
    actor = cast.coordinator(row["country"])
    made = service.copy(former, actor, row["year"])
    service.edit_rules(made, _values(row, dates), actor, None)


def _act(row: Row, action: CallAction) -> None:
    service.act(story.call(row), Act(action), cast.coordinator(row["country"]))


def _ask(row: Row, one: Row) -> None:
    questions.ask(story.call(row), one["question"], cast.owner_of(one["by"]))


def _answer(row: Row, one: Row) -> None:
    query = select(CallQuestion).where(
        CallQuestion.call_id == story.call(row).id, CallQuestion.question == one["question"]
    )
    asked = db.session.scalars(query).one()
    actor = cast.coordinator(row["country"])
    questions.answer(asked, asked.question, one["answer"], actor, None)


def _change_rules(row: Row, one: Row) -> None:
    call = story.call(row)
    before = getattr(call, one["field"])
    after = before.replace(one["find"], one["replace"])
    if after == before:
        raise LookupError(one["find"])
    explained = {"reason": one["reason"], "decided_by": one["decided_by"]}
    actor = cast.coordinator(row["country"])
    service.edit_rules(call, {one["field"]: after}, actor, None, **explained)


def _change_dates(row: Row, one: Row, moved: Mapping[CallDate, datetime]) -> None:
    actor = cast.coordinator(row["country"])
    service.change_dates(story.call(row), moved, one["reason"], one["decided_by"], actor)
