"""The arithmetic of indicators."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.vocabulary import Direction
from app.pilots.indicators.measure import progress, target_met

NUMBERS = st.decimals(-(10**9), 10**9, places=4)


@given(NUMBERS, NUMBERS.filter(bool), st.fractions(-3, 3, max_denominator=64))
def test_progress_is_the_share_of_the_way(baseline, way, share):
    target = baseline + way
    value = baseline + way * Decimal(share.numerator) / Decimal(share.denominator)
    assert abs(progress(baseline, target, value) - float(share)) < 1e-9


@given(NUMBERS, NUMBERS)
def test_the_ends_of_the_way(baseline, target):
    assert progress(baseline, target, target) == 1.0
    if baseline != target:
        assert progress(baseline, target, baseline) == 0.0


@given(NUMBERS, NUMBERS, NUMBERS)
def test_turning_the_scale_round_changes_nothing(baseline, target, value):
    turned = progress(-baseline, -target, -value)
    assert turned == progress(baseline, target, value)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_met_exactly_when_the_whole_way_was_gone(baseline, target, value):
    if baseline == target:
        return
    direction = Direction.UP if target > baseline else Direction.DOWN
    gone = (value - baseline) / (target - baseline) >= 1
    assert target_met(direction, target, value) is gone


@given(NUMBERS, NUMBERS)
def test_a_value_that_should_only_hold(level, value):
    assert progress(level, level, value) == 1.0
    assert target_met(Direction.UP, level, value) is (value >= level)
