"""A load that is cut short goes on where it stopped, and does nothing twice."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app import audit
from app.domain.actors import SYSTEM
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.notifications.models import Message
from app.notifications.service import post
from app.organizations.models import Organization
from seeds import loader
from seeds.calendar import Calendar
from tests.people import People


class Story:
    """Three days with an act each; the second one fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.days: list[datetime] = []

    def plan(self, calendar: Calendar) -> None:
        calendar.add(-30, self._register)
        calendar.add(-20, self._write)
        calendar.add(-10, self._register)

    def _register(self) -> None:
        people = People()
        organization = people.organization(OrganizationKind.STARTUP)
        audit.record(organization, "create", SYSTEM)
        self.days.append(utcnow())

    def _write(self) -> None:
        post("somebody@test.example", "es", "Subject", "Text")
        if self.failures:
            self.failures -= 1
            raise InterruptedError
        self.days.append(utcnow())


def _load(monkeypatch: pytest.MonkeyPatch, story: Story) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(loader, "_TELLERS", (story,))
    loader.load(said.append)
    return said


@pytest.mark.usefixtures("app")
def test_a_load_cut_short_is_taken_up_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(failures=2)
    for _attempt in range(2):
        with pytest.raises(InterruptedError):
            _load(monkeypatch, story)
        db.session.rollback()
        assert len(story.days) == 1
        assert db.session.scalars(select(Message)).all() == []
    assert _load(monkeypatch, story)[-1] == "3 acts loaded"
    assert _load(monkeypatch, story) == ["already loaded"]
    now = datetime.now(UTC)
    assert [(now.date() - day.date()).days for day in story.days] == [30, 20, 10]


@pytest.mark.usefixtures("app")
def test_mail_of_past_days_was_delivered_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story()
    _load(monkeypatch, story)
    (mail,) = db.session.scalars(select(Message))
    assert mail.created_at == mail.sent_at == story.days[1]


def test_a_platform_in_use_gets_no_demonstration_data(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.coordinator()
    story = Story()
    assert _load(monkeypatch, story) == ["already loaded"]
    assert story.days == []
    kinds = set(db.session.scalars(select(Organization.kind)))
    assert kinds == {OrganizationKind.COORDINATION}
