"""Over every table of states: reachable, endable, and nothing outside the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import OutOfOrder
from app.domain.permissions import POLICY
from app.domain.workflow import Transition, Workflow
from app.domain.workflows import WORKFLOWS
from app.web.labels import LABELS, label

BY_NAME = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda one: one.name)

# Where a life may rest for good although something could still happen.
ACCEPTED_ENDS = {
    "consensus": ["agreed"],
    "organization": {"verified", "refused", "suspended"},
    "challenge": {"archived", "cancelled"},
    "solution": {"published", "withdrawn"},
    "submission": {"chosen", "not_chosen", "withdrawn"},
    "match": {"confirmed", "dismissed", "declined", "expired", "released"},
}


def reachable(workflow: Workflow, start) -> set:
    """Return the states that can follow ``start``, itself included."""
    found, edge = {start}, [start]
    while edge:
        for row in workflow.available(edge.pop()):
            if row.target not in found:
                found.add(row.target)
                edge.append(row.target)
    return found


@BY_NAME
def test_every_state_can_be_reached(workflow):
    assert reachable(workflow, workflow.initial) == set(workflow.states)


@BY_NAME
def test_every_life_can_end(workflow):
    ends = {state for state in workflow.states if workflow.is_end(state)}
    ends |= {workflow.states(name) for name in ACCEPTED_ENDS.get(workflow.name, ())}
    assert ends
    for state in workflow.states:
        assert reachable(workflow, state) & ends, f"nothing ends after {state}"


@BY_NAME
def test_every_act_has_a_row_and_every_row_is_of_its_kind(workflow):
    assert {row.action for row in workflow.transitions} == set(workflow.actions)
    for row in workflow.transitions:
        assert isinstance(row.action, workflow.actions)
        assert isinstance(row.target, workflow.states)
        assert row.sources <= set(workflow.states)
        assert row.sources


@BY_NAME
def test_an_act_from_a_state_has_one_meaning(workflow):
    for status in workflow.states:
        acts = [row.action for row in workflow.available(status)]
        assert len(acts) == len(set(acts))


@BY_NAME
def test_what_is_outside_the_table_is_refused(workflow):
    for action in workflow.actions:
        for status in workflow.states:
            rows = [r for r in workflow.transitions if r.action is action and status in r.sources]
            if rows:
                assert workflow.find(action, status) is rows[0]
                continue
            with pytest.raises(OutOfOrder) as refusal:
                workflow.find(action, status)
            assert refusal.value.details == {"action": action, "status": status}


@BY_NAME
def test_a_final_act_is_undone_by_nothing(workflow):
    for row in workflow.transitions:
        if row.final and row.target not in {r for t in workflow.transitions for r in t.sources}:
            assert reachable(workflow, row.target) == {row.target}


@BY_NAME
def test_the_undisturbed_life_follows_the_table(workflow):
    assert workflow.path[0] is workflow.initial
    for here, there in zip(workflow.path, workflow.path[1:], strict=False):
        assert there in {row.target for row in workflow.available(here)}, f"{here} → {there}"


@BY_NAME
def test_every_row_names_a_permission_that_somebody_holds(workflow):
    for row in workflow.transitions:
        assert POLICY[row.permission]


@BY_NAME
def test_every_state_and_act_has_words(workflow):
    for kind in (workflow.states, workflow.actions):
        assert set(LABELS[kind]) == {member.value for member in kind}
        for member in kind:
            assert str(label(member)).strip()


@BY_NAME
def test_coded_reasons_have_words(workflow):
    for row in workflow.transitions:
        for code in row.reasons or ():
            assert str(label(code)).strip()


def test_names_are_unique_and_nothing_is_forgotten():
    assert len({workflow.name for workflow in WORKFLOWS}) == len(WORKFLOWS)
    assert set(ACCEPTED_ENDS) <= {workflow.name for workflow in WORKFLOWS}


@given(st.sampled_from(WORKFLOWS), st.data())
def test_random_walks_stay_inside(workflow, data):
    status = workflow.initial
    for _ in range(data.draw(st.integers(0, 25))):
        action = data.draw(st.sampled_from(list(workflow.actions)))
        allowed = {row.action: row for row in workflow.available(status)}
        if action in allowed:
            row = workflow.find(action, status)
            assert isinstance(row, Transition)
            status = row.target
        else:
            with pytest.raises(OutOfOrder):
                workflow.find(action, status)
        assert status in set(workflow.states)
        assert workflow.is_end(status) == (not list(workflow.available(status)))
