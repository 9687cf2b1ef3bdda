"""Writes the tables of states and permissions as a page with diagrams."""

import inspect
from collections.abc import Iterable, Iterator

from app.domain.permissions import POLICY, Permission, Rule
from app.domain.predicates import Predicate
from app.domain.workflow import Transition, Workflow
from app.domain.workflows import WORKFLOWS

_HEAD = """\
# States and permissions

Generated from `app/domain/workflows.py` and `app/domain/permissions.py` with `make rules`; do not
edit by hand. What the clock decides (open, closed, overdue, expired) is derived from dates and is
not a state.
"""


def rules_page() -> str:
    """Return the whole page."""
    parts = [_HEAD, *(_life(workflow) for workflow in WORKFLOWS), _permissions()]
    return "\n".join(parts)


def _life(workflow: Workflow) -> str:
    title = workflow.name.capitalize()
    return "\n".join(
        [
            f"## {title}",
            "",
            inspect.getdoc(workflow.states) or "",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {workflow.initial}",
            *_arrows(workflow),
            "```",
            "",
            "| from | act | to | permission | held by | asks for |",
            "|---|---|---|---|---|---|",
            *(_line(workflow, row) for row in workflow.transitions),
            "",
        ]
    )


def _arrows(workflow: Workflow) -> Iterator[str]:
    for row in workflow.transitions:
        for source in _in_order(workflow, row):
            yield f"    {source} --> {row.target}: {row.action}"
    for state in workflow.states:
        if workflow.is_end(state):
            yield f"    {state} --> [*]"


def _in_order(workflow: Workflow, row: Transition) -> Iterator[str]:
    return (state for state in workflow.states if state in row.sources)


def _line(workflow: Workflow, row: Transition) -> str:
    cells = (
        ", ".join(_in_order(workflow, row)),
        f"**{row.action}**",
        row.target,
        f"`{row.permission}`",
        _holders(POLICY[row.permission]),
        _asks(row),
    )
    return f"| {' | '.join(cells)} |"


def _asks(row: Transition) -> str:
    asked = []
    if row.needs_reason:
        asked.append("a reason")
    if row.reasons is not None:
        asked.append("one of: " + ", ".join(row.reasons))
    if row.final:
        asked.append("confirmation")
    return "; ".join(asked)


def _permissions() -> str:
    return "\n".join(
        [
            "## Permissions",
            "",
            "Held when every predicate of one of the alternatives holds; what has no line is "
            "held by nobody.",
            "",
            "| permission | held by |",
            "|---|---|",
            *(f"| `{name}` | {_holders(POLICY[name])} |" for name in Permission),
            "",
            "## Predicates",
            "",
            "| predicate | meaning |",
            "|---|---|",
            *(f"| {_words(one)} | {inspect.getdoc(one)} |" for one in _predicates()),
            "",
        ]
    )


def _holders(rules: tuple[Rule, ...]) -> str:
    return " *or* ".join(" and ".join(map(_words, rule)) for rule in rules)


def _words(predicate: Predicate) -> str:
    return predicate.__name__.replace("_", " ")


def _predicates() -> Iterable[Predicate]:
    # In the order of the permissions, which nothing can change while the program runs.
    in_order = (POLICY[name] for name in Permission)
    used = {one.__name__: one for rules in in_order for rule in rules for one in rule}
    return used.values()
