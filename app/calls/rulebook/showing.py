"""The rules of a call as its page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.calls.models import Call
from app.calls.rulebook.models import Criterion, Quota, RequiredDocument
from app.calls.rulebook.wording import NAMES, document_words, quota_words, tie_break_words
from app.calls.rules import weights_in_percent


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What needs words of ours beside those of the coordination."""

    documents: Sequence[tuple[RequiredDocument, str]]
    criteria: Sequence[tuple[Criterion, Decimal]]
    quotas: Sequence[tuple[Quota, str]]
    tie_breaks: Sequence[str]
    part_names: dict[str, object]


def rulebook(call: Call) -> Rulebook:
    """Return the rules of ``call``: documents in words, criteria with their share in percent."""
    shares = weights_in_percent(one.weight for one in call.criteria)
    return Rulebook(
        [(one, document_words(one)) for one in call.documents],
        list(zip(call.criteria, shares, strict=True)),
        [(one, quota_words(one)) for one in call.quotas],
        [tie_break_words(call, name) for name in call.tie_breaks],
        dict(NAMES),
    )
