"""The arithmetic of indicators: how far, and whether far enough."""

from decimal import Decimal

from app.domain.vocabulary import Direction


def progress(baseline: Decimal, target: Decimal, value: Decimal) -> float:
    """Return which share of the way from baseline to target ``value`` has gone.

    Negative when it moved away, over 1 when it went further than the target. Where baseline and
    target are equal there is no way to go, so the share is 1.
    """
    way = target - baseline
    return float((value - baseline) / way) if way else 1.0


def target_met(direction: Direction, target: Decimal, value: Decimal) -> bool:
    """Tell whether ``value`` is at the target or beyond it."""
    return value >= target if direction is Direction.UP else value <= target


def plain_number(value: Decimal) -> str:
    """Return a number as text that reads the same before and after a database has kept it."""
    return f"{value.normalize():f}"
