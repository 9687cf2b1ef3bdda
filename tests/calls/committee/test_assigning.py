"""The rule of assignment: who reviews what, whatever is barred, kept or better avoided."""

from itertools import combinations, product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.calls.committee.assigning import Problem, Solution, assign


def problem(items, people, each, **more):
    return Problem(frozenset(items), frozenset(people), each, **more)


def pairs_of(answer):
    return set(answer.added)


@st.composite
def problems(draw, most_items=6, most_people=5, most_each=3):
    items = draw(st.sets(st.integers(1, 9), min_size=1, max_size=most_items))
    people = draw(st.sets(st.integers(1, 9), max_size=most_people))
    every = sorted(product(items, people))
    some = st.sets(st.sampled_from(every)) if every else st.just(set())
    kept, barred = draw(some), draw(some)
    avoided = draw(st.dictionaries(st.sampled_from(every), st.integers(1, 2))) if every else {}
    return problem(
        items,
        people,
        draw(st.integers(0, most_each)),
        kept=frozenset(kept),
        barred=frozenset(barred),
        avoided=avoided,
    )


def measure(asked, added):
    """The figures by which two ways are compared: evenness first, then what was not avoided."""
    loads = [
        sum(1 for _, who in asked.kept | set(added) if who == person) for person in asked.people
    ]
    return sum(load**2 for load in loads), sum(asked.avoided.get(pair, 0) for pair in added)


def best_possible(asked):
    """The best figures of all ways there are, found by trying every one."""
    choices = []
    for item in sorted(asked.items):
        had = sum(1 for kept, _ in asked.kept if kept == item)
        closed = asked.kept | asked.barred
        may = [person for person in sorted(asked.people) if (item, person) not in closed]
        wanted = min(max(0, asked.each - had), len(may))
        choices.append([[(item, one) for one in chosen] for chosen in combinations(may, wanted)])
    return min(measure(asked, [pair for part in way for pair in part]) for way in product(*choices))


@given(problems())
def test_everything_is_filled_as_far_as_it_can_be_and_nothing_barred_or_double(asked):
    answer = assign(asked)
    added = pairs_of(answer)
    assert len(added) == len(answer.added)
    assert not added & (asked.barred | asked.kept)
    assert {person for _, person in added} <= asked.people
    for item in asked.items:
        had = sum(1 for kept, _ in asked.kept if kept == item)
        got = sum(1 for one, _ in added if one == item)
        closed = asked.kept | asked.barred
        may = sum(1 for person in asked.people if (item, person) not in closed)
        wanted = max(0, asked.each - had)
        assert got == min(wanted, may)
        assert answer.missing.get(item, 0) == wanted - got
    for person in asked.people:
        assert answer.loads[person] == sum(1 for _, who in asked.kept | added if who == person)


@settings(max_examples=60)
@given(problems(most_items=4, most_people=4, most_each=2))
@example(
    problem(
        {1, 2, 3},
        {1, 2, 3},
        1,
        kept=frozenset(),
        barred=frozenset({(3, 2), (3, 3)}),
        avoided={(1, 2): 1, (2, 3): 2},
    )
)
def test_no_other_way_is_more_even_or_avoids_more(asked):
    assert measure(asked, assign(asked).added) == best_possible(asked)


@given(problems(), st.randoms(use_true_random=False))
def test_the_same_question_has_the_same_answer_in_whatever_order(asked, random):
    mixed = dict(sorted(asked.avoided.items(), key=lambda _: random.random()))
    again = problem(
        random.sample(sorted(asked.items), len(asked.items)),
        random.sample(sorted(asked.people), len(asked.people)),
        asked.each,
        kept=asked.kept,
        barred=asked.barred,
        avoided=mixed,
    )
    assert assign(again) == assign(asked)


@given(st.integers(1, 30), st.integers(1, 8), st.integers(1, 4))
def test_where_nobody_is_barred_loads_differ_by_one_at_most(items, people, each):
    answer = assign(problem(range(items), range(people), each))
    assert max(answer.loads.values()) - min(answer.loads.values()) <= 1


@given(problems())
def test_asking_again_with_what_was_answered_adds_nothing(asked):
    answer = assign(asked)
    again = Problem(
        asked.items,
        asked.people,
        asked.each,
        asked.kept | set(answer.added),
        asked.barred,
        asked.avoided,
    )
    assert assign(again) == Solution((), answer.loads, answer.missing)


def test_a_load_that_is_uneven_already_is_evened_out():
    kept = frozenset({(1, 1), (2, 1), (3, 1)})
    answer = assign(problem({1, 2, 3, 4, 5}, {1, 2}, 1, kept=kept))
    assert answer.loads == {1: 3, 2: 2}


def test_evenness_comes_before_what_should_be_avoided():
    avoided = {(1, 2): 1, (2, 2): 1}
    answer = assign(problem({1, 2}, {1, 2}, 1, avoided=avoided))
    assert answer.loads == {1: 1, 2: 1}


def test_others_are_moved_where_that_avoids_more():
    # Item 1 went to person 1 first; item 2 can only be with person 1.
    barred = frozenset({(2, 2)})
    answer = assign(problem({1, 2}, {1, 2}, 1, barred=barred))
    assert pairs_of(answer) == {(1, 2), (2, 1)}


def test_nobody_there_fills_nothing_and_says_so():
    assert assign(problem({7}, set(), 2)) == Solution((), {}, {7: 2})


def test_a_call_as_large_as_any_is_assigned_without_waiting():
    items, people = range(60), range(12)
    barred = frozenset((item, item % 12) for item in items)
    avoided = {(item, (item + step) % 12): 1 for item in items for step in (1, 2, 3)}
    answer = assign(problem(items, people, 3, barred=barred, avoided=avoided))
    assert set(answer.loads.values()) == {15}
    assert sum(avoided.get(pair, 0) for pair in answer.added) == 0
