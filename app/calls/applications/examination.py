"""What the coordination says of an application, one requirement and document after the other."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from app import audit
from app.calls.applications import fields
from app.calls.applications.fields import Item, Kind
from app.calls.applications.models import AdmissibilityCheck, Application, Correction
from app.calls.applications.rules import open_correction
from app.calls.applications.telling import tell_city
from app.calls.applications.versions import received, restore
from app.calls.applications.window import has_closed
from app.domain.actors import Actor
from app.domain.call_states import ApplicationAction, ApplicationStatus, CallStatus
from app.domain.call_vocabulary import Verdict
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.domain.permissions import Permission, can
from app.extensions import db, utcnow
from app.lifecycle import Act, apply

_A = ApplicationAction
_EXAMINED = frozenset({Kind.REQUIREMENT, Kind.DOCUMENT})
_BEFORE_RESULTS = frozenset({CallStatus.PUBLISHED, CallStatus.EVALUATING})


def items_to_check(application: Application) -> list[Item]:
    """Return what is examined one by one: each requirement and each document that matters."""
    said = received(application)
    return [
        item
        for item in fields.items(application.call)
        if item.kind in _EXAMINED
        and (item.kind is Kind.REQUIREMENT or item.required or said.get(item.key))
    ]


def verdicts(application: Application) -> dict[str, AdmissibilityCheck]:
    """Return what was said so far, by the key of the item."""
    return {one.item: one for one in application.checks}


def unchecked(application: Application) -> list[Item]:
    """Return what is not met yet, or was not looked at."""
    said = verdicts(application)
    return [
        item
        for item in items_to_check(application)
        if item.key not in said or said[item.key].verdict is not Verdict.PASSED
    ]


def findings(application: Application) -> list[tuple[Item, AdmissibilityCheck]]:
    """Return what its city reads of it: why it was not admitted, or what to correct."""
    told = {
        ApplicationStatus.NOT_ADMITTED: Verdict.FAILED,
        ApplicationStatus.CORRECTING: Verdict.TO_CORRECT,
    }.get(ApplicationStatus(application.status))
    said = verdicts(application)
    return [
        (item, said[item.key])
        for item in items_to_check(application)
        if item.key in said and told is not None and said[item.key].verdict is told
    ]


def check(
    application: Application, item: str, verdict: Verdict, note: str, actor: Actor
) -> AdmissibilityCheck:
    """Say of one item whether it is met.

    Raises:
        NotAllowed: the actor does not run the call, or has a conflict of interest.
        OutOfOrder: the application is not being examined.
        RuleBroken: ``examination_waits``, or ``unknown_item``.
    """
    if not can(actor, Permission.APPLICATION_ASSESS, application.subject):
        raise NotAllowed(Permission.APPLICATION_ASSESS)
    if application.status is not ApplicationStatus.SUBMITTED:
        raise OutOfOrder("check", application.status)
    _require_closed(application)
    if item not in {one.key for one in items_to_check(application)}:
        raise RuleBroken("unknown_item")
    found = verdicts(application).get(item)
    if found is None:
        found = AdmissibilityCheck(item=item, verdict=verdict)
        application.checks.append(found)
    found.verdict, found.note = verdict, note
    found.checked_by_id, found.checked_at = actor.id, utcnow()
    application.updated_at = utcnow()
    audit.record(application, "check", actor, name=_label(application, item), verdict=verdict)
    return found


def _label(application: Application, key: str) -> str:
    return next(str(item.label) for item in fields.items(application.call) if item.key == key)


def request_correction(
    application: Application,
    items: Collection[str],
    note: str,
    due_at: datetime,
    actor: Actor,
    seen: int | None = None,
) -> Correction:
    """Open some pieces of an application to its city again, until ``due_at``.

    Raises:
        RuleBroken: ``examination_waits``; ``nothing_to_correct``; ``unknown_item``;
            ``due_in_the_past``.
        DomainError: as ``lifecycle.apply``.
    """
    _require_closed(application)
    known = [item.key for item in fields.items(application.call)]
    if not items:
        raise RuleBroken("nothing_to_correct")
    if not set(items) <= set(known):
        raise RuleBroken("unknown_item")
    if due_at <= utcnow():
        raise RuleBroken("due_in_the_past")
    apply(application, Act(_A.REQUEST_CORRECTION, note, version=seen), actor)
    correction = Correction(
        items=[key for key in known if key in items],
        note=note,
        requested_by_id=actor.id,
        due_at=due_at,
    )
    application.corrections.append(correction)
    tell_city(application, "application_correction", correction=correction)
    return correction


def check_examination(application: Application, action: StrEnum) -> None:
    """Refuse an act that what was found does not allow.

    Raises:
        OutOfOrder: the table has no such act now.
        RuleBroken: why not.
    """
    application.workflow.find(action, application.status)
    _require_closed(application)
    if application.call.status not in _BEFORE_RESULTS:
        raise RuleBroken("examination_over")
    if action is _A.REQUEST_CORRECTION:
        raise RuleBroken("nothing_to_correct")
    if action is _A.ADMIT and unchecked(application):
        raise RuleBroken("not_all_met", items=_names(unchecked(application)))
    if action is _A.NOT_ADMIT and not _any(application, Verdict.FAILED):
        raise RuleBroken("nothing_failed")
    if action is _A.END_CORRECTION and _may_still_correct(application):
        raise RuleBroken("correction_runs")


def _require_closed(application: Application) -> None:
    if not has_closed(application.call):
        raise RuleBroken("examination_waits")


def _may_still_correct(application: Application) -> bool:
    correction = open_correction(application)
    return correction is not None and utcnow() < correction.due_at


def _any(application: Application, verdict: Verdict) -> bool:
    return any(one.verdict is verdict for one in application.checks)


def _names(items: list[Item]) -> str:
    return "; ".join(str(item.label) for item in items)


def settle_examination(application: Application, action: StrEnum) -> None:
    """Do what follows from an act of an examination, or from its answer."""
    if action is _A.END_CORRECTION:
        restore(application)
    if action is _A.RESUBMIT:
        _forget_what_was_corrected(application)
    db.session.flush()


def _forget_what_was_corrected(application: Application) -> None:
    """Let what was corrected be looked at again."""
    correction = next(one for one in reversed(application.corrections) if not one.answered_at)
    correction.answered_at = utcnow()
    for one in list(application.checks):
        if one.item in correction.items or one.verdict is Verdict.TO_CORRECT:
            application.checks.remove(one)
