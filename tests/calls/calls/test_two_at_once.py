"""Many who act on a call at one moment: the clock decides, and nothing happens twice."""

from collections import Counter
from datetime import timedelta

import pytest

from app.audit import entries_for
from app.calls import service
from app.calls.models import Call, CallChange
from app.calls.questions import service as questions
from app.calls.questions.models import CallQuestion
from app.calls.rules import require_open
from app.domain.call_states import CallAction, CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase
from app.extensions import as_of, db
from app.lifecycle import Act
from tests.calls import build
from tests.organizations.at_once import at_once

BLINK = timedelta(microseconds=1)
DAY = timedelta(days=1)
WHY = ("Receso de fin de año", "Resolución 4/2026")
CLIENTS = 10


@pytest.fixture
def together(app):
    """``together(thing, act, ...)`` runs the acts at once, each on its own copy of the call."""

    def run(thing, *acts):
        key = thing.id
        db.session.commit()
        return at_once(app, *(lambda act=act: act(db.session.get_one(Call, key)) for act in acts))

    return run


def _at(moment, act):
    def then(call):
        with as_of(moment):
            act(call)

    return then


def test_of_many_clients_across_the_second_those_in_time_are_received(coordinator, city, together):
    thing = build.call(coordinator)
    closes, actor = thing.questions_close_at, city.actor
    moments = [closes - BLINK if place % 2 else closes for place in range(CLIENTS)]
    acts = [
        _at(moment, lambda call, n=place: questions.ask(call, f"¿{n}?", actor))
        for place, moment in enumerate(moments)
    ]
    results = together(thing, *acts)
    in_time = ["done" if moment < closes else "questions_closed" for moment in moments]
    assert results == in_time
    times = {one.asked_at for one in db.session.query(CallQuestion)}
    assert times == {closes - BLINK}


def test_the_form_answers_all_alike_across_its_closing_second(coordinator, together):
    thing = build.call(coordinator)
    moments = [thing.closes_at - BLINK, thing.closes_at] * (CLIENTS // 2)
    results = together(thing, *(_at(moment, require_open) for moment in moments))
    assert results == ["done", "call_not_open"] * (CLIENTS // 2)


def test_who_waits_for_a_moved_deadline_reads_the_new_one(coordinator, together):
    thing = build.call(coordinator)
    closes, actor = thing.closes_at, coordinator.actor
    service.change_date(thing, CallDate.CLOSES, closes + DAY, *WHY, actor)
    results = together(thing, _at(closes, require_open), _at(closes + DAY, require_open))
    assert results == ["done", "call_not_open"]


def test_of_two_who_move_a_date_one_wins(coordinator, together):
    thing = build.call(coordinator)
    closes, seen, actor = thing.closes_at, thing.version, coordinator.actor

    def move(days):
        wanted = {CallDate.CLOSES: closes + days * DAY}
        return lambda call: service.change_dates(call, wanted, *WHY, actor, seen)

    assert Counter(together(thing, move(1), move(2))) == {"done": 1, "someone_was_faster": 1}
    change = db.session.query(CallChange).one()
    assert db.session.get_one(Call, change.call_id).closes_at.isoformat() == change.after


def test_a_call_is_published_once_and_never_with_rules_that_were_not_seen(coordinator, together):
    thing = build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING)
    seen, actor = thing.version, coordinator.actor

    def publish(call):
        service.act(call, Act(CallAction.PUBLISH, version=seen), actor)

    def rewrite(call):
        service.edit_rules(call, {"rules": "Otras"}, actor, seen, *WHY)

    results = together(thing, publish, rewrite, publish)
    assert Counter(results) == {"done": 1, "someone_was_faster": 2}
    made = db.session.query(Call).one()
    published = results[1] != "done"
    assert (made.published_at is not None) is published
    assert len(entries_for(made)) == 1


def test_the_lot_is_drawn_once(people, coordinator, together):
    thing = build.call(coordinator, phase=CallPhase.CLOSED)
    build.application(thing, people.city(), submitted_at=thing.closes_at - DAY)
    actor = coordinator.actor

    def evaluate(call):
        service.act(call, Act(CallAction.EVALUATE), actor)

    results = together(thing, evaluate, service.freeze_lot, evaluate, service.freeze_lot)
    assert Counter(results) == {"done": 3, "out_of_order": 1}
    made = db.session.query(Call).one()
    assert made.status is CallStatus.EVALUATING
    assert len(made.lot_seed) == 64


def test_rules_sent_in_the_closing_second_count_before_it_and_not_in_it(coordinator, together):
    thing = build.call(coordinator)
    closes, actor = thing.closes_at, coordinator.actor

    def seats(number):
        return lambda call: service.edit_rules(call, {"seats": number}, actor, None, *WHY)

    acts = (_at(closes - BLINK, seats(7)), _at(closes, seats(8)))
    assert together(thing, *acts) == ["done", "call_frozen"]
    assert db.session.query(Call).one().seats == 7
