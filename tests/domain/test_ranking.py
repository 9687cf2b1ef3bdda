"""The order of merit by hand: totals, ties, cut-off, quotas, waiting list and who comes next."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.call_vocabulary import Outcome, OutcomeReason, QuotaField, TieBreak
from app.domain.ranking import Line, Tie, lot_of, next_in_line, rank, total_of
from tests.domain.rankings import cap, entry, reserve, rules

SELECTED, WAITING, OUT = Outcome.SELECTED, Outcome.WAITLISTED, Outcome.NOT_SELECTED
R = OutcomeReason
EARLY, LATE = datetime(2025, 12, 4, tzinfo=UTC), datetime(2025, 12, 30, tzinfo=UTC)


def outcomes(ranking) -> dict[str, tuple]:
    return {place.key: (place.outcome, place.reason) for place in ranking.places}


def keys(ranking) -> list[str]:
    return [place.key for place in ranking.places]


def test_seats_waiting_list_and_the_rest_follow_the_total():
    found = rank(rules(), [entry("d", 10), entry("b", 80), entry("c", 30), entry("a", 90)])
    assert not found.provisional
    assert [(p.key, p.rank, p.total, p.waiting_place) for p in found.places] == [
        ("a", 1, Decimal("90.00"), None),
        ("b", 2, Decimal("80.00"), None),
        ("c", 3, Decimal("30.00"), 1),
        ("d", 4, Decimal("10.00"), None),
    ]
    assert outcomes(found) == {
        "a": (SELECTED, R.MERIT),
        "b": (SELECTED, R.MERIT),
        "c": (WAITING, R.NO_SEAT_LEFT),
        "d": (OUT, R.NO_SEAT_LEFT),
    }


def test_totals_weigh_each_score_by_its_own_scale():
    lines = (Line("a", Decimal(30), 5), Line("b", Decimal("7.5"), 10), Line("c", Decimal(1), 3))
    scores = {"a": Fraction(4), "b": Fraction(13, 2), "c": Fraction(1, 3)}
    exact = 100 * (30 * 4 / 5 + 7.5 * 0.65 + 1 / 9) / 38.5
    assert total_of(rules(lines=lines), scores) == Decimal("75.29")
    assert exact == pytest.approx(75.29, abs=0.005)


@pytest.mark.parametrize(
    ("score", "total"),
    [("0.005", "0.00"), ("0.015", "0.02"), ("0.025", "0.02"), ("99.995", "100.00")],
)
def test_halves_are_rounded_to_even(score, total):
    assert total_of(rules(), {"a": Fraction(score)}) == Decimal(total)


def test_without_criteria_every_total_is_nought():
    assert rank(rules(lines=()), [entry("a", {})]).places[0].total == Decimal("0.00")


def test_who_lacks_reviews_or_a_score_has_no_rank_and_the_ranking_is_provisional():
    found = rank(rules(), [entry("c", 99, reviews=1), entry("a", {}), entry("b", 1)])
    assert found.provisional
    assert [(p.key, p.rank, p.total, p.reason) for p in found.places] == [
        ("b", 1, Decimal("1.00"), R.MERIT),
        ("a", None, None, R.NO_QUORUM),
        ("c", None, None, R.NO_QUORUM),
    ]


def test_below_the_cut_off_or_a_minimum_nobody_sits_or_waits():
    two = (Line("a", Decimal(1), 100), Line("b", Decimal(1), 100, Decimal(40)))
    found = rank(
        rules(lines=two, cut_off=Decimal("50.01"), seats=9),
        [
            entry("weak", {"a": 50, "b": 50}),
            entry("lame", {"a": 100, "b": 39}),
            entry("good", {"a": 60, "b": 40.5}),
        ],
    )
    assert keys(found) == ["lame", "good", "weak"]
    assert outcomes(found) == {
        "lame": (OUT, R.BELOW_MINIMUM),
        "good": (SELECTED, R.MERIT),
        "weak": (OUT, R.BELOW_CUT_OFF),
    }


def test_equal_means_equal_after_rounding():
    third = rules(lines=(Line("a", Decimal(1), 3),), tie_breaks=(TieBreak.EARLIER_SUBMISSION,))
    found = rank(
        third,
        [
            entry("more", Fraction("1.00001"), submitted_at=LATE),
            entry("less", Fraction(1), submitted_at=EARLY),
        ],
    )
    assert keys(found) == ["less", "more"]
    assert found.places[0].tie == Tie(("more",), "earlier_submission")


def test_ties_are_asked_in_the_stated_order_and_each_says_what_it_needed():
    two = (Line("a", Decimal(1), 100), Line("b", Decimal(1), 100))
    asked = ("criterion:b", TieBreak.SMALLER_POPULATION, TieBreak.EARLIER_SUBMISSION)
    found = rank(
        rules(lines=two, tie_breaks=asked, seats=4),
        [
            entry("third", {"a": 60, "b": 40}, population=90, submitted_at=EARLY),
            entry("fourth", {"a": 60, "b": 40}, population=90),
            entry("second", {"a": 60, "b": 40}, population=20),
            entry("first", {"a": 50, "b": 50}),
            entry("alone", {"a": 90, "b": 90}),
        ],
    )
    assert keys(found) == ["alone", "first", "second", "third", "fourth"]
    assert [place.tie and place.tie.decided_by for place in found.places] == [
        None,
        "criterion:b",
        "smaller_population",
        "earlier_submission",
        "earlier_submission",
    ]
    assert found.places[2].tie.with_keys == ("first", "third", "fourth")


def test_an_unknown_population_or_moment_goes_last():
    for question, known in (
        (TieBreak.SMALLER_POPULATION, {"population": 5_000_000}),
        (TieBreak.EARLIER_SUBMISSION, {"submitted_at": LATE}),
    ):
        found = rank(rules(tie_breaks=(question,)), [entry("a"), entry("b", **known), entry("c")])
        assert found.places[0].key == "b"
        assert found.places[1].tie.decided_by == "lot"


def test_the_lot_is_asked_last_even_unsaid_and_can_be_repeated():
    plain, other = rules(), rules(lot_seed="other")
    drawn = sorted("abcdef", key=lambda key: lot_of(plain, key))
    assert keys(rank(plain, map(entry, "fedcba"))) == drawn
    assert keys(rank(other, map(entry, "fedcba"))) != drawn
    assert {place.tie.decided_by for place in rank(plain, map(entry, "ab")).places} == {"lot"}
    # As ``printf seeda | sha256sum`` says.
    assert lot_of(plain, "a").startswith("7696af21")


def test_an_unknown_tie_break_is_refused():
    with pytest.raises(ValueError, match="coin"):
        rank(rules(tie_breaks=("coin",)), [entry("a")])


def test_a_reserve_takes_the_last_seat_from_the_better_and_says_so():
    found = rank(
        rules(groups=(reserve("X", 1),)),
        [entry("a", 90), entry("b", 80), entry("x", 20, region="X"), entry("y", 30)],
    )
    assert keys(found) == ["a", "b", "y", "x"]
    assert outcomes(found) == {
        "a": (SELECTED, R.MERIT),
        "b": (WAITING, R.NO_SEAT_LEFT),
        "y": (OUT, R.NO_SEAT_LEFT),
        "x": (SELECTED, R.RESERVED_SEAT),
    }


def test_who_would_have_been_selected_anyway_sits_by_merit():
    found = rank(
        rules(groups=(reserve("X", 1),)), [entry("x", 99, region="X"), entry("a", 90), entry("b")]
    )
    assert outcomes(found)["x"] == (SELECTED, R.MERIT)


def test_a_reserve_nobody_can_fill_goes_to_merit():
    groups = (reserve("X", 2), reserve("Z", 1))
    found = rank(
        rules(groups=groups, cut_off=Decimal(30)),
        [entry("x", 20, region="X"), entry("a", 90), entry("b", 80)],
    )
    assert outcomes(found)["x"] == (OUT, R.BELOW_CUT_OFF)
    assert outcomes(found)["b"] == (SELECTED, R.MERIT)


def test_a_cap_passes_the_seat_on_and_its_group_waits():
    found = rank(
        rules(groups=(cap("", 1),), waiting=2),
        [
            entry("c1", 90, region="C"),
            entry("c2", 80, region="C"),
            entry("s1", 70, region="S"),
            entry("n1", 60),
            entry("n2", 50),
        ],
    )
    assert outcomes(found) == {
        "c1": (SELECTED, R.MERIT),
        "c2": (WAITING, R.QUOTA_FULL),
        "s1": (SELECTED, R.MERIT),
        "n1": (WAITING, R.NO_SEAT_LEFT),
        "n2": (OUT, R.NO_SEAT_LEFT),
    }


def test_a_cap_wins_over_a_reserve():
    small = reserve("small", 2, QuotaField.POPULATION)
    found = rank(
        rules(groups=(cap("C", 1), small), seats=3),
        [
            entry("s1", 90, region="C", band="small"),
            entry("s2", 80, region="C", band="small"),
            entry("s3", 10, region="S", band="small"),
            entry("l1", 70, band="large"),
            entry("l2", 60, band="large"),
        ],
    )
    assert outcomes(found)["s2"] == (WAITING, R.QUOTA_FULL)
    assert {key for key, (outcome, _) in outcomes(found).items() if outcome is SELECTED} == {
        "s1",
        "s3",
        "l1",
    }


def test_the_next_in_line_takes_the_free_seat():
    entries = [entry("a", 90), entry("b", 80), entry("c", 70), entry("d", 60)]
    plain = rules(waiting=2)
    found = rank(plain, entries)
    assert next_in_line(plain, found, entries, []) is None
    assert next_in_line(plain, found, entries, ["a"]) == "c"
    assert next_in_line(plain, found, entries, ["a", "c"]) == "d"
    promoted = replace(
        found,
        places=tuple(
            replace(place, outcome=SELECTED) if place.key == "c" else place
            for place in found.places
        ),
    )
    assert next_in_line(plain, promoted, entries, ["a"]) is None
    assert next_in_line(plain, promoted, entries, ["a", "b"]) == "d"
    assert next_in_line(plain, promoted, entries, ["a", "b", "d"]) is None


def test_the_next_in_line_keeps_the_quotas():
    entries = [
        entry("x1", 90, region="X"),
        entry("c1", 80, region="C"),
        entry("c2", 70, region="C"),
        entry("n1", 65),
        entry("x2", 60, region="X"),
    ]
    quotas = rules(groups=(reserve("X", 1), cap("C", 1)), waiting=3)
    found = rank(quotas, entries)
    assert [p.key for p in found.places if p.outcome is WAITING] == ["c2", "n1", "x2"]
    assert next_in_line(quotas, found, entries, ["x1"]) == "x2"
    assert next_in_line(quotas, found, entries, ["c1"]) == "c2"
    assert next_in_line(quotas, found, entries, ["x1", "x2"]) == "n1"
    only_c = rules(groups=(cap("C", 1),), waiting=1)
    assert next_in_line(only_c, rank(only_c, entries), entries, ["x1"]) is None
