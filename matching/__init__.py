"""Matching of challenges and solutions: text in, ranked and explained pairs out.

from matching import Document, Matcher

matcher = Matcher().fit(solutions)
for match in matcher.rank(challenge, top=10):
    print(match.id, match.score, match.parts)
"""

from matching.assignment import Assignment, Pair, assign
from matching.bonus import Bonus
from matching.document import Document
from matching.match import Explanation, Match, Missing, Part
from matching.matcher import Matcher
from matching.storage import StaleIndexError
from matching.version import VERSION

__all__ = [
    "VERSION",
    "Assignment",
    "Bonus",
    "Document",
    "Explanation",
    "Match",
    "Matcher",
    "Missing",
    "Pair",
    "Part",
    "StaleIndexError",
    "assign",
]
