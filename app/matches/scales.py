"""What the coordination may set about the matcher, as plain values."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

Line = tuple[str, str, str]
"""One concept of the glossary: its words in Spanish, Portuguese and English, joined by "|"."""


@dataclass(frozen=True, slots=True)
class Scales:
    """How much things count; the defaults are those the matcher ships with.

    ``title``, ``uses`` and ``text`` say how many times a word counts in each field of a solution;
    ``sector`` is the share of the gap to full points that the same sector closes (0 to 1);
    ``floor`` is the least score (0 to 1) that is suggested; with ``feedback`` the pairs approved
    for a challenge speak for what resembles them; ``concepts`` are lines added to the glossary.
    """

    title: float = 1.0
    uses: float = 4.0
    text: float = 1.0
    sector: float = 0.0
    floor: float = 0.06
    feedback: bool = False
    concepts: tuple[Line, ...] = ()

    @property
    def glossary(self) -> str:
        """Eight digits that change with any added word; empty where nothing was added."""
        return _digest([list(line) for line in self.concepts]) if self.concepts else ""

    @property
    def noted(self) -> dict[str, Any]:
        """What a match keeps of them: every value, and the glossary by its digits."""
        return {
            "title": self.title,
            "uses": self.uses,
            "text": self.text,
            "sector": self.sector,
            "floor": self.floor,
            "feedback": self.feedback,
            "glossary": self.glossary,
        }

    @property
    def fingerprint(self) -> str:
        """Eight digits that change with any of the values."""
        return _digest(self.noted)

    def with_feedback(self, on: bool) -> "Scales":
        """Return the same with decisions counting, or not."""
        return replace(self, feedback=on)


SHIPPED = Scales()
"""The scales of a platform whose coordination has set nothing yet."""


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
