"""What the demo holds, and that loading it again changes nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select

import seeds
from app.audit import AuditEntry, entries_for
from app.challenges.models import PUBLIC, Challenge
from app.commands.demo import ACCOUNTS
from app.domain.states import MatchStatus, PilotStatus, SolutionStatus
from app.domain.vocabulary import PilotDecision
from app.extensions import Base, db, utcnow
from app.jobs.models import Job
from app.matches.models import Match
from app.matches.tuning import queries
from app.notifications.models import Message
from app.organizations.models import User
from app.pilots.indicators.models import Reading
from app.pilots.models import Pilot
from app.solutions.models import Solution
from seeds import cast, content
from seeds.calendar import Calendar
from seeds.loader import _calendar


@pytest.fixture
def told(demo: Flask) -> Iterator[Flask]:
    with demo.app_context():
        yield demo
        db.session.rollback()
        db.session.remove()


def _count(model, *conditions) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


@pytest.mark.usefixtures("told")
def test_enough_challenges_and_solutions_are_published() -> None:
    assert _count(Challenge, Challenge.status.in_(PUBLIC)) >= 30
    published = Solution.status == SolutionStatus.PUBLISHED
    assert _count(Solution, published) >= 60
    assert _count(Solution, published, Solution.organization_id.is_(None)) >= 30


@pytest.mark.usefixtures("told")
def test_startups_can_apply_to_many_challenges_now() -> None:
    challenges = db.session.scalars(select(Challenge)).all()
    assert sum(challenge.is_open for challenge in challenges) >= 15


@pytest.mark.usefixtures("told")
def test_there_are_matches_in_every_state() -> None:
    found = Counter(db.session.scalars(select(Match.status)))
    assert set(found) == set(MatchStatus)


@pytest.mark.usefixtures("told")
def test_pilots_run_pause_and_end_in_every_way() -> None:
    pilots = db.session.scalars(select(Pilot)).all()
    states = Counter(pilot.status for pilot in pilots)
    assert states[PilotStatus.RUNNING] >= 5
    assert {states[s] for s in (PilotStatus.PAUSED, PilotStatus.NOT_CARRIED_OUT)} == {1}
    finished = [pilot for pilot in pilots if pilot.status is PilotStatus.FINISHED]
    assert {pilot.decision for pilot in finished} == set(PilotDecision)
    assert max(pilot.finished_at for pilot in finished) > utcnow() - timedelta(days=30)


@pytest.mark.usefixtures("told")
def test_nothing_happens_in_the_future() -> None:
    now = datetime.now(UTC)
    assert db.session.scalar(select(func.max(AuditEntry.at))) < now
    assert db.session.scalar(select(func.max(Reading.on))) < now.date()
    assert db.session.scalar(select(func.max(Message.sent_at))) < now


@pytest.mark.usefixtures("told")
def test_no_job_waits_or_failed_and_every_mail_was_delivered() -> None:
    assert set(db.session.scalars(select(Job.state))) == {"done"}
    assert _count(Message, Message.sent_at.is_(None)) == 0


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("email", ACCOUNTS)
def test_the_demo_accounts_open_with_the_published_password(email: str) -> None:
    user = db.session.scalars(select(User).where(User.email == email)).one()
    assert user.active
    assert user.confirmed_at is not None
    assert verify_password(cast.PASSWORD, user.password)


@pytest.mark.usefixtures("told")
def test_the_trail_of_each_thing_is_in_order_of_time() -> None:
    last: dict[tuple[str, int], datetime] = {}
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        key = (entry.subject_type, entry.subject_id)
        assert last.get(key, entry.at) <= entry.at
        last[key] = entry.at


@pytest.mark.usefixtures("told")
def test_a_second_load_changes_nothing() -> None:
    before = _rows()
    said: list[str] = []
    seeds.load(said.append)
    assert said == ["already loaded"]
    assert _rows() == before


def _rows() -> dict[str, int]:
    return {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in _tables()}


def _tables():
    return Base.metadata.sorted_tables


def test_the_same_day_makes_the_same_calendar() -> None:
    now = datetime(2027, 1, 3, 1, 30, tzinfo=UTC)
    one, two = _calendar(now).in_order(), _calendar(now).in_order()
    assert one == two
    assert one[-1].when < now


def test_the_calendar_knows_no_future() -> None:
    now = datetime.now(UTC)
    with pytest.raises(ValueError, match="cannot know"):
        Calendar(now).add(0, print)
    with pytest.raises(ValueError, match="cannot know"):
        Calendar(now).at(now, print)


def test_facts_keep_their_dates_whenever_the_demo_is_loaded() -> None:
    fact = datetime(2025, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-3)))
    for year in (2026, 2031):
        calendar = Calendar(datetime(year, 11, 22, 1, 30, tzinfo=UTC))
        calendar.add(-10, print)
        calendar.at(fact, print, "first")
        calendar.at(fact, print, "second")
        told = calendar.in_order()
        assert [one.arguments for one in told] == [("first",), ("second",), ()]
        assert told[0].when == datetime(2026, 1, 1, 2, 59, 59, tzinfo=UTC)


def test_days_from_now_begin_and_end_where_the_city_is() -> None:
    # One and a half hours after midnight in UTC it is still the day before in Buenos Aires.
    calendar = Calendar(datetime(2027, 1, 3, 1, 30, tzinfo=UTC))
    zone = "America/Argentina/Buenos_Aires"
    assert calendar.moment("3 23:59:59", zone) == datetime(2027, 1, 6, 2, 59, 59, tzinfo=UTC)
    assert calendar.moment("-1 09:30:00", zone) == datetime(2027, 1, 1, 12, 30, tzinfo=UTC)


def test_the_coordination_is_there_before_the_call_of_2025_whenever_the_demo_is_loaded() -> None:
    for year in (2026, 2031):
        told = _calendar(datetime(year, 11, 22, 1, 30, tzinfo=UTC)).in_order()
        assert told[0].when.date() == date(2025, 9, 8)


def test_each_series_of_readings_has_its_criterion() -> None:
    for story in content.stories():
        criteria = content.challenges()[story["challenge"]]["criteria"]
        assert len(story.get("progress", criteria)) == len(criteria), story["challenge"]


@pytest.mark.usefixtures("told")
def test_the_coordination_added_words_to_the_glossary_after_comparing():
    tuning = queries.in_use()
    assert [line[2] for line in tuning.concepts] == [
        row["en"] for row in content.glossary()["line"]
    ]
    assert tuning.comparison.result["decided"] > 0
    assert entries_for(tuning)[-1].reason == content.glossary()["reason"]
