"""What comes out: a ranked pair, the reasons for its score, and what is missing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One reason for a score; `source` names its kind.

    "words": words of the challenge that meet words of the solution.
    `term` is the canonical key both sides share, `need` the words as the challenge writes them,
    `offer` as the solution writes them ("basura" / "lixo"), `field` the field of the solution that
    says it loudest ("title", "uses" or "text"), `score` its share of the match's score.

    "approved": what the solution has in common with those approved before for this challenge, all
    in one part. `need` holds the words of the approved ones and `offer` those of the solution that
    count most, both separated by ", ".

    Any other source is a bonus, under its name; it has no words and no field.
    """

    term: str
    need: str
    offer: str
    field: str
    score: float
    source: str = "words"


@dataclass(frozen=True, slots=True)
class Match:
    """A solution suggested for a challenge.

    `score` is between 0 and 1; `parts` are sorted by their share, largest first, and add up to it.
    """

    id: str
    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the challenge asks that the solution never names.

    Either the glossary knows it or another solution names it; names of places and turns of phrase
    are not told.

    `share` is the part of the whole demand (between 0 and 1) that rests on it.
    """

    term: str
    need: str
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one solution has its score for one challenge: the match, and what it lacks.

    `missing` is sorted by share, largest first.
    """

    id: str
    score: float
    parts: tuple[Part, ...]
    missing: tuple[Missing, ...]
