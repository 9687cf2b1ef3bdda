"""Every act that is written to the audit trail has words for people."""

import ast
from pathlib import Path

from app.domain.workflows import WORKFLOWS
from app.web.timeline import PLAIN_ACTS

APP = Path(__file__).resolve().parents[2] / "app"


def _recorded() -> set[str]:
    """Return the names of acts that code gives to ``audit.record`` as plain text."""
    names = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_record = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("record")
            if is_record and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                names.add(node.args[1].value)
    return names


def test_every_recorded_act_has_words():
    known = {action.value for workflow in WORKFLOWS for action in workflow.actions}
    recorded = _recorded()
    assert {"create", "join", "edit_closing_report"} <= recorded
    assert recorded - known - set(PLAIN_ACTS) == set()
