"""The demo's pilots: agreed, signed, worked on, and brought to an end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.domain.states import PilotAction as Do
from app.domain.vocabulary import Currency, PilotDecision, Side
from app.lifecycle import Act
from app.pilots import queries, service
from app.pilots.indicators.service import edit_indicator
from app.pilots.milestones.service import add_milestone
from app.pilots.models import today_in
from seeds import cast, content, work
from seeds.calendar import Calendar
from seeds.content import Row
from seeds.matches import DECIDED_AFTER

_OPENED_AFTER = DECIDED_AFTER + 5
_STARTED_AFTER = 35
_STARTS_IN = 16
_SHARED = ("city_duties", "startup_duties", "privacy", "intellectual_property", "exit_plan")
_CLOSING = ("done", "results", "lessons", "obstacles", "decision_reason", "in_use")


def plan(calendar: Calendar) -> None:
    """Let each pilot run its course, as far as its outcome says."""
    for story in content.stories():
        if "outcome" in story:
            _plan(calendar, story)


def _plan(calendar: Calendar, story: Row) -> None:
    challenge = content.challenges()[story["challenge"]]
    opened = challenge["closes_in_days"] + _OPENED_AFTER
    weeks: int = story["weeks"] if "weeks" in story else challenge["pilot_weeks"]
    if story["outcome"] == "signing":
        _plan_agreement(calendar, story, opened, _STARTS_IN, weeks)
        return
    started = -story.get("started_days_ago", -challenge["closes_in_days"] - _STARTED_AFTER)
    _plan_agreement(calendar, story, opened, started, weeks)
    if cast.startup_of(story["solution"]) is not None:
        calendar.add(started, _sign, story, Side.STARTUP)
    work.plan(calendar, story, started, weeks)
    _end(calendar, story, started + 7 * weeks)


def _plan_agreement(calendar: Calendar, story: Row, opened: int, started: int, weeks: int) -> None:
    starts_on = calendar.day(started) + timedelta(days=1)
    sent = min(started - 5, -4)
    calendar.add(opened, _open, story)
    calendar.add(opened + 4, _agree, story, starts_on, weeks)
    calendar.add(sent, _send, story)
    calendar.add(sent + 3, _sign, story, Side.CITY)


def _end(calendar: Calendar, story: Row, ended: int) -> None:
    if story["outcome"] == "finished":
        calendar.add(ended + 8, _begin_closing, story)
        calendar.add(ended + 10, _write_closing, story)
        calendar.add(ended + 12, _finish, story)
    elif story["outcome"] == "paused":
        calendar.add(-6, _pause, story)
    elif story["outcome"] == "abandoned":
        calendar.add(-story["abandoned_days_ago"], _abandon, story)


def _open(story: Row) -> None:
    service.open_pilot(cast.match(story), cast.owner_of(cast.city_of(story["challenge"])))


def _agree(story: Row, starts_on: date, weeks: int) -> None:
    """Write the agreement, its milestones and where its figures come from."""
    pilot = cast.pilot(story)
    actor = cast.owner_of(cast.city_of(story["challenge"]))
    shared = content.clauses(pilot.lang)
    values = _agreement(story, shared, starts_on, weeks)
    if pilot.cost_amount is None:
        values["cost_amount"] = Decimal(0)
    else:
        values["paid_by"] = pilot.city.full_name
    if pilot.startup_id is None:
        values["startup_duties"] = ""
    service.edit_agreement(pilot, values, actor, None)
    for index, row in enumerate(shared["milestones"], start=1):
        days = 7 * weeks * index // len(shared["milestones"])
        milestone = {**row, "due_on": starts_on + timedelta(days=days)}
        add_milestone(pilot, milestone, actor)
    for indicator in queries.indicators(pilot):
        measured = {
            "source": shared["source"],
            "responsible": shared["responsible"],
            "baseline_on": today_in(pilot.city.timezone),
        }
        edit_indicator(indicator, measured, actor)


def _agreement(story: Row, shared: Row, starts_on: date, weeks: int) -> dict[str, Any]:
    return {
        **{name: shared[name] for name in _SHARED},
        "scope": story["scope"],
        "integration_owner": story["integration_owner"],
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(weeks=weeks),
    }


def _send(story: Row) -> None:
    _by_the_city(story, Act(Do.SEND_AGREEMENT))


def _sign(story: Row, side: Side) -> None:
    pilot = cast.pilot(story)
    signing = pilot.city if side is Side.CITY or pilot.startup is None else pilot.startup
    service.sign(pilot, side, cast.owner_of(signing.slug), None)


def _pause(story: Row) -> None:
    _by_the_city(story, Act(Do.PAUSE, story["pause_reason"]))


def _begin_closing(story: Row) -> None:
    _by_the_city(story, Act(Do.BEGIN_CLOSING))


def _write_closing(story: Row) -> None:
    values: dict[str, Any] = {name: story[name] for name in _CLOSING}
    values["decision"] = PilotDecision(story["decision"])
    if "contract_value" in story:
        values["contract_value"] = Decimal(story["contract_value"])
        values["contract_currency"] = Currency(story["contract_currency"])
    actor = cast.owner_of(cast.city_of(story["challenge"]))
    service.edit_closing_report(cast.pilot(story), values, actor, None)


def _finish(story: Row) -> None:
    _by_the_city(story, Act(Do.FINISH))


def _abandon(story: Row) -> None:
    sent = Act(Do.ABANDON, story["abandon_note"], story["abandon_reason"])
    actor = cast.owner_of(cast.city_of(story["challenge"]))
    service.abandon(cast.pilot(story), sent, story["lessons"], actor)


def _by_the_city(story: Row, sent: Act) -> None:
    service.act(cast.pilot(story), sent, cast.owner_of(cast.city_of(story["challenge"])))
