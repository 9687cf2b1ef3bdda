"""A round chosen as a whole: loads, floor, forced and forbidden pairs, alternates."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching import Match, assign


def ranked(table):
    """Matches out of a table {challenge: {solution: score}}."""
    return {key: [Match(s, v, ()) for s, v in found.items()] for key, found in table.items()}


def chosen(round_):
    return {(pair.challenge, pair.solution) for pair in round_.pairs}


BOTH_WANT_A = {"x": {"a": 0.9, "b": 0.8}, "y": {"a": 0.7, "b": 0.1}}
ONE_EACH = {"per_challenge": (1, 1), "per_solution": (0, 1)}


def test_the_whole_counts_not_the_first_come():
    round_ = assign(ranked(BOTH_WANT_A), **ONE_EACH)
    assert chosen(round_) == {("x", "b"), ("y", "a")}
    assert round_.exposure == {"a": 1, "b": 1}
    assert round_.short == {}


def test_alternates_are_the_next_best():
    round_ = assign(ranked(BOTH_WANT_A), **ONE_EACH, alternates=1)
    assert round_.alternates == {"x": ("a",), "y": ("b",)}


def test_below_the_floor_nobody_is_sent():
    round_ = assign(ranked(BOTH_WANT_A), **ONE_EACH, floor=0.75)
    assert chosen(round_) == {("x", "a")}
    assert round_.short == {"y": 1}
    assert round_.alternates == {"x": ("b",), "y": ()}


def test_forced_pairs_are_chosen_and_named_so():
    round_ = assign(ranked(BOTH_WANT_A), **ONE_EACH, floor=0.5, forced=[("y", "b"), ("z", "c")])
    assert chosen(round_) == {("x", "a"), ("y", "b"), ("z", "c")}
    forced = {pair.solution: (pair.score, pair.forced) for pair in round_.pairs}
    assert forced == {"a": (0.9, False), "b": (0.1, True), "c": (0.0, True)}


def test_forbidden_pairs_are_neither_chosen_nor_alternates():
    round_ = assign(ranked(BOTH_WANT_A), **ONE_EACH, forbidden=[("x", "b")])
    assert ("x", "b") not in chosen(round_)
    assert round_.alternates["x"] in {(), ("a",)}


def test_a_least_load_of_solutions_spreads_the_work():
    table = {"x": {"a": 0.9, "b": 0.2}, "y": {"a": 0.9, "b": 0.1}}
    round_ = assign(ranked(table), per_challenge=(1, 1), per_solution=(1, 2))
    assert chosen(round_) == {("x", "b"), ("y", "a")}


def test_a_round_without_anybody_is_empty():
    round_ = assign({})
    assert (round_.pairs, round_.short) == ((), {})


def test_a_challenge_without_candidates_is_reported():
    assert assign({"x": []}).short == {"x": 1}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"per_challenge": (2, 1)}, "least <= most"),
        ({"per_solution": (-1, 1)}, "least <= most"),
        ({"forced": [("x", "a")], "forbidden": [("x", "a")]}, "at once"),
        ({"forced": [("x", "a"), ("y", "a")], "per_solution": (0, 1)}, "2 forced pairs for 'a'"),
    ],
)
def test_contradictions_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        assign(ranked(BOTH_WANT_A), **wrong)


TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 100), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_one_to_one_equals_the_hungarian_method(table):
    rows, columns = linear_sum_assignment(table, maximize=True)
    best = sum(table[r][c] for r, c in zip(rows, columns, strict=True))
    named = {
        f"c{r}": {f"s{c}": value / 100 for c, value in enumerate(row)}
        for r, row in enumerate(table)
    }
    round_ = assign(ranked(named), per_challenge=(0, 1), per_solution=(0, 1))
    assert sum(pair.score for pair in round_.pairs) == pytest.approx(best / 100)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.integers(0, 2), st.integers(2, 3), st.integers(1, 3))
def test_loads_are_kept(table, least, most, busiest):
    named = {
        f"c{r}": {f"s{c}": value / 100 for c, value in enumerate(row)}
        for r, row in enumerate(table)
    }
    round_ = assign(ranked(named), per_challenge=(least, most), per_solution=(0, busiest))
    counts = Counter(pair.challenge for pair in round_.pairs)
    assert all(counts[c] + round_.short.get(c, 0) >= least for c in named)
    assert all(counts[c] <= most for c in named)
    assert all(count <= busiest for count in round_.exposure.values())
    assert not chosen(round_) & {
        (c, s) for c, s in product(named, round_.exposure) if s in round_.alternates[c]
    }
