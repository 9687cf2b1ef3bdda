"""The daily life of a pilot: milestones delivered, indicators read, reports written."""

from datetime import date, timedelta
from decimal import Decimal

from app.domain.actors import Actor
from app.domain.states import MilestoneAction, ReportAction
from app.lifecycle import Act
from app.pilots import queries
from app.pilots.indicators.models import Indicator
from app.pilots.indicators.service import add_reading
from app.pilots.milestones.models import Milestone
from app.pilots.milestones.service import act_on_milestone, deliver
from app.pilots.models import Pilot
from app.pilots.reports.service import act_on_report, add_report
from seeds import cast, content
from seeds.calendar import Calendar
from seeds.content import Row

_FORTNIGHT = 14
_MILESTONES = 4
_RETURNED = 0
"""The milestone that the city gives back once: it happens to the best."""


def plan(calendar: Calendar, story: Row, started: int, weeks: int) -> None:
    """Let a pilot be worked on from its start until its end, its abandonment or yesterday."""
    last = min(started + 7 * weeks + 5, -1 - story.get("abandoned_days_ago", 1))
    if story["outcome"] == "paused":
        last = -8
    for index in range(_MILESTONES):
        _plan_milestone(calendar, story, started, 7 * weeks, index, last)
    _plan_readings(calendar, story, started, last)
    for index, end in enumerate(range(started + _FORTNIGHT, last, _FORTNIGHT)):
        share = 2 * index / weeks
        calendar.add(end + 1, _send_report, story, share, calendar.day(end))
        if end + 4 <= last:
            calendar.add(end + 4, _accept_report, story)


def _plan_milestone(
    calendar: Calendar, story: Row, started: int, days: int, index: int, last: int
) -> None:
    due = started + 1 + days * (index + 1) // _MILESTONES
    begun = started + 2 + days * index // _MILESTONES
    steps = [(begun, _begin), (due - 2, _deliver), (due + 2, _accept)]
    if index == _RETURNED:
        steps[2:] = [(due, _return), (due + 3, _deliver), (due + 4, _accept)]
    if index == story.get("late_milestone"):
        steps = steps[:1]
    for day, verb in steps:
        if day <= last:
            calendar.add(day, verb, story, index)


def _plan_readings(calendar: Calendar, story: Row, started: int, last: int) -> None:
    series: list[list[float]] = story.get("progress", [])
    count = max(map(len, series), default=0)
    for number in range(count):
        day = started + 6 + (last - 1 - started - 6) * number // max(count - 1, 1)
        calendar.add(day, _read, story, number, calendar.day(day))


def _read(story: Row, number: int, on: date) -> None:
    pilot = cast.pilot(story)
    actor = cast.worker_of(pilot.city.slug)
    for indicator, shares in zip(queries.indicators(pilot), story["progress"], strict=True):
        add_reading(indicator, on, _value(indicator, shares[number]), "", actor)


def _value(indicator: Indicator, share: float) -> Decimal:
    """Return the value at a share of the way, as finely as the indicator is told."""
    way = indicator.target - indicator.baseline
    decimals = max(
        0,
        *(-int(v.normalize().as_tuple().exponent) for v in (indicator.baseline, indicator.target)),
    )
    fine = Decimal(1).scaleb(-max(decimals, 1 if abs(way) < 10 else 0))
    return (indicator.baseline + way * Decimal(str(share))).quantize(fine)


def _provider(pilot: Pilot) -> Actor:
    """Return who delivers: the startup, or with a public good the city itself."""
    return cast.worker_of((pilot.startup or pilot.city).slug)


def _milestone(story: Row, index: int) -> Milestone:
    return queries.milestones(cast.pilot(story))[index]


def _begin(story: Row, index: int) -> None:
    milestone = _milestone(story, index)
    act_on_milestone(milestone, Act(MilestoneAction.BEGIN), _provider(milestone.pilot))


def _deliver(story: Row, index: int) -> None:
    milestone = _milestone(story, index)
    evidence = content.clauses(milestone.pilot.lang)["evidence"]
    sent = Act(MilestoneAction.DELIVER)
    deliver(milestone, evidence, "", sent, _provider(milestone.pilot))


def _return(story: Row, index: int) -> None:
    milestone = _milestone(story, index)
    reason = content.clauses(milestone.pilot.lang)["returned"]
    _judge(milestone, Act(MilestoneAction.RETURN, reason))


def _accept(story: Row, index: int) -> None:
    _judge(_milestone(story, index), Act(MilestoneAction.ACCEPT))


def _judge(milestone: Milestone, sent: Act) -> None:
    act_on_milestone(milestone, sent, cast.worker_of(milestone.pilot.city.slug))


def _send_report(story: Row, share: float, period_to: date) -> None:
    pilot = cast.pilot(story)
    told: list[Row] = content.clauses(pilot.lang)["reports"]
    values = {
        **told[int(share * len(told))],
        "period_from": period_to - timedelta(days=_FORTNIGHT - 1),
        "period_to": period_to,
    }
    actor = _provider(pilot)
    report = add_report(pilot, values, actor)
    act_on_report(report, Act(ReportAction.SUBMIT), actor)


def _accept_report(story: Row) -> None:
    report = queries.reports(cast.pilot(story))[0]
    act_on_report(report, Act(ReportAction.ACCEPT), cast.worker_of(report.pilot.city.slug))
