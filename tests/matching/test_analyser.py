"""From text to terms: words, stems, languages, cognates, phrases."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_texts import STEADY
from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.portuguese_stemmer import PortugueseStemmer
from snowballstemmer.spanish_stemmer import SpanishStemmer

from matching import Document, analyser, glossary
from matching.analyser import Analyser
from matching.cognates import KEPT, cognate
from matching.glossary import Concept, Lookup
from matching.stems import stem
from matching.version import SHIPPED
from matching.words import fold, words

WEIGHTS = {"title": 2.0, "uses": 2.0, "text": 1.0}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La ciudad necesita reducir el ruido de las calles", "es"),
        ("A cidade precisa reduzir o ruído das ruas", "pt"),
        ("The city needs to reduce the noise of its streets", "en"),
        ("gestión", "es"),
        ("gestão", "pt"),
        ("monitoring", "en"),
        ("coleta de lixo", "pt"),
        ("broken street lights", "en"),
        ("", "es"),
    ],
)
def test_the_language_is_heard_from_the_words(text, language):
    assert Analyser(SHIPPED, WEIGHTS).analyse(Document("d", text, "")).language == language


@pytest.mark.parametrize(
    "family",
    [
        ("contratación", "contratação"),
        ("información", "informação", "information"),
        ("movilidad", "mobilidade", "mobility"),
        ("municipio", "município"),
        ("energía", "energia", "energy"),
        ("puerta", "porta"),
        ("escuela", "escola"),
    ],
)
def test_words_of_one_origin_share_a_key(family):
    assert len({cognate(word) for word in family}) == 1


def test_short_words_and_numbers_are_their_own_key():
    assert [cognate(word) for word in ("luz", "5g", "covid19")] == ["luz", "5g", "covid19"]


@STEADY
@given(st.text(st.characters(exclude_categories=())))
def test_every_word_has_a_stem_and_a_key(text):
    for word in words(text):
        assert cognate(word)
        assert len(cognate(word)) <= max(KEPT, len(fold(word)))
        assert all(stem(word, language) for language in ("es", "pt", "en"))


def test_accents_do_not_part_what_people_type():
    assert stem("gestión", "es") == stem("gestion", "es")
    assert fold("água é ação") == "agua e acao"


@pytest.mark.parametrize(
    ("language", "plain"),
    [("es", SpanishStemmer()), ("pt", PortugueseStemmer()), ("en", EnglishStemmer())],
)
def test_compiled_stemmers_stem_as_plain_ones_do(language, plain):
    listed = {word for concept in SHIPPED for word in words(" ".join(concept))}
    assert len(listed) > 3000
    assert [word for word in listed if stem(word, language) != fold(plain.stemWord(word))] == []


def test_a_word_counts_as_much_as_its_field():
    document = Document("d", "agua", "agua agua", "agua", "es")
    use = Analyser([], WEIGHTS).analyse(document).uses["s:es:agu"]
    assert (use.amount, use.surface, use.field) == (6.0, "agua", 0)


def test_phrases_of_two_and_three_words_are_concepts():
    concepts = [Concept("", "", "street lighting"), Concept("", "", "one stop paper shop")]
    uses = Analyser(concepts, WEIGHTS).analyse(
        Document("d", "Street lighting and a stop for the paper shop", "", lang="en")
    )
    assert uses.uses["c:street lighting"].surface == "street lighting"
    assert uses.uses["c:one stop paper shop"].surface == "stop paper shop"


def test_another_process_reads_the_same():
    reader = Analyser([Concept("pichanga", "", "kickabout")], WEIGHTS)
    document = Document("d", "Pichanga en la calle", "", lang="es")
    copies = pickle.loads(pickle.dumps([reader, reader]))
    assert [copy.analyse(document) for copy in copies] == [reader.analyse(document)] * 2
    assert "c:kickabout" in copies[0].analyse(document).uses


def test_a_full_memory_starts_again(monkeypatch):
    monkeypatch.setattr(analyser, "_REMEMBERED", 0)
    reader = Analyser([], WEIGHTS)
    document = Document("d", "calles y plazas", "", lang="es")
    assert reader.analyse(document) == reader.analyse(document)


def test_a_glossary_needs_its_columns(tmp_path):
    (tmp_path / "short.csv").write_text("es,pt\nagua,água\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"short\.csv: the columns must be es, pt, en"):
        glossary.read(tmp_path / "short.csv")


def test_phrases_too_long_or_empty_are_passed_over():
    concept = Concept("de la|uno dos tres cuatro cinco seis|agua", "", "water")
    found = Lookup([concept], "es")
    assert found.word("aguas", "agu") == "water"
    assert found.phrases == {}


def test_the_written_form_comes_before_the_stem():
    coast, cost = Concept("costa", "", "coast"), Concept("coste", "", "cost")
    found = Lookup([coast, cost], "es")
    assert [found.word(word, "cost") for word in ("costas", "costes", "coste", "costosa")] == [
        "coast",
        "cost",
        "cost",
        "coast",
    ]
