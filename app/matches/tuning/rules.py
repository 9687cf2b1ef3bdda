"""When a version of the settings may be put into use."""

from app.domain.errors import OutOfOrder, RuleBroken
from app.matches.scales import Scales
from app.matches.tuning.models import Comparison, Tuning

LEAST_DECIDED = 50
"""Decided challenges from which it shows whether decisions help; below it is chance."""


def fingerprint(present: Scales, tried: Scales) -> str:
    """Return what tells one comparison from another: the values on both sides."""
    return f"{present.fingerprint}-{tried.fingerprint}"


def is_current(comparison: Comparison | None, present: Scales, tried: Scales) -> bool:
    """Tell whether a comparison is complete, and of these values."""
    return (
        comparison is not None
        and comparison.finished_at is not None
        and comparison.fingerprint == fingerprint(present, tried)
    )


def feedback_helps(comparison: Comparison) -> bool:
    """Tell whether, on enough decisions of this platform, earlier ones lifted the approved."""
    result = comparison.result
    learned = result.get("feedback", {})
    enough = result.get("decided", 0) >= LEAST_DECIDED
    return enough and learned.get("with", 0.0) > learned.get("without", 0.0)


def check_trial(tuning: Tuning, act: str) -> None:
    """Refuse to change what is in use or in the history.

    Raises:
        OutOfOrder: it is not being tried.
    """
    if not tuning.is_trial:
        raise OutOfOrder(act, tuning.status)


def check_acceptable(tuning: Tuning, present: Scales) -> None:
    """Refuse to put into use what nobody could have looked at.

    Raises:
        RuleBroken: ``same_as_present``: it changes nothing; ``compare_first``: its present values
            were not compared with those in use; ``feedback_unproven``: decisions count in it, and
            it was not shown on this platform's own that they help.
    """
    tried, comparison = tuning.scales, tuning.comparison
    if tried == present:
        raise RuleBroken("same_as_present")
    if comparison is None or not is_current(comparison, present, tried):
        raise RuleBroken("compare_first")
    if tried.feedback and not feedback_helps(comparison):
        raise RuleBroken("feedback_unproven", least=LEAST_DECIDED)
