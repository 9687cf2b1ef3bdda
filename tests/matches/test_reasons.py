"""How reasons are shown: marks, points and conditions."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.vocabulary import DataSensitivity, Hosting
from app.matches.constraints import constraints
from app.matches.marking import mark_line, mark_terms
from app.matches.showing import MARKED_PARTS, SHOWN_PARTS, score_parts, shared_words
from tests.challenges.build import challenge
from tests.matches.build import match, solution


@pytest.mark.parametrize(
    ("text", "terms", "marked"),
    [
        ("Los reclamos llegan", ["reclamo"], "Los <mark>reclamos</mark> llegan"),
        ("RECLAMO", ["reclamos"], "<mark>RECLAMO</mark>"),
        ("Gestión y gestion", ["gestión"], "<mark>Gestión</mark> y <mark>gestion</mark>"),
        (
            "la gestión de los residuos",
            ["gestión residuos"],
            "la <mark>gestión de los residuos</mark>",
        ),
        ("gestión urbana, residuos", ["gestión residuos"], "gestión urbana, residuos"),
        ("camión, camiones", ["camiones"], "<mark>camión</mark>, <mark>camiones</mark>"),
        ("calle y calles", ["calles"], "<mark>calle</mark> y <mark>calles</mark>"),
        ("el mar y el marco", ["mar"], "el <mark>mar</mark> y el marco"),
        ("a < b & basura", ["basura"], "a &lt; b &amp; <mark>basura</mark>"),
        ("nada", [], "nada"),
        ("", ["basura"], ""),
        ("basura", ["", "!!"], "basura"),
    ],
)
def test_shared_words_are_marked(text, terms, marked):
    assert str(mark_line(text, terms)) == marked


def test_paragraphs_and_lines_are_kept():
    assert str(mark_terms("uno\ndos\n\n\n\ntres uno", ["uno"])) == (
        "<p><mark>uno</mark><br>dos</p><p>tres <mark>uno</mark></p>"
    )


WORDS = st.text(st.sampled_from("aábeso <>&\"'\n-"), max_size=40)


@given(text=WORDS, terms=st.lists(WORDS, max_size=4))
def test_marking_changes_nothing_else_and_lets_no_markup_through(text, terms):
    line = text.replace("\n", " ")
    made = str(mark_line(line, terms))
    assert html.unescape(re.sub("</?mark>", "", made)) == line
    assert "<" not in re.sub("</?mark>", "", made)


def _parts(count):
    part = {"term": "c:x", "need": "basura", "offer": "lixo", "field": "uses"}
    return [{**part, "offer": f"lixo{n}", "score": 0.5 / count} for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, SHOWN_PARTS, SHOWN_PARTS + 1, 40])
def test_the_bar_adds_up(people, count):
    thing = match(challenge(people.city()), solution(None), parts=_parts(count) if count else [])
    thing.score = 0.5 if count else 0.0
    shown = score_parts(thing)
    assert len(shown) == min(count, SHOWN_PARTS + 1)
    assert sum(part.value for part in shown) == pytest.approx(thing.score)
    assert len(shared_words(thing, "offer")) == min(count, MARKED_PARTS)
    if count:
        assert shown[0].label == "basura / lixo0"


def _outcomes(thing, offer):
    return {row.name: row.outcome.value for row in constraints(thing, offer)}


@pytest.mark.parametrize(
    ("asked", "offered", "name", "outcome"),
    [
        ({}, {"countries": ["AR", "BR"]}, "country", "passed"),
        ({}, {"countries": ["BR"]}, "country", "failed"),
        ({}, {"countries": []}, "country", "unknown"),
        ({"required_languages": ["es", "pt"]}, {"languages": ["pt", "es"]}, "languages", "passed"),
        ({"required_languages": ["pt"]}, {"languages": ["es"]}, "languages", "failed"),
        ({}, {"languages": ["pt"]}, "languages", "failed"),
        ({}, {"languages": []}, "languages", "unknown"),
        ({}, {"trl": 6}, "maturity", "passed"),
        ({}, {"trl": 5}, "maturity", "failed"),
        ({}, {"trl": None}, "maturity", "unknown"),
        ({}, {"licence": "MIT"}, "licence", "passed"),
        ({}, {"licence": ""}, "licence", "failed"),
        ({}, {"hosting": None}, "hosting", "unknown"),
        ({}, {"hosting": Hosting.CITY}, "hosting", "passed"),
        ({}, {"hosting": Hosting.ABROAD}, "hosting", "unknown"),
        (
            {"data_sensitivity": DataSensitivity.PERSONAL},
            {"hosting": Hosting.REGION},
            "hosting",
            "failed",
        ),
        (
            {"data_sensitivity": DataSensitivity.SENSITIVE},
            {"hosting": Hosting.COUNTRY},
            "hosting",
            "passed",
        ),
        (
            {"data_sensitivity": DataSensitivity.OPEN},
            {"hosting": Hosting.ABROAD},
            "hosting",
            "passed",
        ),
    ],
)
def test_conditions(people, asked, offered, name, outcome):
    thing, offer = challenge(people.city(), **asked), solution(None, **offered)
    assert _outcomes(thing, offer)[name] == outcome


def test_a_startup_may_keep_its_licence_to_itself(people):
    offer = solution(people.startup(), licence="")
    assert _outcomes(challenge(people.city()), offer)["licence"] == "unknown"
