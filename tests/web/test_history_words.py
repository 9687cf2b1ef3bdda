"""A history never shows a code: each act has words of its own, in the past tense."""

import ast
from pathlib import Path

import pytest

from app.domain.workflows import WORKFLOWS
from app.web.labels_history import DONE
from app.web.timeline import PLAIN_ACTS

APP = Path(__file__).resolve().parents[2] / "app"


def recorded() -> set[str]:
    """Return the names of the acts that features write into the trail by themselves."""
    calls = (
        node
        for path in APP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )
    return {
        call.args[1].value
        for call in calls
        if call.func.attr == "record"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    }


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_act_of_a_table_has_its_words(workflow):
    assert set(DONE[workflow.actions]) == {action.value for action in workflow.actions}


def test_every_other_act_has_its_words(app):
    assert {"create", "edit", "invite"} <= recorded()
    assert recorded() - set(PLAIN_ACTS) == set()
