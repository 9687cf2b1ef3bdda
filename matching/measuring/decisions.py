"""What an earlier decision is worth: one answer is approved, and the others have to be found.

Residual ranking: the approved solution leaves the ranking and the judgements on both sides of the
comparison, so nothing is gained by ranking it again.
"""

from typing import NamedTuple

from matching.feedback import FEEDBACK
from matching.matcher import Matcher
from matching.measuring import bootstrap, metrics
from matching.measuring.bootstrap import Interval
from matching.measuring.dataset import Dataset
from matching.measuring.systems import DEPTH


class Worth(NamedTuple):
    """nDCG@10 of the other answers over `challenges` that have several, and the difference."""

    challenges: int
    without: Interval
    learned: Interval
    difference: Interval


def worth(data: Dataset, strength: float = FEEDBACK) -> Worth:
    """Approve the answer that ranks first for each challenge, and rank the rest with and without.

    Challenges with one answer only, or none that the matcher finds, say nothing and are left out.
    """
    matcher = Matcher().fit(data.solutions)
    without: list[float] = []
    learned: list[float] = []
    for challenge in data.challenges:
        grades = data.relevance[challenge.id]
        first = [match.id for match in matcher.rank(challenge, DEPTH)]
        approved = next((key for key in first if grades.get(key, 0.0) > 0), None)
        others = {key: grade for key, grade in grades.items() if key != approved and grade > 0}
        if approved is None or not others:
            continue
        again = matcher.rank(challenge, DEPTH + 1, approved=[approved], feedback=strength)
        for ranking, figures in ((first, without), ([m.id for m in again], learned)):
            figures.append(metrics.ndcg([key for key in ranking if key != approved], others))
    return Worth(
        len(without),
        bootstrap.mean(without),
        bootstrap.mean(learned),
        bootstrap.difference(learned, without),
    )


def in_words(name: str, found: Worth) -> str:
    """The figures as a line; "*" where the difference is beyond chance."""
    sure = "*" if found.difference.low > 0 or found.difference.high < 0 else ""
    return (
        f"{name}: {found.challenges} challenges with several answers, one of them approved; "
        f"ndcg@10 of the others {found.without.mean:.3f}, with what was learned "
        f"{found.learned.mean:.3f} ({found.difference.mean:+.3f}{sure}, "
        f"{found.difference.low:+.3f} to {found.difference.high:+.3f})"
    )
