"""Agreeing on indicators and reading them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app import audit
from app.domain.actors import Actor
from app.domain.errors import RuleBroken
from app.domain.states import PilotStatus
from app.extensions import db
from app.pilots import queries
from app.pilots.indicators.measure import plain_number
from app.pilots.indicators.models import Indicator, Reading
from app.pilots.models import UNDER_WAY, Pilot, today_in
from app.pilots.rules import MOST_INDICATORS
from app.pilots.service import hold, require_status


def add_indicator(pilot: Pilot, values: Mapping[str, Any], actor: Actor) -> Indicator:
    """Agree on one more thing to measure.

    Raises:
        OutOfOrder: the agreement was sent: what is measured is part of it.
        RuleBroken: ``too_many_indicators``.
    """
    hold(pilot)
    require_status(pilot, {PilotStatus.PREPARING})
    if len(queries.indicators(pilot)) >= MOST_INDICATORS:
        raise RuleBroken("too_many_indicators", most=MOST_INDICATORS)
    indicator = Indicator(pilot=pilot, **values)
    db.session.add(indicator)
    audit.record(pilot, "add_indicator", actor, name=indicator.name)
    return indicator


def edit_indicator(indicator: Indicator, values: Mapping[str, Any], actor: Actor) -> None:
    """Change what is measured, before the agreement is sent.

    Raises:
        OutOfOrder: the agreement was sent.
    """
    hold(indicator.pilot)
    require_status(indicator.pilot, {PilotStatus.PREPARING})
    for name, value in values.items():
        setattr(indicator, name, value)
    audit.record(indicator.pilot, "edit_indicator", actor, name=indicator.name)


def remove_indicator(indicator: Indicator, actor: Actor) -> None:
    """Take an indicator out, before the agreement is sent.

    Raises:
        OutOfOrder: the agreement was sent.
    """
    pilot = indicator.pilot
    hold(pilot)
    require_status(pilot, {PilotStatus.PREPARING})
    audit.record(pilot, "remove_indicator", actor, name=indicator.name)
    db.session.delete(indicator)
    db.session.flush()


def add_reading(indicator: Indicator, on: date, value: Decimal, note: str, actor: Actor) -> Reading:
    """Record the value of an indicator on a day.

    Raises:
        OutOfOrder: the pilot is not under way.
        RuleBroken: ``reading_in_the_future``, ``reading_before_baseline`` or ``reading_exists``.
    """
    pilot = indicator.pilot
    hold(pilot)
    require_status(pilot, UNDER_WAY)
    _check_day(indicator, on)
    taken = select(Reading.id).where(Reading.indicator_id == indicator.id, Reading.on == on)
    if db.session.scalar(taken) is not None:
        raise RuleBroken("reading_exists")
    reading = Reading(indicator=indicator, on=on, value=value, note=note, user_id=actor.id)
    db.session.add(reading)
    db.session.flush()
    audit.record(
        pilot,
        "add_reading",
        actor,
        indicator=indicator.name,
        on=on.isoformat(),
        value=plain_number(value),
    )
    return reading


def _check_day(indicator: Indicator, on: date) -> None:
    if on > today_in(indicator.pilot.city.timezone):
        raise RuleBroken("reading_in_the_future")
    if on < indicator.baseline_on:
        raise RuleBroken("reading_before_baseline")


def correct_reading(reading: Reading, value: Decimal, note: str, actor: Actor) -> None:
    """Correct a value; the one it had stays in the audit trail.

    Raises:
        OutOfOrder: the pilot is not under way.
    """
    pilot = reading.indicator.pilot
    hold(pilot)
    require_status(pilot, UNDER_WAY)
    before = reading.value
    reading.value, reading.note, reading.user_id = value, note, actor.id
    audit.record(
        pilot,
        "correct_reading",
        actor,
        indicator=reading.indicator.name,
        on=reading.on.isoformat(),
        value_from=plain_number(before),
        value_to=plain_number(value),
    )
