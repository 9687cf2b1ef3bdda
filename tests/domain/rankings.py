"""Rules and entries for tests of rankings, by hand and by hypothesis."""

import itertools
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from app.domain.call_vocabulary import QuotaField, QuotaKind, TieBreak
from app.domain.ranking import Entry, GroupRule, Line, RankingRules

REGIONS = ("C", "S", "X", "")
BANDS = ("small", "medium", "large")


def rules(**values) -> RankingRules:
    """One criterion of weight 1 on a scale of 100, so that the total is the score."""
    defaults = {
        "lines": (Line("a", Decimal(1), 100),),
        "cut_off": Decimal(0),
        "tie_breaks": (),
        "seats": 2,
        "waiting": 1,
        "groups": (),
        "quorum": 2,
        "lot_seed": "seed",
    }
    return RankingRules(**{**defaults, **values})


def entry(key, score=50, *, reviews=3, region="", band="", **values) -> Entry:
    """An entry with one score, or one for each criterion given as a mapping."""
    scores = score if isinstance(score, dict) else {"a": score}
    groups = {QuotaField.REGION: region, QuotaField.POPULATION: band}
    fractions = {name: Fraction(value) for name, value in scores.items()}
    return Entry(key, fractions, reviews, groups, **values)


def reserve(value, seats, field=QuotaField.REGION) -> GroupRule:
    """At least ``seats`` for a group."""
    return GroupRule(QuotaKind.RESERVE, field, value, seats)


def cap(value, seats, field=QuotaField.REGION) -> GroupRule:
    """At most ``seats`` for a group; an empty value means each."""
    return GroupRule(QuotaKind.CAP, field, value, seats)


# One draw an entry keeps the properties fast: all kinds of entries, and one number for each.
_SCORES = [Fraction(halves, 2) for halves in range(9)]
_MOMENTS = [None, *(datetime(2025, 12, day, tzinfo=UTC) for day in (3, 4, 5))]
_KINDS = list(
    itertools.product(
        _SCORES, _SCORES, [1, 3, 3, 3], REGIONS, BANDS, _MOMENTS, [None, 10_000, 60_000]
    )
)
_GROUP_RULES = [
    GroupRule(kind, field, value, seats)
    for kind in QuotaKind
    for field, values in ((QuotaField.REGION, REGIONS), (QuotaField.POPULATION, BANDS))
    for value in values
    for seats in (1, 2, 3)
]
_TIE_BREAKS = [*itertools.permutations(["criterion:b", *TieBreak], 2), ()]
_WEIGHTS = [Decimal(weight) for weight in ("0.01", "1", "2.5", "30", "33.33", "100")]


@st.composite
def any_rules(draw) -> RankingRules:
    """Rules with two criteria of which scores are few, so that ties are frequent."""
    lines = tuple(
        Line(name, draw(st.sampled_from(_WEIGHTS)), 4, draw(st.sampled_from([None, Decimal(2)])))
        for name in ("a", "b")
    )
    return RankingRules(
        lines=lines,
        cut_off=Decimal(draw(st.sampled_from([0, 40, 50]))),
        tie_breaks=draw(st.sampled_from(_TIE_BREAKS)),
        seats=draw(st.integers(1, 5)),
        waiting=draw(st.integers(0, 3)),
        groups=tuple(draw(st.lists(st.sampled_from(_GROUP_RULES), max_size=3))),
        quorum=2,
        lot_seed=draw(st.sampled_from(["", "one", "two"])),
    )


@st.composite
def any_entries(draw) -> list[Entry]:
    """Up to nine entries of different keys."""
    kinds = draw(st.lists(st.integers(0, len(_KINDS) - 1), max_size=9))
    return [_entry(f"n{place}", *_KINDS[kind]) for place, kind in enumerate(kinds)]


def _entry(key, one, other, reviews, region, band, submitted_at, population) -> Entry:
    return entry(
        key,
        {"a": one, "b": other},
        reviews=reviews,
        region=region,
        band=band,
        submitted_at=submitted_at,
        population=population,
    )
