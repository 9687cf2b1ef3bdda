"""Building, copying and changing a call; what the clock and the state refuse."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.audit import entries_for
from app.calls import service
from app.calls.models import CallChange
from app.calls.rules import is_open, require_open
from app.domain.call_states import ApplicationStatus, CallAction, CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase, QuotaKind, TieBreak
from app.domain.errors import OutOfOrder, RuleBroken, SomeoneWasFaster
from app.extensions import as_of, db, utcnow
from app.lifecycle import Act
from app.notifications.models import Message
from tests.calls import build

WHY = {"reason": "Lo pidieron varias provincias", "decided_by": "Dirección ejecutiva"}


@pytest.fixture
def coordinator(people):
    return people.coordinator()


def refused(code, verb, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        verb(*arguments, **named)
    assert caught.value.code == code
    return caught.value.details


def test_a_draft_keeps_all_that_was_said_and_its_ties_by_criterion(coordinator):
    thing = service.create(build.values(CallPhase.UPCOMING), coordinator.actor)
    first = thing.criteria[0]
    assert thing.status is CallStatus.DRAFT
    assert thing.organization_id == coordinator.organization.id
    assert [one.name for one in thing.criteria] == ["Madurez", "Capacidad", "Impacto"]
    assert thing.tie_breaks == [f"criterion:{first.id}", "earlier_submission", "lot"]
    assert [one.action for one in entries_for(thing)] == ["create"]


def test_rows_that_stay_keep_their_numbers(coordinator):
    thing = service.create(build.values(CallPhase.UPCOMING), coordinator.actor)
    first, second, third = (one.id for one in thing.criteria)
    rows = [{"id": third, "name": "Impacto", "weight": Decimal(60)}, {"id": first, "name": "M"}]
    rows.append({"name": "Nuevo", "weight": Decimal(40)})
    said = {"criteria": rows, "tie_breaks": ["row:3", "row:2", "row:9", "row:3", "lot"]}
    service.edit_rules(thing, said, coordinator.actor, thing.version)
    assert [one.id for one in thing.criteria][:2] == [third, first]
    assert second not in {one.id for one in thing.criteria}
    new = thing.criteria[2].id
    assert thing.tie_breaks == [f"criterion:{new}", f"criterion:{first}", "lot"]


def test_a_copy_has_the_rules_and_its_dates_a_year_later_at_the_same_hour(coordinator):
    opens = datetime(2024, 2, 29, 15, tzinfo=UTC)
    days = {one.value: opens + timedelta(days=30 * n) for n, one in enumerate(CallDate)}
    former = build.call(coordinator, title="Convocatoria 2026", **days)
    thing = service.copy(former, coordinator.actor, 2027)
    db.session.flush()
    assert (thing.title, thing.year, thing.status) == ("Convocatoria 2027", 2027, "draft")
    assert thing.opens_at == datetime(2025, 2, 28, 15, tzinfo=UTC)
    assert thing.copied_from_id == former.id
    assert [one.weight for one in thing.criteria] == [50, 30, 20]
    assert {one.id for one in thing.criteria}.isdisjoint(one.id for one in former.criteria)
    assert thing.tie_breaks[0] == f"criterion:{thing.criteria[0].id}"
    assert len(former.criteria) == 3


def test_a_complete_draft_is_published(coordinator):
    thing = build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING)
    service.act(thing, Act(CallAction.PUBLISH), coordinator.actor)
    assert (thing.status, thing.phase) == (CallStatus.PUBLISHED, CallPhase.UPCOMING)
    assert thing.published_at is not None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rules": ""}, "call_incomplete"),
        ({"criteria": []}, "call_incomplete"),
        ({"final_at": None}, "call_incomplete"),
        ({"opens_at": utcnow() - timedelta(seconds=1)}, "opens_in_the_past"),
        (
            {"quotas": [{**build.quotas()[1], "kind": QuotaKind.RESERVE, "seats": 3}]},
            "seats_reserved_twice",
        ),
    ],
)
def test_what_is_incomplete_is_not_published(coordinator, changes, code):
    changes = {"tie_breaks": [TieBreak.LOT.value], **changes}
    thing = build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING, **changes)
    refused(code, service.act, thing, Act(CallAction.PUBLISH), coordinator.actor)
    assert thing.status is CallStatus.DRAFT


def test_rules_of_a_published_call_change_in_public_and_applicants_hear(people, coordinator):
    city = people.city()
    thing = build.call(coordinator)
    build.application(thing, city, ApplicationStatus.DRAFT)
    build.application(thing, people.city(), ApplicationStatus.WITHDRAWN)
    rows = [{"id": one.id, "weight": one.weight} for one in thing.criteria]
    rows[0]["weight"] = Decimal(150)
    said = {"criteria": rows, "seats": 4, "closes_at": utcnow() + timedelta(days=90)}
    closes = thing.closes_at
    refused("change_unexplained", service.edit_rules, thing, said, coordinator.actor, None)
    service.edit_rules(thing, said, coordinator.actor, thing.version, **WHY)
    assert thing.closes_at == closes
    changes = {one.field: one for one in db.session.query(CallChange)}
    assert set(changes) == {"criteria", "seats"}
    assert (changes["seats"].before, changes["seats"].after) == ("2", "4")
    assert "1. Madurez · 50 %" in changes["criteria"].before
    assert "1. Madurez · 75 %" in changes["criteria"].after
    assert changes["seats"].decided_by == WHY["decided_by"]
    assert [one.recipient for one in db.session.query(Message)] == [city.email]


def test_saving_the_same_rules_again_is_no_public_change(coordinator):
    thing = build.call(coordinator)
    said = {"seats": thing.seats}
    refused("nothing_changed", service.edit_rules, thing, said, coordinator.actor, None, **WHY)


def test_what_cities_answered_is_not_dropped(people, coordinator):
    thing = build.call(coordinator)
    build.application(thing, people.city(), ApplicationStatus.DRAFT)
    rows = [{"id": thing.requirements[0].id, "title": "Gobierno local"}]
    said = {"requirements": rows}
    details = refused(
        "part_answered", service.edit_rules, thing, said, coordinator.actor, None, **WHY
    )
    assert details["titles"] == "Plan de transformación digital"


def test_rules_freeze_at_the_second_of_closing(coordinator):
    thing = build.call(coordinator)
    with as_of(thing.closes_at - timedelta(microseconds=1)):
        service.edit_rules(thing, {"seats": 3}, coordinator.actor, None, **WHY)
    with as_of(thing.closes_at):
        said = {"seats": 4}
        refused("call_frozen", service.edit_rules, thing, said, coordinator.actor, None, **WHY)
    assert thing.seats == 3


def test_the_form_is_open_from_its_second_to_the_one_before_closing(coordinator):
    thing = build.call(coordinator)
    blink = timedelta(microseconds=1)
    for moment, opened in (
        (thing.opens_at - blink, False),
        (thing.opens_at, True),
        (thing.closes_at - blink, True),
        (thing.closes_at, False),
    ):
        with as_of(moment):
            assert is_open(thing) is opened
    with as_of(thing.closes_at):
        refused("call_not_open", require_open, thing)


def test_a_suspended_call_is_not_open_and_comes_back(people, coordinator):
    city = people.city()
    thing = build.call(coordinator)
    build.application(thing, city)
    act = Act(CallAction.SUSPEND, "Se revisa un requisito")
    service.act(thing, act, coordinator.actor)
    assert thing.phase is CallPhase.SUSPENDED
    refused("call_not_open", require_open, thing)
    service.act(thing, Act(CallAction.RESUME, "Revisado"), coordinator.actor)
    require_open(thing)
    assert [one.recipient for one in db.session.query(Message)] == [city.email] * 2


def test_evaluation_begins_after_closing_and_draws_the_seed_once(people, coordinator):
    thing = build.call(coordinator)
    sent = [build.application(thing, people.city()) for _ in range(2)]
    begin = Act(CallAction.EVALUATE)
    refused("call_not_closed", service.act, thing, begin, coordinator.actor)
    refused("call_not_closed", service.freeze_lot, thing)
    with as_of(thing.closes_at):
        service.act(thing, begin, coordinator.actor)
        seed = thing.lot_seed
        assert len(seed) == 64
        late = build.application(thing, people.city())
        assert late.versions[0].submitted_at == thing.closes_at
        assert service.freeze_lot(thing) == seed
    digests = sorted(one.versions[0].digest for one in sent)
    thing.lot_seed = ""
    with as_of(thing.closes_at + timedelta(days=1)):
        assert service.freeze_lot(thing) == seed
    assert len(digests) == 2


def test_no_award_only_after_closing_and_archive_only_at_the_end(coordinator):
    thing = build.call(coordinator)
    void = Act(CallAction.DECLARE_VOID, "Nadie se presentó")
    refused("call_not_closed", service.act, thing, void, coordinator.actor)
    with as_of(thing.closes_at):
        service.act(thing, void, coordinator.actor)
        assert thing.phase is CallPhase.VOID
    ended = build.call(coordinator, CallStatus.FINAL, CallPhase.FINAL)
    refused("call_not_over", service.act, ended, Act(CallAction.ARCHIVE), coordinator.actor)
    with as_of(ended.adhesion_closes_at):
        service.act(ended, Act(CallAction.ARCHIVE), coordinator.actor)
        assert ended.phase is CallPhase.FINAL


def test_two_who_edit_at_once_are_told_apart(coordinator):
    thing = build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING)
    seen = thing.version
    service.edit_rules(thing, {"criteria": []}, coordinator.actor, seen)
    db.session.flush()
    with pytest.raises(SomeoneWasFaster):
        service.edit_rules(thing, {"title": "Otra"}, coordinator.actor, seen)


def test_the_rules_of_a_call_in_evaluation_stand(coordinator):
    thing = build.call(coordinator, CallStatus.EVALUATING, CallPhase.CLOSED)
    with pytest.raises(OutOfOrder):
        service.edit_rules(thing, {"seats": 9}, coordinator.actor, None, **WHY)
