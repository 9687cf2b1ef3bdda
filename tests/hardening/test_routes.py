"""Every address x every actor x every thing: the answer is what the table of permissions says."""

import inspect
import re
from collections import Counter

import pytest

from app.domain.actors import ANONYMOUS
from app.domain.permissions import POLICY, can
from app.domain.predicates import anyone
from app.domain.predicates import public as is_public
from app.extensions import db
from app.web.access import declared_access
from tests.hardening.world import World

ARGUMENTS = {
    "call_id": "call",
    "application_id": "application",
    "review_id": "review",
    "result_id": "result",
    "appeal_id": "appeal",
    "enrolment_id": "enrolment",
    "challenge_id": "challenge",
    "solution_id": "solution",
    "submission_id": "submission",
    "match_id": "match",
    "pilot_id": "pilot",
    "milestone_id": "milestone",
    "report_id": "report",
    "tuning_id": "tuning",
    "slug": "organization",
}
ACTORS = (
    "visitor",
    "newcomer",
    "city owner",
    "city editor",
    "city viewer",
    "neighbour city",
    "startup owner",
    "startup viewer",
    "rival startup",
    "halted startup",
    "coordinator",
    "coordination viewer",
)
OTHERS = {"number": "1", "reading_id": "1", "key": "1", "side": "city", "token": "nothing"}
OTHERS |= {"letter": "1", "stage": "preliminary", "question_id": "1"}
OTHERS |= {"section": "plan", "file_id": "222222222222"}
SIGN_IN = {"GET": {302}, "POST": {400, 401}}
PASSED = {200, 302, 303, 400, 403, 404, 409, 415, 422}


@pytest.fixture(scope="module")
def rules(bare_app):
    ends = {"security.logout", "organizations.sign_out_everywhere"}
    skipped = {"static", *ends}
    found = [rule for rule in bare_app.url_map.iter_rules() if rule.endpoint not in skipped]
    return sorted(found, key=lambda rule: (rule.rule, rule.endpoint))


WRITERS = ("visitor", "city viewer", "neighbour city", "startup owner", "coordinator")
EVERYTHING = ("visitor", "rival startup")


def addresses(world: World, rule, name: str):
    """Yield each address of a rule with the thing that it names; most actors take every third."""
    first, step = (0, 1) if name in EVERYTHING else (ACTORS.index(name) % 3, 3)
    named = [name for name in ARGUMENTS if name in rule.arguments]
    things = world.things[ARGUMENTS[named[0]]][first::step] if named else [None]
    for thing in things:
        for act in _acts(world, thing) if "act" in rule.arguments else [None]:
            values = {**OTHERS, "act": act and act.value}
            if named:
                values[named[0]] = thing.slug if named[0] == "slug" else thing.public_id
            filled = re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda m, v=values: v[m[1]], rule.rule)
            yield filled, thing, act


def _acts(world: World, thing):
    """Yield the acts that the table has from the state of ``thing``, and one that it has not."""
    possible = {line.action for line in thing.workflow.available(thing.status)}
    yield from sorted(possible)
    yield from sorted(set(thing.workflow.actions) - possible)[:1]


def expected(app, rule, actor, thing, act, method) -> set[int]:
    """Return what the answer may be, from the permission that the view declares."""
    permission = declared_access(app, rule.endpoint)
    if permission == "public":
        return PASSED
    if rule.endpoint.startswith("letters.") and thing.approved_at is None and actor != ANONYMOUS:
        return {404}  # only an approved result has letters
    hidden = inspect.getclosurevars(app.view_functions[rule.endpoint]).nonlocals.get("load")
    subject = None if thing is None else thing.subject
    open_to_all = any(set(line) <= {anyone, is_public} for line in POLICY[permission])
    if actor == ANONYMOUS and not open_to_all:
        return SIGN_IN[method]
    if hidden is not None and not can(actor, hidden.see, subject):
        return {404}
    if not can(actor, permission, subject):
        return SIGN_IN[method] if actor == ANONYMOUS else {403}
    if act is None:
        return PASSED
    lines = [line for line in thing.workflow.transitions if line.action is act]
    held = [line for line in lines if thing.status in line.sources]
    if not held:
        return {409}
    return PASSED if can(actor, held[0].permission, subject) else {403, 409}


def _failures(app, world, rules, browser, name, method, send):
    wrong, cells = [], Counter()
    actor = world.actor(name)
    for rule in rules:
        if method not in rule.methods:
            continue
        for address, thing, act in addresses(world, rule, name):
            answer = send(browser, address)
            may = expected(app, rule, actor, thing, act, method)
            cells[method] += 1
            second_step = rule.endpoint.startswith(("security.tf", "security.two", "security.mf"))
            asked = "/login" in answer.headers.get("Location", "") and actor != ANONYMOUS
            if (asked and not second_step) or answer.status_code not in may:
                wrong.append(f"{method} {address} ({thing and thing.status}): {answer.status_code}")
    return wrong, cells[method]


@pytest.mark.parametrize("name", ACTORS)
def test_reading(bare_app, world, rules, reader, name):
    wrong, cells = _failures(
        bare_app, world, rules, reader(name), name, "GET", lambda b, address: b.get(address)
    )
    assert not wrong, "\n".join(wrong)
    assert cells > 60


@pytest.mark.parametrize("name", WRITERS)
def test_writing(bare_app, world, rules, reader, name, nothing_stays):
    browser = reader(name)
    fields = {"csrf_token": browser.token(), "reason": "x", "reason_code": "other", "role": "x"}
    wrong, cells = _failures(
        bare_app,
        world,
        rules,
        browser,
        name,
        "POST",
        lambda b, address: b.post(address, fields),
    )
    assert not wrong, "\n".join(wrong)
    assert cells > 60
    db.session.rollback()
