"""The closing second: what counts is when a request was received whole, by one clock, in UTC."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from app.domain.states import SubmissionStatus
from app.extensions import _moment, db, utcnow
from app.submissions.models import Submission
from tests.challenges.build import challenge
from tests.conftest import Browser
from tests.solutions.build import solution
from tests.submissions.build import TEXT, submission

S = SubmissionStatus
CLIENTS = 20


@pytest.fixture
def call(people):
    """An open challenge that closes in an hour."""
    return challenge(people.city(), closes_at=utcnow().replace(microsecond=0) + timedelta(hours=1))


def _send_at(moment: datetime, reader: Browser, address: str, **options):
    """Let a request be received at ``moment``."""
    context = Context()
    context.run(_moment.set, moment)
    return context.run(reader.client.post, address, **options)


def test_of_twenty_across_the_closing_second_exactly_those_before_it_count(call, people, browser):
    closes = call.closes_at
    offsets = [timedelta(milliseconds=100 * (n - CLIENTS // 2)) for n in range(CLIENTS)]
    things, ready = [], []
    for offset in offsets:
        startup = people.startup()
        thing = submission(call, solution(startup), S.DRAFT)
        reader = browser(startup)
        fields = {"version": str(thing.version), "csrf_token": reader.token()}
        address = f"/submissions/{thing.public_id}/acts/submit"
        things.append(thing.id)
        ready.append((closes + offset, reader, address, fields))
    db.session.commit()
    gate = threading.Barrier(CLIENTS)

    def send(request):
        moment, reader, address, fields = request
        gate.wait()
        return _send_at(moment, reader, address, data=fields).status_code

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(send, ready))
    assert answers == [302 if offset < timedelta(0) else 409 for offset in offsets]
    db.session.expire_all()
    kept = [db.session.get_one(Submission, key) for key in things]
    received = [thing.submitted_at for thing in kept]
    assert received == [closes + o if o < timedelta(0) else None for o in offsets]
    assert [thing.status for thing in kept].count(S.SUBMITTED) == CLIENTS // 2


class Slowly(io.BytesIO):
    """A body whose last byte comes at ``end``, whenever its first one came."""

    def __init__(self, content: bytes, end: datetime) -> None:
        super().__init__(content)
        self.end = end

    def readinto(self, buffer):
        _moment.set(self.end)
        return super().readinto(buffer)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 302), (0, 409), (3, 409)])
def test_a_request_counts_when_its_last_byte_has_come(call, people, browser, seconds, status):
    startup = people.startup()
    thing = submission(call, solution(startup), S.DRAFT)
    reader = browser(startup)
    body = urlencode({"version": str(thing.version), "csrf_token": reader.token()}).encode()
    address, closes = f"/submissions/{thing.public_id}/acts/submit", call.closes_at
    db.session.commit()
    answer = _send_at(
        closes - timedelta(seconds=5),
        reader,
        address,
        input_stream=Slowly(body, closes + timedelta(seconds=seconds)),
        content_length=len(body),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == status


def _write(reader: Browser, call, offer, approach):
    address = f"/challenges/{call.public_id}/submissions/new"
    return reader.post(address, {"solution": offer.public_id, **TEXT, "approach": approach})


@pytest.mark.parametrize("which", ["new", "edit", "submit"])
def test_a_deadline_that_came_earlier_while_the_form_was_open_counts(call, people, browser, which):
    startup = people.startup()
    offer = solution(startup)
    thing = None if which == "new" else submission(call, offer, S.DRAFT)
    reader = browser(startup)
    start = f"/challenges/{call.public_id}/submissions/new"
    assert reader.get(start).status_code in (200, 302)
    call.opens_at, call.closes_at = utcnow() - timedelta(days=2), utcnow() - timedelta(seconds=1)
    db.session.commit()
    if which == "new":
        answer = _write(reader, call, offer, "Escrito en el último minuto")
        assert "does not accept submissions now" in answer.text
        assert db.session.query(Submission).count() == 0
    elif which == "edit":
        fields = {**TEXT, "approach": "Mejor", "version": str(thing.version)}
        answer = reader.post(f"/submissions/{thing.public_id}/edit", fields)
        assert answer.status_code == 302
        db.session.refresh(thing)
        assert (thing.approach, thing.status) == ("Mejor", S.DRAFT)
        return
    else:
        answer = reader.post(f"/submissions/{thing.public_id}/acts/submit")
        db.session.refresh(thing)
        assert (thing.status, thing.submitted_at) == (S.DRAFT, None)
    assert answer.status_code in (409, 422)


def test_a_deadline_that_was_moved_on_lets_the_open_form_through(call, people, browser):
    startup = people.startup()
    thing = submission(call, solution(startup), S.DRAFT)
    reader = browser(startup)
    call.opens_at, call.closes_at = utcnow() - timedelta(days=2), utcnow() - timedelta(seconds=1)
    db.session.commit()
    address = f"/submissions/{thing.public_id}"
    assert "acts/submit" not in reader.get(address).text
    call.closes_at = utcnow() + timedelta(minutes=1)
    db.session.commit()
    assert reader.post(f"{address}/acts/submit").status_code == 302


def test_the_hour_is_shown_in_the_zone_of_the_city_and_kept_in_utc(people, browser):
    city = people.city(timezone="America/Santiago")
    closes = datetime(utcnow().year + 1, 7, 1, 2, 30, tzinfo=UTC)
    thing = challenge(city, closes_at=closes)
    page = browser().get(f"/challenges/{thing.public_id}?lang=en").text
    there = closes.astimezone(ZoneInfo("America/Santiago"))
    assert (there.day, there.hour) == (30, 22)
    assert f"30 Jun {there.year}, 22:30" in page or f"Jun 30, {there.year}" in page
    assert "Chile" in page
    db.session.refresh(thing)
    assert thing.closes_at == closes
