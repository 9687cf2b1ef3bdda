"""How far members are from each other, in exact figures."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.calls.committee.measures import Mark, calibrate, spread_percent, spreads


def mark(member, application, score, criterion=1, scale=5):
    return Mark(member, application, criterion, Decimal(str(score)), scale)


def test_the_spread_of_a_criterion_is_the_distance_of_its_ends_in_percent_of_its_scale():
    marks = [mark(1, 1, 1), mark(2, 1, 4), mark(3, 1, 2), mark(1, 1, 3, criterion=2, scale=10)]
    assert spreads(marks) == {1: 60, 2: 0}


def test_one_score_has_no_spread_and_none_has_none():
    assert spread_percent([Decimal(4)], 5) == 0
    assert spread_percent([], 5) == 0


def test_a_member_is_compared_with_the_others_on_what_both_scored():
    found = calibrate([mark(1, 1, 5), mark(2, 1, 3), mark(3, 1, 1), mark(1, 2, 1)])
    assert found[1].applications == 2
    assert found[1].mean == Fraction(3, 5)
    assert found[1].spread == Fraction(4, 5)
    assert (found[1].shared, found[1].distance) == (1, Fraction(3, 5))
    assert (found[3].shared, found[3].distance) == (1, Fraction(-3, 5))
    assert found[1].is_thin


def test_who_shares_nothing_has_no_distance():
    found = calibrate([mark(1, 1, 5), mark(2, 2, 1)])
    assert (found[1].shared, found[1].distance) == (0, None)


def test_criteria_with_different_scales_count_alike():
    found = calibrate([mark(1, 1, 5, 1, 5), mark(1, 1, 5, 2, 10), mark(2, 1, 5, 1, 5)])
    assert found[1].mean == Fraction(3, 4)


MARKS = st.lists(
    st.builds(
        mark,
        member=st.integers(1, 4),
        application=st.integers(1, 4),
        score=st.integers(0, 5),
        criterion=st.integers(1, 3),
    ),
    unique_by=lambda one: (one.member, one.application, one.criterion),
    min_size=1,
)


@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_in_which_scores_come_changes_nothing(marks, random):
    mixed = list(marks)
    random.shuffle(mixed)
    assert calibrate(mixed) == calibrate(marks)
    assert spreads(mixed) == spreads(marks)


@given(MARKS)
def test_figures_stay_within_the_scale(marks):
    for line in calibrate(marks).values():
        assert 0 <= line.mean <= 1
        assert 0 <= line.spread <= 1
        assert line.distance is None or -1 <= line.distance <= 1
    assert all(0 <= value <= 100 for value in spreads(marks).values())
