"""Whether the committee may write now, asked while the call is held so that it stands still.

Whoever approves a result holds the call alone; whoever writes scores holds it with others. So a
score is saved before the approval, and counts, or after it, and is refused.
"""

from app.calls.locking import hold_shared
from app.calls.models import Call
from app.domain.call_states import CallStatus
from app.domain.errors import RuleBroken
from app.extensions import utcnow

_SETTLED = frozenset({CallStatus.PRELIMINARY, CallStatus.FINAL, CallStatus.ARCHIVED})


def require_evaluation(call: Call) -> None:
    """Hold the call and refuse what belongs to its evaluation where it is not under way.

    Raises:
        RuleBroken: ``scores_settled`` once a result is approved, else ``not_evaluating``.
    """
    hold_shared(call)
    if call.status in _SETTLED:
        raise RuleBroken("scores_settled")
    if call.status is not CallStatus.EVALUATING:
        raise RuleBroken("not_evaluating", status=call.status)


def require_time(call: Call) -> None:
    """As :func:`require_evaluation`, and only until the evaluation ends.

    Raises:
        RuleBroken: as there; ``evaluation_over``.
    """
    require_evaluation(call)
    if is_over(call):
        raise RuleBroken("evaluation_over")


def is_over(call: Call) -> bool:
    """Tell whether the time for reviews has passed."""
    return call.evaluation_closes_at is not None and utcnow() >= call.evaluation_closes_at


def is_writable(call: Call) -> bool:
    """Tell, for a page, whether reviews can be written now."""
    return call.status is CallStatus.EVALUATING and not is_over(call)
