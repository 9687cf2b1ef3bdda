"""What counts beside the words of a challenge: bonuses, and what was approved before."""

from math import fsum, isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_texts import CHALLENGE, SOLUTIONS, STEADY, catalogues, challenges

from matching import Bonus, Document, Match, Matcher

KEYS = [document.id for document in SOLUTIONS]
WATER = Document("c", "Agua, basura y calles", "", lang="es")


def sources(match: Match) -> list[str]:
    return [part.source for part in match.parts]


def test_a_bonus_closes_its_share_of_the_gap_and_is_named(matcher):
    [plain] = [match for match in matcher.rank(WATER) if match.id == "light"]
    ranked = matcher.rank(WATER, bonuses=[Bonus("sector", ["light", "paper", "unknown"], 0.5)])
    [lifted] = [match for match in ranked if match.id == "light"]
    assert lifted.score == pytest.approx(plain.score + 0.5 * (1.0 - plain.score))
    [part] = [part for part in lifted.parts if part.source == "sector"]
    assert (part.term, part.need, part.offer, part.field) == ("sector", "", "", "")
    assert [p for p in lifted.parts if p.source == "words"] == list(plain.parts)


def test_a_bonus_moves_nobody_else_and_lifts_nobody_without_a_word(matcher):
    plain = {match.id: match for match in matcher.rank(WATER)}
    ranked = {m.id: m for m in matcher.rank(WATER, bonuses=[Bonus("sector", KEYS[1:], 0.9)])}
    assert set(ranked) == set(plain) == {"water", "light", "waste"}
    assert ranked["waste"] == plain["waste"]
    assert max(ranked, key=lambda key: ranked[key].score) != "waste"


def test_several_bonuses_close_the_gap_one_after_another(matcher):
    bonuses = [Bonus("sector", ["waste"], 0.5), Bonus("size", ["waste"], 0.5)]
    [match] = matcher.rank(CHALLENGE, 1, bonuses=bonuses)
    words = fsum(part.score for part in match.parts if part.source == "words")
    assert match.score == pytest.approx(1.0 - (1.0 - words) / 4)


def test_ties_behind_a_bonus_go_by_id():
    matcher = Matcher().fit([Document(key, "agua", "") for key in "abc"])
    need = Document("n", "agua y luz", "")
    ranked = matcher.rank(need, bonuses=[Bonus("sector", ["c"], 0.1)])
    assert [match.id for match in ranked] == ["c", "a", "b"]


@pytest.mark.parametrize(("name", "weight"), [("sector", 1.1), ("sector", -0.1), ("words", 0.1)])
def test_a_bonus_without_sense_is_refused(name, weight):
    with pytest.raises(ValueError, match="bonus"):
        Bonus(name, [], weight)


def test_a_bonus_of_nothing_is_no_part(matcher):
    assert matcher.rank(CHALLENGE, bonuses=[Bonus("sector", KEYS, 0.0)]) == matcher.rank(CHALLENGE)


def test_the_floor_counts_all_parts(matcher):
    scores = [match.score for match in matcher.rank(WATER)]
    assert [m.score for m in matcher.rank(WATER, floor=scores[1])] == scores[:2] != scores
    lifted = matcher.rank(WATER, floor=0.9, bonuses=[Bonus("sector", ["waste"], 0.95)])
    assert [match.id for match in lifted] == ["waste"]


def test_what_resembles_the_approved_gains_and_says_so():
    catalogue = [
        Document("a", "Sensores en contenedores", "Avisa cuando se llenan.", lang="es"),
        Document("b", "Contenedores de basura", "Sensores con batería solar.", lang="es"),
        Document("c", "Educación y basura", "Talleres para escuelas.", lang="es"),
    ]
    need = Document("n", "Basura en las escuelas de la ciudad", "", lang="es")
    matcher = Matcher().fit(catalogue)
    assert [match.id for match in matcher.rank(need)] == ["c", "b"]
    others = {"b", "c"}
    ranked = matcher.rank(need, eligible=others, approved=["a", "gone"], feedback=5.0)
    assert [match.id for match in ranked] == ["b", "c"]
    [part] = [part for part in ranked[0].parts if part.source == "approved"]
    assert set(part.need.split(", ")) == set(part.offer.split(", ")) == {"sensores", "contenedores"}
    assert "approved" not in sources(ranked[1])


def test_feedback_speaks_where_the_challenge_has_no_known_word():
    matcher = Matcher().fit([Document(key, "agua", "") for key in "abc"])
    ranked = matcher.rank(Document("n", "qwertz", ""), approved=["a"])
    assert [match.id for match in ranked] == ["a", "b", "c"]
    assert [sources(match) for match in ranked] == [["approved"]] * 3
    assert ranked[0].score == pytest.approx(0.3 / 1.3)


def test_nothing_approved_changes_nothing(matcher):
    assert matcher.rank(CHALLENGE, approved=["gone"]) == matcher.rank(CHALLENGE)
    assert matcher.rank(CHALLENGE, approved=["light"], feedback=0.0) == matcher.rank(CHALLENGE)


def test_feedback_cannot_be_negative(matcher):
    with pytest.raises(ValueError, match="negative"):
        matcher.rank(CHALLENGE, approved=["light"], feedback=-1.0)


@STEADY
@given(catalogues(), challenges, st.data())
def test_the_promises_hold_with_bonuses_and_feedback(catalogue, challenge, data):
    matcher = Matcher().fit(catalogue)
    some = st.lists(st.sampled_from([*matcher.ids_, "?"]), max_size=4)
    share = st.floats(0.0, 1.0)
    beside = {
        "bonuses": [Bonus(name, data.draw(some), data.draw(share)) for name in ("sector", "size")],
        "approved": data.draw(some),
        "feedback": data.draw(st.floats(0.0, 3.0)),
    }
    everyone = matcher.rank(challenge, 100, **beside)
    assert all(0.0 < match.score <= 1.0 for match in everyone)
    for match in everyone:
        assert isclose(fsum(part.score for part in match.parts), match.score, abs_tol=1e-12)
    ordered = sorted(everyone, key=lambda match: (-round(match.score, 9), match.id))
    assert np.allclose([m.score for m in everyone], [m.score for m in ordered], atol=2e-9, rtol=0)
    assert matcher.rank(challenge, 2, **beside) == everyone[:2]
    told = matcher.explain_all(challenge, [match.id for match in everyone], **beside)
    assert [(t.id, t.score, t.parts) for t in told] == [(m.id, m.score, m.parts) for m in everyone]
