"""Texts as people and broken programs send them: a result or an empty list, never a crash."""

import math

import pytest
from matching_texts import SOLUTIONS

from matching import Document, Matcher

ODD = {
    "empty": "",
    "blank": " \t\n",
    "one word": "agua",
    "one letter": "a",
    "stop words only": "de la que el en y a los",
    "control characters": "agua\x00\x01\x1b[31m\x7f",
    "emoji": "💧💧 agua 🚰👩‍🚒",
    "mixed scripts": "agua вода 水 ماء νερό",
    "lone surrogate": "agua \ud800 \udfff",
    "letters and accents apart": "gestio\u0301n del agua",
    "digits": "2024 311 5G",
    "no spaces": "x" * 10_000,
    "markup": "<script>alert('agua')</script>",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_on_either_side(text):
    odd = Document("odd", text, text, text)
    matcher = Matcher().fit([*SOLUTIONS, odd])
    for match in matcher.rank(odd):
        assert math.isfinite(match.score)
    matcher.explain(odd, "odd")
    matcher.remove("odd")
    matcher.add(odd)


@pytest.mark.parametrize("text", ["", "\x00", "de la que"])
def test_a_text_without_words_matches_nothing(matcher, text):
    empty = Document("c", text, text)
    assert matcher.rank(empty) == []
    assert matcher.explain(empty, "waste").score == 0.0
    assert matcher.explain(empty, "waste").missing == ()


def test_a_text_of_a_megabyte(matcher):
    huge = "recolección de basura en calle " * 34_000
    [first, *_] = matcher.rank(Document("c", "", huge))
    matcher.add(Document("huge", "", huge))
    assert first.id == "waste"


def test_an_empty_catalogue_ranks_nobody(tmp_path):
    matcher = Matcher().fit([])
    assert matcher.rank(SOLUTIONS[0]) == []
    assert matcher.ids_ == ()
    matcher.save(tmp_path / "none.npz")
    loaded = Matcher.load(tmp_path / "none.npz").add(SOLUTIONS[0])
    assert [match.id for match in loaded.rank(SOLUTIONS[0])] == ["waste"]


def test_a_catalogue_of_equals():
    same = [Document(f"{number:04}", "agua", "red de agua") for number in range(1500)]
    found = Matcher().fit(same).rank(Document("c", "agua", ""), top=7)
    assert [match.id for match in found] == [f"{number:04}" for number in range(7)]
    assert len({match.score for match in found}) == 1


def test_letters_typed_apart_from_their_accents_are_the_same_word(matcher):
    joined, apart = (Document("c", text, "", lang="pt") for text in ("água", "a\u0301gua"))
    assert matcher.rank(joined) == matcher.rank(apart)


def test_lone_surrogates_survive_the_disk(tmp_path):
    matcher = Matcher().fit([Document("\ud800", "agua", "\udfff水")])
    matcher.save(tmp_path / "odd.npz")
    assert Matcher.load(tmp_path / "odd.npz").ids_ == ("\ud800",)
