"""What holds for every ranking, whatever the rules, the scores and the groups."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.call_vocabulary import Outcome, OutcomeReason, QuotaKind
from app.domain.ranking import Ranking, RankingRules, next_in_line, rank
from tests.domain.rankings import any_entries, any_rules

SELECTED, WAITING = Outcome.SELECTED, Outcome.WAITLISTED


def selected(ranking: Ranking) -> set[str]:
    return {place.key for place in ranking.places if place.outcome is SELECTED}


def counts(rules: RankingRules, entries, keys) -> Counter:
    """How many of ``keys`` each group of each rule has."""
    found: Counter = Counter()
    for entry in entries:
        for number, rule in enumerate(rules.groups):
            value = entry.groups[rule.field]
            if entry.key in keys and value and rule.value in ("", value):
                found[number, value] += 1
    return found


def naive_total(rules: RankingRules, entry) -> Decimal:
    points = sum(Fraction(x.weight) * entry.scores[x.key] / x.scale for x in rules.lines)
    cents = 10_000 * points / sum(Fraction(x.weight) for x in rules.lines)
    below = int(cents)
    part = cents - below
    up = part > Fraction(1, 2) or (part == Fraction(1, 2) and below % 2)
    return Decimal(below + bool(up)) / 100


def goes_before(rules: RankingRules, one, other) -> bool:
    """Compare two entries question by question, as a person would."""
    totals = naive_total(rules, one), naive_total(rules, other)
    if totals[0] != totals[1]:
        return totals[0] > totals[1]
    for question in (*rules.tie_breaks, "lot"):
        if question == "criterion:b" and one.scores["b"] != other.scores["b"]:
            return one.scores["b"] > other.scores["b"]
        if question == "earlier_submission" and one.submitted_at != other.submitted_at:
            return other.submitted_at is None or (
                one.submitted_at is not None and one.submitted_at < other.submitted_at
            )
        if question == "smaller_population" and one.population != other.population:
            return other.population is None or (
                one.population is not None and one.population < other.population
            )
        if question == "lot":
            break
    drawn = [sha256((rules.lot_seed + x.key).encode()).hexdigest() for x in (one, other)]
    return drawn[0] < drawn[1]


def naive_selection(rules: RankingRules, in_order) -> list[str]:
    """Two walks down the list that count everything anew at each step."""
    seated: list = []

    def number_of(rule, entry) -> int:
        return sum(x.groups[rule.field] == entry.groups[rule.field] for x in seated)

    def touched(entry, kind):
        for rule in rules.groups:
            value = entry.groups[rule.field]
            if rule.kind is kind and value and rule.value in ("", value):
                yield rule

    for reserves_only in (True, False):
        for entry in in_order:
            short = any(
                number_of(rule, entry) < rule.seats for rule in touched(entry, QuotaKind.RESERVE)
            )
            full = any(
                number_of(rule, entry) >= rule.seats for rule in touched(entry, QuotaKind.CAP)
            )
            wanted = short or not reserves_only
            if len(seated) < rules.seats and entry not in seated and wanted and not full:
                seated.append(entry)
    return [entry.key for entry in seated]


@given(any_rules(), any_entries())
def test_it_agrees_with_a_naive_reference(rules, entries):
    found = rank(rules, entries)
    with_quorum = [entry for entry in entries if entry.reviews >= rules.quorum]
    places = {
        entry.key: 1 + sum(goes_before(rules, other, entry) for other in with_quorum)
        for entry in with_quorum
    }
    assert {p.key: p.rank for p in found.places if p.rank} == places
    eligible = [
        entry
        for entry in sorted(with_quorum, key=lambda entry: places[entry.key])
        if naive_total(rules, entry) >= rules.cut_off
        and all(x.minimum is None or entry.scores[x.key] >= x.minimum for x in rules.lines)
    ]
    assert selected(found) == set(naive_selection(rules, eligible))
    rest = [entry.key for entry in eligible if entry.key not in selected(found)]
    waiting = [p.key for p in found.places if p.outcome is WAITING]
    assert waiting == rest[: rules.waiting]
    assert [p.waiting_place for p in found.places if p.outcome is WAITING] == list(
        range(1, len(waiting) + 1)
    )


@given(any_rules(), any_entries(), st.integers(0, 8), st.sampled_from(["0.01", "3", "7.77"]))
def test_neither_input_order_nor_the_unit_of_weights_matters(rules, entries, turn, factor):
    turned = list(reversed(entries[turn:] + entries[:turn]))
    lines = tuple(replace(line, weight=line.weight * Decimal(factor)) for line in rules.lines)
    assert rank(replace(rules, lines=lines), turned) == rank(rules, entries)


@given(any_rules(), any_entries())
def test_bounds_quorum_caps_cut_offs_and_minimums_hold(rules, entries):
    found = rank(rules, entries)
    ranked = [place for place in found.places if place.rank is not None]
    assert [place.rank for place in ranked] == list(range(1, len(ranked) + 1))
    assert [place.total for place in ranked] == sorted((p.total for p in ranked), reverse=True)
    assert all(Decimal(0) <= place.total <= Decimal(100) for place in ranked)
    lacking = {entry.key for entry in entries if entry.reviews < rules.quorum}
    assert {place.key for place in found.places if place.rank is None} == lacking
    assert found.provisional == bool(lacking)
    taken = selected(found)
    assert len(taken) <= rules.seats
    for (number, _), seats in counts(rules, entries, taken).items():
        rule = rules.groups[number]
        assert rule.kind is QuotaKind.RESERVE or seats <= rule.seats
    scores = {entry.key: entry.scores for entry in entries}
    for place in ranked:
        if place.outcome in (SELECTED, WAITING):
            assert place.total >= rules.cut_off
            assert all(
                line.minimum is None or scores[place.key][line.key] >= line.minimum
                for line in rules.lines
            )


@given(any_rules(), any_entries())
def test_reserves_are_filled_while_there_are_enough(rules, entries):
    reserves = tuple(rule for rule in rules.groups if rule.kind is QuotaKind.RESERVE)
    rules = replace(rules, groups=reserves)
    found = rank(rules, entries)
    eligible = {
        place.key
        for place in found.places
        if place.outcome is not Outcome.NOT_SELECTED or place.reason is OutcomeReason.NO_SEAT_LEFT
    }
    there = counts(rules, entries, eligible)
    # What each group can still claim; more claims than seats cannot all be met.
    claims = {group: min(rules.groups[group[0]].seats, number) for group, number in there.items()}
    assume(sum(claims.values()) <= rules.seats)
    seated = counts(rules, entries, selected(found))
    assert all(seated[group] >= claim for group, claim in claims.items())
    assert len(selected(found)) == min(rules.seats, len(eligible))


@given(any_rules(), any_entries(), st.data())
def test_a_better_score_never_ranks_lower(rules, entries, data):
    assume(entries)
    chosen = data.draw(st.sampled_from(entries))
    line = data.draw(st.sampled_from(rules.lines))
    raised = {**chosen.scores, line.key: min(Fraction(4), chosen.scores[line.key] + 1)}
    better = [replace(x, scores=raised) if x is chosen else x for x in entries]
    before, after = (
        next(place for place in rank(rules, some).places if place.key == chosen.key)
        for some in (entries, better)
    )
    worth = [SELECTED, WAITING, Outcome.NOT_SELECTED]
    if before.rank is not None:
        assert after.rank <= before.rank
        assert worth.index(after.outcome) <= worth.index(before.outcome)


@given(any_rules(), any_entries())
def test_seats_follow_the_rank_within_a_group_and_ties_are_told_by_both_sides(rules, entries):
    groups = {entry.key: tuple(sorted(entry.groups.items())) for entry in entries}
    places = rank(rules, entries).places
    seatless = set()
    for place in places:
        if place.outcome is SELECTED:
            assert groups[place.key] not in seatless
        elif place.reason in (OutcomeReason.NO_SEAT_LEFT, OutcomeReason.QUOTA_FULL):
            seatless.add(groups[place.key])
        equals = {p.key for p in places if p.total == place.total and p.total is not None}
        assert set(place.tie.with_keys if place.tie else ()) == equals - {place.key}
        assert place.tie is None or place.tie.decided_by in {*rules.tie_breaks, "lot"}


@given(any_rules(), any_entries(), st.data())
def test_the_next_in_line_waits_fits_and_is_the_first_who_does(rules, entries, data):
    found = rank(rules, entries)
    left = data.draw(st.sets(st.sampled_from(sorted(x.key for x in entries)))) if entries else set()
    chosen = next_in_line(rules, found, entries, left)
    staying = selected(found) - left
    if chosen is None:
        return
    assert len(staying) < rules.seats
    assert chosen not in left
    waiting = [p.key for p in found.places if p.outcome is WAITING and p.key not in left]
    assert chosen in waiting
    present = counts(rules, entries, staying)
    for group, seats in counts(rules, entries, staying | {chosen}).items():
        rule = rules.groups[group[0]]
        assert rule.kind is QuotaKind.RESERVE or seats <= max(rule.seats, present[group])
