"""How the audit trail reads on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from app.domain.workflow import Workflow
from app.web.labels import label
from app.web.labels_history import DONE

PLAIN_ACTS: dict[str, Any] = {
    "create": _lp("history", "Created"),
    "edit": _lp("history", "Edited"),
    "accept_as_city": _l("Accepted by the city"),
    "accept_as_startup": _l("Accepted by the startup"),
    "sign_as_city": _l("Signed by the city"),
    "sign_as_startup": _l("Signed by the startup"),
    "add_concept": _l("Concept added"),
    "edit_concept": _l("Concept changed"),
    "withdraw_concept": _l("Concept withdrawn"),
    "import_concepts": _l("Concepts imported"),
    "add_reading": _l("Reading added"),
    "add_milestone": _l("Milestone added"),
    "add_indicator": _l("Indicator added"),
    "open_pilot": _l("Pilot opened"),
    "edit_milestone": _l("Milestone edited"),
    "remove_milestone": _l("Milestone removed"),
    "edit_indicator": _l("Indicator edited"),
    "remove_indicator": _l("Indicator removed"),
    "correct_reading": _l("Reading corrected"),
    "edit_closing_report": _l("Closing report edited"),
    "join": _lp("history", "Joined"),
    "leave": _lp("history", "Left"),
    "change_role": _l("Role changed"),
    "invite": _l("Invitation sent"),
    "revoke_invitation": _l("Invitation taken back"),
    "register": _l("Account opened"),
    "confirm_email": _l("Address confirmed"),
    "change_email": _l("Address changed"),
    "change_password": _l("Password changed"),
    "set_two_factor": _l("Second step switched on"),
    "disable_two_factor": _l("Second step switched off"),
    "new_recovery_codes": _l("New recovery codes made"),
    "use_recovery_code": _l("Recovery code used"),
    "sign_out_everywhere": _l("Signed out everywhere"),
}


def add_acts(words: Mapping[str, Any]) -> None:
    """Register what a history says of a feature's acts that are in no table of states."""
    PLAIN_ACTS.update(words)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline macro."""

    when: datetime
    who: str
    what: Any
    why: str | None
    chip: Any = None


def timeline(workflow: Workflow, happenings: Iterable[Any], *, names: bool = True) -> list[Entry]:
    """Return the lines for a thing of ``workflow``; without ``names`` only organizations show."""
    return [
        Entry(
            happening.when,
            _who(happening, names) or str(_l("The platform")),
            _what(workflow, happening),
            _why(workflow, happening) or None,
        )
        for happening in happenings
    ]


def _who(happening: Any, names: bool) -> str:
    parts = (happening.person if names else "", happening.organization)
    return ", ".join(part for part in parts if part)


def _what(workflow: Workflow, happening: Any) -> Any:
    if happening.action in set(workflow.actions):
        return DONE[workflow.actions][happening.action]
    act = PLAIN_ACTS.get(happening.action, happening.action)
    about = _about(happening.details)
    return f"{act}: {about}" if about else act


def _about(details: dict[str, Any]) -> str:
    """Return what a plain act was about, where the trail kept it: a name, and a value."""
    name = details.get("indicator") or details.get("name") or details.get("title") or ""
    value = details.get("value") or details.get("value_to")
    return f"{name} = {value}" if name and value is not None else str(name)


def _why(workflow: Workflow, happening: Any) -> str:
    reasons = {row.reasons for row in workflow.transitions if row.action == happening.action}
    coded = [
        str(label(kind(happening.reason_code)))
        for kind in reasons
        if kind is not None and happening.reason_code in set(kind)
    ]
    return ": ".join(part for part in (*coded, happening.reason) if part)
