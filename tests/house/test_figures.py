"""The hard limits of the house; ``make house`` prints the others beside their targets."""

import ast

import pytest

from scripts.house import (
    Source,
    breaches,
    functions,
    import_cycles,
    inner_imports,
    measure,
    sources,
    suite,
    without_reason,
)

FILES = sources()


def _source(name: str, text: str) -> Source:
    from pathlib import Path

    return Source(Path(name), text)


def test_no_limit_is_broken():
    assert list(breaches(measure(FILES))) == []


def test_the_measures_notice_what_they_are_for():
    one = _source("app/one.py", "import app.two\ndef f():\n    import os\n")
    two = _source("app/two.py", "from app.one import f\n")
    three = _source("app/three.py", "from app import one, two\n")
    assert import_cycles([one, two, three]) == [["app.one", "app.two"]]
    assert import_cycles([one, three]) == []
    assert inner_imports(one) == ["app/one.py:3"]
    bare = [("a", ""), ("b", "[arg-type]"), ("c", ": S105"), ("d", "[arg-type]  # it is one")]
    assert without_reason(bare) == ["a", "b", "c"]


def test_the_time_of_the_suite_is_told_as_it_was_or_that_it_never_ran():
    took = {"seconds": 81.6, "processor_seconds": 150.2, "at": "2026-11-22T21:00+00:00"}
    told = "\n".join(suite({"SQLite": {**took, "passed": True}}))
    assert "The suite on SQLite                                   82 s   120 s on two" in told
    assert "150 s of processor time, 2026-11-22T21:00+00:00\n" in told
    assert told.endswith("not run here yet")
    assert list(suite({"SQLite": {**took, "passed": False}}))[1].endswith(", and failed")


STATUS_KEEPER = "app/lifecycle.py"
# The first coordination of an installation has nobody before it who could verify it.
FIRST_OF_ALL = {"app/commands/users.py", "seeds/organizations.py"}


def status_changes(source: Source) -> list[int]:
    """Return the lines that set a status by hand, in any of the ways Python has."""
    lines = []
    for node in ast.walk(source.tree):
        targets = []
        if isinstance(node, ast.Assign):
            targets = [leaf for target in node.targets for leaf in ast.walk(target)]
        elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            targets = [node.target]
        if any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets):
            lines.append(node.lineno)
        if isinstance(node, ast.Call):
            lines.extend(_by_call(node))
    return lines


def _by_call(call: ast.Call) -> list[int]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    named = any(keyword.arg == "status" for keyword in call.keywords)
    makes_row = name[:1].isupper() and any(
        keyword.arg == "status" and _is_state(keyword.value) for keyword in call.keywords
    )
    by_name = name == "setattr" and any(
        isinstance(one, ast.Constant) and one.value == "status" for one in call.args
    )
    return [call.lineno] if by_name or makes_row or (name == "values" and named) else []


def _is_state(value: ast.expr) -> bool:
    owner = value.value if isinstance(value, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id.endswith(("Status", "S"))


def test_only_lifecycle_changes_a_status():
    others = [source for source in FILES if source.name not in {STATUS_KEEPER, *FIRST_OF_ALL}]
    assert {source.name: lines for source in others if (lines := status_changes(source))} == {}
    assert len(others) > 200


@pytest.mark.parametrize(
    "line",
    [
        "thing.status = S.DRAFT",
        "a, thing.status = 1, S.DRAFT",
        "thing.status += 1",
        "setattr(thing, 'status', S.DRAFT)",
        "update(Challenge).values(status=S.DRAFT)",
        "Challenge(status=ChallengeStatus.DRAFT)",
    ],
)
def test_every_way_of_changing_a_status_is_noticed(line):
    assert status_changes(_source("app/x.py", line)) == [1]


def test_reading_a_status_is_allowed():
    text = "if thing.status is S.DRAFT:\n    page(status=thing.status)\n"
    assert status_changes(_source("app/x.py", text)) == []
    assert status_changes(_source(STATUS_KEEPER, "thing.status = row.target")) == [1]


def test_functions_are_found_wherever_they_are():
    text = "class A:\n    def a(self):\n        def b(): ...\nasync def c(): ...\n"
    assert {one.name for one in functions(ast.parse(text))} == {"a", "b", "c"}
