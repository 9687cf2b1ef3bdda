"""Writing and judging progress reports."""

from collections.abc import Mapping
from typing import Any

from app import audit
from app.domain.actors import Actor
from app.domain.errors import OutOfOrder, RuleBroken
from app.domain.states import ReportAction
from app.extensions import utcnow
from app.lifecycle import Act, apply, check_version
from app.pilots.models import UNDER_WAY, Pilot
from app.pilots.reports.models import ProgressReport
from app.pilots.service import hold, require_status
from app.pilots.telling import tell_of_work


def add_report(pilot: Pilot, values: Mapping[str, Any], actor: Actor) -> ProgressReport:
    """Start the report of a period.

    Raises:
        OutOfOrder: the pilot is not under way.
    """
    hold(pilot)
    require_status(pilot, UNDER_WAY)
    report = ProgressReport(pilot=pilot, **values)
    audit.record(report, "create", actor, to_status=report.status)
    return report


def edit_report(
    report: ProgressReport, values: Mapping[str, Any], actor: Actor, seen: int | None
) -> None:
    """Rewrite a report that was not sent yet, or was returned.

    Raises:
        OutOfOrder: it is with the city, or accepted.
        SomeoneWasFaster: a colleague saved since version ``seen``.
    """
    if not report.is_editable:
        raise OutOfOrder("edit", report.status)
    check_version(report, seen)
    for name, value in values.items():
        setattr(report, name, value)
    report.updated_at = utcnow()
    audit.record(report, "edit", actor)


def act_on_report(report: ProgressReport, sent: Act, actor: Actor) -> None:
    """Apply an act of the report's table while the pilot is under way.

    Raises:
        RuleBroken: ``pilot_not_under_way``, or ``report_incomplete``.
        DomainError: as ``lifecycle.apply``.
    """
    hold(report.pilot)
    if report.pilot.status not in UNDER_WAY:
        raise RuleBroken("pilot_not_under_way")
    if sent.action is ReportAction.SUBMIT and not (report.done and report.next_steps):
        raise RuleBroken("report_incomplete")
    apply(report, sent, actor)
    tell_of_work(report, sent)
