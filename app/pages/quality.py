"""How good the matching is, as it was measured: the figures of ``docs/matching.md`` in words.

``tests/pages/test_matching_page.py`` compares them with that page.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: what was measured, ours, and what a plain search of words reaches."""

    words: Any
    ours: float
    plain: float


MEASURED = (
    Measure(
        _l("Of 51 challenges that were really piloted: the piloted solution among the first three"),
        0.784,
        0.412,
    ),
    Measure(
        _l("Of 73 challenges in three languages: a right answer among the first three"),
        0.918,
        0.247,
    ),
    Measure(
        _l("Right answers written in another language than the challenge, found in the first ten"),
        0.849,
        0.048,
    ),
)
