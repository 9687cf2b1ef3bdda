"""Moving the dates of a published call: the old ones stay, with reason and who decided."""

from datetime import timedelta

import pytest

from app.calls import service
from app.calls.models import CallChange
from app.calls.rules import is_open
from app.calls.schedule.rules import is_movable
from app.domain.call_states import ApplicationStatus, CallAction, CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase
from app.domain.errors import OutOfOrder, RuleBroken, SomeoneWasFaster
from app.extensions import as_of, db, utcnow
from app.lifecycle import Act
from app.notifications.models import Message
from tests.calls import build

D, P, S = CallDate, CallPhase, CallStatus
DAY = timedelta(days=1)
WHY = ("Receso de fin de año", "Resolución 4/2026")


def move(thing, coordinator, **dates):
    wanted = {D(name): moment for name, moment in dates.items()}
    return service.change_dates(thing, wanted, *WHY, coordinator.actor)


def refused(code, thing, coordinator, **dates):
    with pytest.raises(RuleBroken) as caught:
        move(thing, coordinator, **dates)
    assert caught.value.code == code
    assert db.session.query(CallChange).count() == 0


def test_a_later_closing_keeps_the_form_open_and_the_old_date_public(
    people, coordinator, city, browser
):
    thing = build.call(coordinator)
    build.application(thing, city, ApplicationStatus.DRAFT)
    build.application(thing, people.city(), ApplicationStatus.WITHDRAWN)
    before, after = thing.closes_at, thing.closes_at + 3 * DAY
    move(thing, coordinator, closes_at=after)
    with as_of(before):
        assert is_open(thing)
    with as_of(after):
        assert not is_open(thing)
    page = browser().get(f"/calls/{thing.public_id}").text
    dates = page.partition('id="dates"')[2].partition("</section>")[0]
    for said in (*WHY, "Changed on", "Before:", "Since then:"):
        assert dates.count(said) == 1, said
    mail = db.session.query(Message).one()
    assert mail.recipient == city.email
    assert WHY[0] in mail.text
    assert f"/calls/{thing.public_id}" in mail.text


def test_an_earlier_closing_closes_earlier_to_the_second(coordinator):
    thing = build.call(coordinator)
    sooner = utcnow() + timedelta(hours=2)
    move(thing, coordinator, closes_at=sooner, questions_close_at=utcnow() + timedelta(hours=1))
    with as_of(sooner - timedelta(microseconds=1)):
        assert is_open(thing)
    with as_of(sooner):
        assert not is_open(thing)
        assert thing.is_frozen


def test_each_move_is_a_line_of_its_own_the_latest_first(coordinator):
    thing = build.call(coordinator)
    first = thing.closes_at
    for days in (1, 2):
        move(thing, coordinator, closes_at=first + days * DAY)
    found = [(one.before, one.after) for one in thing.changes]
    one, two = ((first + days * DAY).isoformat() for days in (1, 2))
    assert found == [(one, two), (first.isoformat(), one)]


def test_several_dates_move_together_or_not_at_all(coordinator):
    thing = build.call(coordinator)
    late = thing.final_at + DAY
    refused("dates_out_of_order", thing, coordinator, preliminary_at=late)
    with pytest.raises(RuleBroken):
        move(thing, coordinator, evaluation_closes_at=late, preliminary_at=late + DAY)
    assert thing.evaluation_closes_at < late
    shifted = {one.value: thing.date_of(one) + 60 * DAY for one in list(D)[3:]}
    assert len(move(thing, coordinator, **shifted)) == 5
    assert thing.final_at == late + 59 * DAY


def test_no_date_goes_into_the_past_and_nothing_moves_without_a_reason(coordinator):
    thing = build.call(coordinator)
    refused("date_in_the_past", thing, coordinator, questions_close_at=utcnow() - DAY)
    refused("nothing_changed", thing, coordinator, closes_at=thing.closes_at)
    for why in (("", "Nadie"), ("Porque sí", " ")):
        with pytest.raises(RuleBroken, match="change_unexplained"):
            service.change_date(thing, D.CLOSES, thing.closes_at + DAY, *why, coordinator.actor)


def test_what_happened_stands_and_what_did_not_can_slip(coordinator):
    thing = build.call(coordinator, S.EVALUATING, P.PRELIMINARY)
    later = thing.appeals_close_at - timedelta(hours=1)
    refused("date_stands", thing, coordinator, opens_at=later)
    refused("date_stands", thing, coordinator, closes_at=later)
    move(thing, coordinator, preliminary_at=later)
    assert thing.preliminary_at == later
    issued = build.call(coordinator, S.PRELIMINARY, P.PRELIMINARY)
    assert not is_movable(issued, D.PRELIMINARY)
    assert is_movable(issued, D.APPEALS_CLOSE)
    ended = build.call(coordinator, S.FINAL, P.FINAL)
    assert [one for one in D if is_movable(ended, one)] == [D.EVALUATION_CLOSES, D.ADHESION_CLOSES]


def test_a_call_suspended_before_it_closed_may_close_later(coordinator):
    thing = build.call(coordinator)
    service.act(thing, Act(CallAction.SUSPEND, "Se revisa"), coordinator.actor)
    after = thing.closes_at + DAY
    with as_of(after):
        assert thing.is_frozen
        move(thing, coordinator, closes_at=after + DAY)
        assert not thing.is_frozen
    late = build.call(coordinator, phase=P.CLOSED)
    service.act(late, Act(CallAction.SUSPEND, "Se revisa"), coordinator.actor)
    assert not is_movable(late, D.CLOSES)


@pytest.mark.parametrize("status", [S.DRAFT, S.CANCELLED, S.VOID, S.ARCHIVED])
def test_nothing_moves_in_a_call_that_is_not_public_or_over(coordinator, status):
    thing = build.call(coordinator, status)
    with pytest.raises(OutOfOrder):
        move(thing, coordinator, closes_at=thing.closes_at + DAY)


def test_the_page_moves_dates_and_leaves_the_others(coordinator, browser, typed):
    thing = build.call(coordinator)
    reader, address = browser(coordinator), f"/calls/{thing.public_id}/dates"
    fields = typed(reader.get(address).text)
    assert "opens_at" not in fields
    why = {"reason": WHY[0], "decided_by": WHY[1]}
    assert reader.post(address, fields | why).status_code == 422
    fields["questions_close_at"] = ""
    fields["closes_at"] = (thing.closes_at + DAY - 3 * timedelta(hours=1)).isoformat()[:19]
    expected = thing.closes_at + DAY
    unexplained = reader.post(address, fields)
    assert unexplained.status_code == 422
    assert fields["closes_at"] in unexplained.text
    assert reader.post(address, fields | why).status_code == 302
    db.session.refresh(thing)
    assert thing.closes_at == expected
    assert [one.field for one in thing.changes] == ["closes_at"]
    again = reader.post(address, fields | why)
    assert again.status_code == 422
    assert "Somebody saved other changes" in again.text


def test_two_who_move_dates_at_once_are_told_apart(coordinator):
    thing = build.call(coordinator)
    seen = thing.version
    move(thing, coordinator, closes_at=thing.closes_at + DAY)
    db.session.flush()
    with pytest.raises(SomeoneWasFaster):
        service.change_dates(thing, {D.FINAL: thing.final_at + DAY}, *WHY, coordinator.actor, seen)
