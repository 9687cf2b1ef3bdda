"""What the clock makes of a call: one rule in Python, in SQL and on the page."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.calls import queries
from app.calls.models import Call
from app.calls.rules import check_order
from app.calls.schedule.showing import elsewhere, exact, on_the_clock
from app.domain.call_states import CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase
from app.domain.errors import RuleBroken
from app.extensions import as_of, db
from tests.calls import build

P, S = CallPhase, CallStatus
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ZONES = ("America/Santiago", "America/Argentina/Buenos_Aires", "America/Sao_Paulo")
in_any_order = st.dictionaries(st.sampled_from(CallDate), st.datetimes(timezones=st.just(UTC)))


def test_python_and_sql_agree_on_the_phase_in_each_state_at_each_moment(people):
    coordinator = people.coordinator()
    days = {one.value: NOW + place * DAY for place, one in enumerate(CallDate)}
    calls = [build.call(coordinator, status, **days) for status in CallStatus]
    seen = set()
    for place in range(len(CallDate)):
        for moment in (NOW + place * DAY - timedelta(microseconds=1), NOW + place * DAY):
            with as_of(moment):
                query = select(Call.id, queries.phase_column())
                in_sql = {key: P(phase) for key, phase in db.session.execute(query)}
                in_python = {call.id: call.phase for call in calls}
            assert in_sql == in_python
            seen |= set(in_python.values())
    assert seen == set(P)


@pytest.mark.parametrize(
    ("status", "date", "before", "after"),
    [
        (S.PUBLISHED, CallDate.OPENS, P.UPCOMING, P.OPEN),
        (S.PUBLISHED, CallDate.CLOSES, P.OPEN, P.CLOSED),
        (S.EVALUATING, CallDate.PRELIMINARY, P.EVALUATING, P.EVALUATING),
        (S.PRELIMINARY, CallDate.PRELIMINARY, P.EVALUATING, P.PRELIMINARY),
        (S.FINAL, CallDate.PRELIMINARY, P.EVALUATING, P.PRELIMINARY),
        (S.PRELIMINARY, CallDate.FINAL, P.PRELIMINARY, P.PRELIMINARY),
        (S.FINAL, CallDate.FINAL, P.PRELIMINARY, P.FINAL),
        (S.SUSPENDED, CallDate.CLOSES, P.SUSPENDED, P.SUSPENDED),
        (S.CANCELLED, CallDate.OPENS, P.CANCELLED, P.CANCELLED),
    ],
)
def test_a_date_acts_in_its_very_second_and_not_before(people, status, date, before, after):
    thing = build.call(people.coordinator(), status)
    moment = thing.date_of(date)
    with as_of(moment - timedelta(microseconds=1)):
        assert thing.phase is before
    with as_of(moment):
        assert thing.phase is after


@given(in_any_order)
def test_dates_are_accepted_exactly_when_each_follows_the_one_before(dates):
    known = [dates[which] for which in CallDate if which in dates]
    in_order = all(one <= other for one, other in pairwise(known))
    opens, closes = dates.get(CallDate.OPENS), dates.get(CallDate.CLOSES)
    right = in_order and (opens is None or opens != closes)
    with nullcontext() if right else pytest.raises(RuleBroken, match="dates_out_of_order"):
        check_order(dates)


@pytest.mark.parametrize(
    "dates",
    [
        {CallDate.OPENS: NOW, CallDate.CLOSES: NOW},
        {CallDate.CLOSES: NOW, CallDate.FINAL: NOW - DAY},
        {CallDate.OPENS: NOW, CallDate.ADHESION_CLOSES: NOW - DAY},
        {CallDate.CLOSES: NOW, CallDate.FINAL: NOW},
        {CallDate.FINAL: NOW},
    ],
)
def test_the_database_refuses_the_same_dates(people, dates):
    known = {**dict.fromkeys(one.value for one in CallDate), **dates}
    office = people.coordinator().organization
    columns = {"country": "AR", "timezone": ZONES[1], "lang": "es", "year": 2026, "title": "x"}
    db.session.add(Call(organization_id=office.id, **columns, **known))
    try:
        check_order(dates)
    except RuleBroken:
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
    else:
        db.session.flush()


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), st.sampled_from(ZONES))
@example(datetime(2026, 9, 6, 0, 30), "America/Santiago")
@example(datetime(2026, 4, 4, 23, 30), "America/Santiago")
def test_what_is_typed_is_what_the_clocks_show(typed, zone):
    moment = on_the_clock(typed, zone)
    shown = None if moment is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown is not None:
        assert shown == typed
    else:
        around = [typed.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1)]
        assert around[0].utcoffset() != around[1].utcoffset()


def test_the_hour_that_comes_twice_is_the_later_one():
    # Summer time ends in Chile on the 4th of April 2026 at midnight: 23:00 to 24:00 comes twice.
    moment = on_the_clock(datetime(2026, 4, 4, 23, 59, 59), "America/Santiago")
    assert moment == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)
    assert on_the_clock(datetime(2026, 9, 6, 0, 30), "America/Santiago") is None


def test_seconds_show_where_there_are_any_and_the_readers_hour_where_it_differs(app):
    closes = datetime(2026, 7, 1, 2, 59, 59, tzinfo=UTC)
    with app.test_request_context("/?lang=en"):
        assert exact(closes, ZONES[1]) == "30 Jun 2026, 23:59:59 (Argentina Time)"
        assert exact(closes.replace(second=0), ZONES[1]) == "30 Jun 2026, 23:59 (Argentina Time)"
        there = "For you: 30 Jun 2026, 22:59:59 (Chile Time)"
        assert elsewhere(closes, ZONES[1], ZONES[0]) == there
        assert elsewhere(closes, ZONES[1], ZONES[2]) == ""
        assert elsewhere(closes, ZONES[1], None) == ""
