"""From the tables of states to what a page draws: the buttons, the stepper, the chip."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.workflow import Transition, Workflow
from app.lifecycle import Act, Lifecycle, available
from app.web.forms import clean_text
from app.web.labels import choices, label

_LONGEST_REASON = 4000
_HARMFUL = {
    "cancel",
    "dismiss",
    "discard",
    "suspend",
    "refuse",
    "abandon",
    "withdraw",
    "reject",
    "declare_void",
    "decline_as_city",
    "decline_as_startup",
    "decline",
    "lapse",
    "end",
}
_SECONDARY = {"archive", "request_changes", "pause", "return", "return_agreement", "set_aside"}


@dataclass(frozen=True, slots=True)
class Action:
    """One button of the action bar."""

    name: str
    label: Any
    url: str
    style: str = "primary"
    needs_reason: bool = False
    reason_choices: Sequence[tuple[str, Any]] | None = None
    confirm: Any = None
    hint: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """One state in the stepper."""

    label: Any
    state: str
    hint: Any = None


def action_bar(
    thing: Lifecycle,
    actor: Actor,
    address: Callable[[str], str],
    *,
    without: Iterable[StrEnum] = (),
    confirmations: dict[StrEnum, Any] | None = None,
) -> list[Action]:
    """Return the buttons that ``actor`` has for ``thing`` now.

    Args:
        thing: what the page shows.
        actor: who looks at it.
        address: the URL to post an act's name to.
        without: acts that have a page of their own instead of a button.
        confirmations: sentences asked before an act, besides the usual one for final acts.
    """
    left_out = set(without)
    asked = confirmations or {}
    return [
        _button(row, address(row.action), asked.get(row.action))
        for row in available(thing, actor)
        if row.action not in left_out
    ]


def _button(row: Transition, url: str, confirm: Any) -> Action:
    style = "danger" if row.action in _HARMFUL else "primary"
    if row.action in _SECONDARY:
        style = "secondary"
    return Action(
        name=row.action.value,
        label=label(row.action),
        url=url,
        style=style,
        needs_reason=row.needs_reason,
        reason_choices=choices(row.reasons) if row.reasons else None,
        confirm=confirm or (_l("This cannot be undone.") if row.final else None),
    )


def stepper(thing: Lifecycle, hint: Any = None, *, happenings: Iterable[Any] = ()) -> list[Step]:
    """Return the undisturbed life of ``thing`` with where it is now.

    A side exit stands after the step it was left from; what follows it is shown only where the
    thing can come back. ``happenings``: its trail, newest first, which tells that step.
    """
    path = thing.workflow.path
    status = thing.status
    if status not in path:
        left = _left_from(thing, happenings) + 1
        rest = path[left:] if _comes_back(thing.workflow, status) else ()
        return [
            *(Step(label(state), "done") for state in path[:left]),
            Step(label(status), "current", hint),
            *(Step(label(state), "todo") for state in rest),
        ]
    here = path.index(status)
    ended = thing.workflow.is_end(status) or here == len(path) - 1
    return [
        Step(label(state), _progress(index, here, ended), hint if index == here else None)
        for index, state in enumerate(path)
    ]


def _comes_back(workflow: Workflow, status: StrEnum) -> bool:
    """Tell whether the table leads from a side exit to the path again."""
    seen: set[StrEnum] = set()
    ahead = [status]
    while ahead:
        here = ahead.pop()
        seen.add(here)
        ahead += [row.target for row in workflow.available(here) if row.target not in seen]
    return bool(seen & set(workflow.path))


def _left_from(thing: Lifecycle, happenings: Iterable[Any]) -> int:
    """Return the place in the path from which ``thing`` went aside."""
    path = thing.workflow.path
    for happening in happenings:
        for status in (happening.to_status, happening.from_status):
            if status in path:
                return path.index(status)
    return 0


def _progress(index: int, here: int, ended: bool) -> str:
    if index < here or (ended and index == here):
        return "done"
    return "current" if index == here else "todo"


def posted(thing: Lifecycle, name: str) -> Act:
    """Read an action form; an act that the kind of thing does not have is 404, long text 413."""
    if name not in set(thing.workflow.actions):
        abort(404)
    reason = clean_text(request.form.get("reason"))
    if len(reason) > _LONGEST_REASON:
        abort(413)
    return Act(
        action=thing.workflow.actions(name),
        reason=reason.replace("\x00", ""),
        reason_code=request.form.get("reason_code") or None,
        version=posted_version(),
    )


def posted_version() -> int | None:
    """Return the version that the person had on the screen, if the form carried one."""
    version = request.form.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
