"""Milestones, indicators with their readings, and reports, through their pages."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from app.audit import entries_for
from app.domain.states import MilestoneStatus, PilotStatus, ReportStatus
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.notifications.models import Message
from app.pilots import queries
from app.pilots.indicators.models import Reading
from app.pilots.reports.models import ProgressReport
from tests.pilots.build import indicator, milestone, pilot, reading, url

S, M, R = PilotStatus, MilestoneStatus, ReportStatus


@pytest.fixture
def sides(people):
    return people.city(), people.startup()


@pytest.fixture
def running(sides):
    return pilot(*sides, S.RUNNING)


def _milestone_url(thing, *parts):
    return "/".join(["/pilots/milestones", thing.public_id, *parts])


def _report_url(thing, *parts):
    return "/".join(["/pilots/reports", thing.public_id, *parts])


def _subjects(user):
    return [m.subject for m in db.session.query(Message).filter_by(recipient=user.email)]


def test_a_milestone_is_returned_with_a_reason_and_delivered_again(browser, sides, running):
    city, startup = sides
    thing = queries.milestones(running)[0]
    of_city, of_startup = browser(city), browser(startup)
    assert of_city.post(_milestone_url(thing, "acts/begin")).status_code == 403
    assert of_startup.post(_milestone_url(thing, "acts/accept")).status_code == 409
    assert of_startup.post(_milestone_url(thing, "acts/begin")).status_code == 302
    assert of_startup.post(_milestone_url(thing, "deliver"), {"evidence": ""}).status_code == 422
    proof = {"evidence": "Tablero en línea", "evidence_url": "javascript:alert(1)"}
    assert of_startup.post(_milestone_url(thing, "deliver"), proof).status_code == 422
    proof["evidence_url"] = "https://example.org/tablero"
    assert of_startup.post(_milestone_url(thing, "deliver"), proof).status_code == 302
    assert of_startup.post(_milestone_url(thing, "acts/accept")).status_code == 403
    assert of_city.post(_milestone_url(thing, "acts/return")).status_code == 409
    back = of_city.post(_milestone_url(thing, "acts/return"), {"reason": "Faltan dos barrios"})
    assert back.status_code == 302
    assert "Faltan dos barrios" in of_startup.get(_milestone_url(thing)).text
    assert thing.status is M.RETURNED
    proof["evidence"] = "Ahora los cuatro barrios"
    assert of_startup.post(_milestone_url(thing, "deliver"), proof).status_code == 302
    assert of_city.post(_milestone_url(thing, "acts/accept")).status_code == 302
    assert (thing.status, thing.evidence) == (M.ACCEPTED, "Ahora los cuatro barrios")
    assert _subjects(city) == [f"Delivered: {thing.title}"] * 2
    assert _subjects(startup) == [f"Returned: {thing.title}", f"Accepted: {thing.title}"]


def test_overdue_is_derived_from_the_day_in_the_city(people, browser):
    city = people.city()
    thing = milestone(
        pilot(city, people.startup(), S.RUNNING), due_on=datetime(2026, 11, 22, tzinfo=UTC).date()
    )
    # Until 03:00 UTC it is still the 22nd in Buenos Aires.
    with time_machine.travel(datetime(2026, 11, 23, 2, 59, tzinfo=UTC), tick=False):
        assert (thing.is_overdue, thing.days_left) == (False, 0)
    with time_machine.travel(datetime(2026, 11, 23, 3, 1, tzinfo=UTC), tick=False):
        assert (thing.is_overdue, thing.days_left) == (True, -1)
        assert "Overdue" in browser(city).get(_milestone_url(thing)).text
        due = {item.milestone.title: item.days_left for item in queries.due_soon(city.actor)}
        assert due["Tablero instalado"] == -1
        assert queries.due_soon(people.city().actor) == []
        thing.status = M.DELIVERED
        assert not thing.is_overdue


def test_milestones_wait_for_the_signatures(browser, sides):
    thing = pilot(*sides)
    first = queries.milestones(thing)[0]
    assert browser(sides[1]).post(_milestone_url(first, "acts/begin")).status_code == 409
    assert "acts/begin" not in browser(sides[1]).get(_milestone_url(first)).text
    assert first.status is M.PLANNED


def test_once_it_runs_only_the_city_plans_and_nobody_while_it_is_signed(browser, sides):
    city, startup = sides
    thing = pilot(city, startup, S.SIGNING)
    fields = {"title": "Uno más", "due_on": utcnow().date().isoformat()}
    for reader in sides:
        assert browser(reader).post(url(thing, "milestones/new"), fields).status_code == 409
    thing.status = S.RUNNING
    db.session.commit()
    assert browser(startup).post(url(thing, "milestones/new"), fields).status_code == 403
    for _ in range(5):
        assert browser(city).post(url(thing, "milestones/new"), fields).status_code == 302
    assert browser(city).post(url(thing, "milestones/new"), fields).status_code == 409
    assert len(queries.milestones(thing)) == 8
    first = queries.milestones(thing)[0]
    assert browser(city).post(_milestone_url(first, "remove")).status_code == 409


def test_indicators_belong_to_the_agreement(browser, sides):
    thing = pilot(*sides)
    today = utcnow().date().isoformat()
    fields = {
        "name": "Horas hasta atender",
        "unit": "horas",
        "direction": "down",
        "baseline": "72",
        "baseline_on": today,
        "target": "24",
        "frequency": "weekly",
    }
    wrong = browser(sides[1]).post(url(thing, "indicators/new"), {**fields, "target": "90"})
    assert wrong.status_code == 422
    assert "in the direction chosen" in wrong.text
    assert browser(sides[1]).post(url(thing, "indicators/new"), fields).status_code == 302
    changed = {**fields, "target": "12"}
    assert browser(sides[0]).post(url(thing, "indicators/2/edit"), changed).status_code == 302
    assert queries.indicators(thing)[1].target == 12
    assert browser(sides[0]).post(url(thing, "indicators/3/edit"), changed).status_code == 404
    thing.status = S.RUNNING
    db.session.commit()
    assert browser(sides[0]).post(url(thing, "indicators/2/edit"), fields).status_code == 409
    assert browser(sides[0]).post(url(thing, "indicators/2/remove")).status_code == 409
    assert queries.indicators(thing)[1].target == 12


def test_a_reading_is_added_once_a_day_and_its_correction_is_kept(browser, sides, running):
    city, startup = sides
    readings = url(running, "indicators/1/readings")
    today = utcnow().date()
    fields = {"on": today.isoformat(), "value": "300", "note": "Sistema 147"}
    assert browser(startup).post(readings, fields).status_code == 302
    again = browser(city).post(readings, {**fields, "value": "299", "note": "Lo que escribí"})
    assert again.status_code == 422
    assert "correct it instead" in again.text
    assert "Lo que escribí" in again.text
    for wrong in (today + timedelta(days=2), today - timedelta(days=40)):
        assert browser(city).post(readings, {**fields, "on": str(wrong)}).status_code == 422
    made = db.session.query(Reading).one()
    correction = {"value": "280.5", "note": "Faltaban reclamos"}
    assert browser(city).post(f"{readings}/{made.id}", correction).status_code == 302
    assert (made.value, made.note) == (Decimal("280.5"), "Faltaban reclamos")
    audited = entries_for(running)[-1]
    assert audited.action == "correct_reading"
    assert (audited.details["value_from"], audited.details["value_to"]) == ("300", "280.5")


def test_a_reading_of_another_pilot_is_not_there(people, browser, sides, running):
    other = pilot(sides[0], people.startup(), S.RUNNING)
    made = reading(queries.indicators(other)[0], 310)
    address = url(running, f"indicators/1/readings/{made.id}")
    assert browser(sides[0]).post(address, {"value": "1"}).status_code == 404
    assert made.value == 310


def test_readings_end_with_the_pilot(browser, sides, running):
    running.status = S.NOT_CARRIED_OUT
    db.session.commit()
    fields = {"on": utcnow().date().isoformat(), "value": "300"}
    answer = browser(sides[0]).post(url(running, "indicators/1/readings"), fields)
    assert answer.status_code == 409
    assert db.session.query(Reading).count() == 0


def test_a_report_is_sent_returned_and_accepted(people, browser, sides, running):
    city, startup = sides
    today = utcnow().date()
    fields = {"period_from": str(today - timedelta(days=14)), "period_to": str(today)}
    assert browser(city).post(url(running, "reports/new"), fields).status_code == 403
    backwards = {"period_from": str(today), "period_to": str(today - timedelta(days=1))}
    assert browser(startup).post(url(running, "reports/new"), backwards).status_code == 422
    assert browser(startup).post(url(running, "reports/new"), fields).status_code == 302
    report = db.session.query(ProgressReport).one()
    assert browser(startup).post(_report_url(report, "acts/submit")).status_code == 409
    full = {**fields, "done": "Instalado", "next_steps": "Medir", "risks": "Lluvia"}
    assert browser(startup).post(_report_url(report, "edit"), full).status_code == 302
    assert browser(startup).post(_report_url(report, "acts/submit")).status_code == 302
    assert browser(startup).post(_report_url(report, "edit"), full).status_code == 409
    assert browser(startup).post(_report_url(report, "acts/accept")).status_code == 403
    back = {"reason": "Falta el barrio norte"}
    assert browser(city).post(_report_url(report, "acts/return"), back).status_code == 302
    assert report.status is R.RETURNED
    assert browser(startup).post(_report_url(report, "acts/submit")).status_code == 302
    assert browser(city).post(_report_url(report, "acts/accept")).status_code == 302
    assert report.status is R.ACCEPTED
    reader = people.person(startup.organization, Role.VIEWER)
    assert "Instalado" in browser(reader).get(_report_url(report)).text


def test_the_picture_of_readings_is_drawn_without_scripts(browser, sides, running):
    reading(queries.indicators(running)[0], 250)
    indicator(running, name="<script>alert(1)</script>", unit="&")
    for number in (1, 2):
        answer = browser().get(url(running, f"indicators/{number}.svg"))
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"
        assert "<script" not in answer.text
        assert "href=" not in answer.text
        assert "url(" not in answer.text
    assert browser().get(url(running, "indicators/3.svg")).status_code == 404
    assert browser().get(url(running, "indicators/0.svg")).status_code == 404
