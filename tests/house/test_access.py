"""Generated from the map of addresses: who may call what, on every endpoint there is."""

import re

import pytest

from app.domain.permissions import Permission
from app.factory import create_app
from app.web.access import declared_access
from app.web.transaction import _READING

LIBRARY = ("security.", "static")
UNTYPED = {"UnicodeConverter", "PathConverter", "AnyConverter"}
WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


@pytest.fixture(scope="module")
def rules(bare_app):
    return [rule for rule in bare_app.url_map.iter_rules() if rule.endpoint != "static"]


NOBODYS = {
    "IntegerConverter": "999999",
    "KeyConverter": "999999",
    "NameConverter": "nothing",
}


def some_address(rule) -> str:
    """Return an address of the rule with arguments of the right form that name nothing."""
    address = rule.rule
    for name, converter in rule._converters.items():
        value = NOBODYS.get(type(converter).__name__, "2" * 12)
        address = re.sub(rf"<(?:[^<>]+:)?{name}>", value, address)
    return address


def ours(rules):
    return [rule for rule in rules if not rule.endpoint.startswith(LIBRARY)]


def test_every_endpoint_declares_who_may_call_it(bare_app, rules):
    undeclared = [r.endpoint for r in rules if declared_access(bare_app, r.endpoint) is None]
    assert undeclared == []
    for rule in rules:
        declared = declared_access(bare_app, rule.endpoint)
        assert declared == "public" or isinstance(declared, Permission)


def test_an_endpoint_that_declares_nothing_is_refused(settings):
    app = create_app(settings)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_addresses_are_typed_and_in_kebab_case(rules):
    for rule in ours(rules):
        assert rule.arguments == set(rule._converters), rule.rule
        for name, converter in rule._converters.items():
            kind = type(converter).__name__
            # The secret in a mailed link is only ever compared as a hash, so it may be any text.
            known = kind not in UNTYPED or name == "token"
            assert known, f"{rule.rule}: {name} has no type of its own"
        for piece in rule.rule.strip("/").split("/"):
            if piece and not piece.startswith("<"):
                assert WORD.fullmatch(piece), rule.rule


def test_reading_and_writing_have_addresses_of_their_own_methods(rules):
    known = {"GET", "HEAD", "OPTIONS", "POST"}
    for rule in ours(rules):
        assert rule.methods <= known, rule.rule


def test_a_visitor_can_ask_for_any_page_without_a_failure(browser, rules):
    visitor = browser()
    for rule in rules:
        if rule.arguments or "GET" not in rule.methods:
            continue
        answer = visitor.get(rule.rule)
        assert answer.status_code in (200, 302, 303, 304, 400, 401, 403, 404), rule.rule


@pytest.mark.parametrize("who", ["city", "startup", "coordinator", "newcomer"])
def test_nobodys_pages_fail_on_an_empty_platform(browser, people, rules, who):
    user = people.person() if who == "newcomer" else getattr(people, who)()
    reader = browser(user)
    for rule in rules:
        if rule.arguments or "GET" not in rule.methods or rule.endpoint == "security.logout":
            continue
        assert reader.get(rule.rule).status_code < 500, rule.rule


def test_a_thing_that_does_not_exist_is_not_there(browser, people, rules):
    for reader in (browser(), browser(people.city()), browser(people.coordinator())):
        for rule in ours(rules):
            if "GET" in rule.methods and rule.arguments:
                address = some_address(rule)
                assert reader.get(address).status_code in (302, 403, 404), address


def test_a_form_without_its_token_is_refused(browser, people, rules):
    reader = browser(people.coordinator())
    tried = 0
    for rule in rules:
        if not rule.methods - _READING:
            continue
        address = some_address(rule)
        answer = reader.post(address, {"name": "x", "csrf_token": ""})
        assert answer.status_code == 400, f"{address}: {answer.status_code}"
        tried += 1
    assert tried > 5
