"""The brief as people edit it: dates in the city's hours, rows on demand."""

import re
from datetime import UTC, datetime

from app.challenges.models import Challenge
from app.domain.states import ChallengeStatus
from app.extensions import db
from tests.challenges.build import challenge


def _shown(page: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert field is not None
    value = re.search(r'value="([^"]*)"', field[0])
    return value[1] if value else ""


def test_saving_a_brief_unchanged_leaves_its_dates_alone(people, browser):
    city = people.city()
    city.organization.timezone = "America/Argentina/Buenos_Aires"
    opens = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    closes = datetime(2027, 4, 1, 2, 59, tzinfo=UTC)
    thing = challenge(city, ChallengeStatus.DRAFT, opens_at=opens, closes_at=closes, criteria=[])
    address = f"/challenges/{thing.public_id}/edit"
    page = browser(city).get(address).text
    assert _shown(page, "opens_at") == "2027-03-01T09:00"
    assert _shown(page, "closes_at") == "2027-03-31T23:59"
    names = ("title", "pilot_weeks", "opens_at", "closes_at", "version")
    typed = {name: _shown(page, name) for name in names}
    answer = browser(city).post(address, {**typed, "lang": "es", "sector": "mobility"})
    assert answer.status_code == 302
    db.session.refresh(thing)
    assert (thing.opens_at, thing.closes_at) == (opens, closes)


def test_a_new_row_keeps_what_was_typed_and_saves_nothing(people, browser):
    city = people.city()
    typed = {"title": "Baches", "criteria-0-name": "Reclamos", "add_row": "criteria"}
    answer = browser(city).post("/challenges/new", typed)
    assert answer.status_code == 200
    assert _shown(answer.text, "title") == "Baches"
    assert _shown(answer.text, "criteria-0-name") == "Reclamos"
    assert 'name="criteria-3-name"' in answer.text
    assert "There is a problem" not in answer.text
    assert db.session.query(Challenge).count() == 0


def test_no_more_rows_than_a_brief_may_have(people, browser):
    city = people.city()
    typed = {f"criteria-{row}-name": f"Criterion {row}" for row in range(6)}
    answer = browser(city).post("/challenges/new", {**typed, "add_row": "criteria"})
    assert answer.status_code == 200
    assert 'name="criteria-5-name"' in answer.text
    assert 'name="criteria-6-name"' not in answer.text
    assert 'name="add_row"' not in answer.text
