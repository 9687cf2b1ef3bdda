"""Trying rules on invented scores: examples that bite, plain words, and nothing is saved."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit import AuditEntry
from app.calls.models import Call
from app.calls.rulebook.filling import rules_of_call
from app.calls.simulator.dummies import MOST_ENTRIES, dummies
from app.calls.simulator.saying import Words, findings
from app.calls.simulator.trial import entries_from, rules_from, run
from app.domain.call_states import CallStatus
from app.domain.call_vocabulary import CallPhase, OutcomeReason
from app.extensions import db
from tests.calls import build

REGIONS = ("AR-A", "AR-B", "AR-C")


def rules(**changes):
    said = {**build.values(), "tie_breaks": ["row:1", "earlier_submission", "lot"], **changes}
    return rules_from(said)


def trial(number=20, **changes):
    known = rules(**changes)
    rows = dummies(known, REGIONS, 1, number)
    made = run(known, entries_from(known, rows))
    names = {str(n): one["name"] for n, one in enumerate(build.criteria(), 1)}
    return made, Words(names, {str(n): row.name for n, row in enumerate(rows, 1)}), known


def said(**changes):
    made, words, known = trial(**changes)
    return {one.text: one.warns for one in findings(known, made, words)}


@given(st.integers(1, 9999), st.integers(1, MOST_ENTRIES))
def test_the_same_number_makes_the_same_set_and_scores_fit_their_scale(seed, number):
    known = rules()
    rows = dummies(known, REGIONS, seed, number)
    assert rows == dummies(known, REGIONS, seed, number)
    assert len({row.name for row in rows}) == number
    for row in rows:
        pairs = zip(row.scores, known.lines, strict=True)
        assert all(0 <= score <= line.scale for score, line in pairs)


def test_the_set_holds_the_cases_that_rules_are_made_for():
    made, _words, known = trial()
    reasons = {place.reason for place in made.ranking.places}
    assert {OutcomeReason.MERIT, OutcomeReason.BELOW_CUT_OFF} <= reasons
    assert OutcomeReason.BELOW_MINIMUM in reasons
    assert made.ties["earlier_submission"] >= 2
    assert not made.ranking.provisional
    assert known.seats == made.selected


def test_a_rule_that_excludes_everybody_is_said_so(app):
    with app.test_request_context("/?lang=en"):
        assert said(cut_off=Decimal(100))[
            "These rules exclude everybody: nobody of this set is selected."
        ]


def test_a_rule_that_never_bites_is_said_so(app):
    caps = [{**build.quotas()[0], "seats": 50, "name": "Por provincia"}]
    with app.test_request_context("/?lang=en"):
        found = said(quotas=caps, cut_off=Decimal(1))
        assert found["The quota “Por provincia” changes nothing in this set."]
        found = said(quotas=[], cut_off=Decimal(0), seats=60)
        assert "These rules choose nothing here: everybody is selected." not in found
        empty = [text for text, warns in found.items() if warns and "stay empty" in text]
        assert len(empty) == 1


def test_a_quota_that_bites_says_for_how_many(app):
    caps = [{**build.quotas()[0], "seats": 1, "name": "Por provincia"}]
    with app.test_request_context("/?lang=en"):
        found = said(quotas=caps, seats=6)
    text = next(one for one in found if one.startswith("The quota"))
    assert re.fullmatch(
        r"The quota “Por provincia” changes the outcome of \d+ applications\.", text
    )


@pytest.fixture
def address():
    return lambda thing: f"/calls/{thing.public_id}/simulator"


def _saved():
    return [
        (call.id, call.version, rules_of_call(call)) for call in db.session.query(Call)
    ], db.session.query(AuditEntry).count()


def test_the_page_ranks_by_the_saved_rules_and_saves_nothing(coordinator, browser, address):
    thing = build.call(coordinator)
    before = _saved()
    reader = browser(coordinator)
    first = reader.get(address(thing)).text
    assert first.count('data-label="Place"') == 16
    assert "By order of merit" in first
    assert "Same total as" in first
    assert first != reader.get(f"{address(thing)}?try-seed=2&try-number=5").text
    few = reader.post(address(thing), {"try-seed": "2", "try-number": "5", "do": "draw"}).text
    assert few.count('data-label="Place"') == 5
    assert _saved() == before


def test_scores_are_edited_and_counted_again(coordinator, browser, address, typed):
    thing = build.call(coordinator, seats=1)
    reader = browser(coordinator)
    fields = typed(reader.get(f"{address(thing)}?try-number=4").text)
    for row in range(4):
        for criterion in (1, 2, 3):
            fields[f"try-entries-{row}-score_{criterion}"] = "3" if row else "5"
        fields[f"try-entries-{row}-name"] = f"Ciudad {row}"
    fields["try-entries-3-name"] = ""
    page = reader.post(address(thing), {**fields, "do": "rank"}).text
    places = re.findall(r'data-label="Application">([^<]+)<', page)
    assert places == ["Ciudad 0", "Ciudad 1", "Ciudad 2"]
    assert re.findall(r'data-label="Total">([^<]+)<', page) == ["100", "60", "60"]


@pytest.mark.parametrize("score", ["6", "-1", "nan", "x"])
def test_a_score_off_its_scale_is_told_and_stays(coordinator, browser, address, typed, score):
    thing = build.call(coordinator)
    reader = browser(coordinator)
    fields = typed(reader.get(address(thing)).text) | {"try-entries-0-score_1": score}
    answer = reader.post(address(thing), {**fields, "do": "rank"})
    assert answer.status_code == 422
    assert f'value="{score}"' in answer.text
    assert "Some scores do not fit their scale." in answer.text


def test_rules_not_saved_yet_are_tried_and_carried_along(coordinator, browser, address, typed):
    thing = build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING)
    reader = browser(coordinator)
    fields = typed(reader.get(f"/calls/{thing.public_id}/edit").text)
    before = _saved()
    fields |= {"cut_off": "100", "criteria-0-name": "Otro criterio"}
    page = reader.post(address(thing), fields).text
    assert "These rules exclude everybody" in page
    assert "Otro criterio" in page
    again = reader.post(address(thing), {**typed(page), "do": "rank"}).text
    assert "These rules exclude everybody" in again
    wrong = reader.post(address(thing), {**fields, "quorum": "9"})
    assert wrong.status_code == 422
    assert "It cannot be more than the reviews" in wrong.text
    assert _saved() == before


def test_rules_of_a_published_call_are_tried_without_a_reason(coordinator, browser, address, typed):
    thing = build.call(coordinator)
    reader = browser(coordinator)
    fields = typed(reader.get(f"/calls/{thing.public_id}/edit").text) | {"cut_off": "100"}
    assert "These rules exclude everybody" in reader.post(address(thing), fields).text


def test_without_criteria_there_is_nothing_to_try(coordinator, browser, address):
    thing = build.call(coordinator, CallStatus.DRAFT, criteria=[], tie_breaks=[])
    assert "There are no criteria yet" in browser(coordinator).get(address(thing)).text


@pytest.mark.parametrize("query", ["try-seed=x", "try-number=0", "try-number=99999", "try-seed=²"])
def test_any_address_answers(coordinator, browser, address, query):
    thing = build.call(coordinator)
    assert browser(coordinator).get(f"{address(thing)}?{query}").status_code == 200
