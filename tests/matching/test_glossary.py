"""The shipped glossary is a clean table, and does what it is for."""

import unicodedata
from collections import Counter

import pytest

from matching import Document, Matcher
from matching.glossary import LONGEST_PHRASE, digest, read, stems_of
from matching.stopwords import LANGUAGES

CONCEPTS = read()


def test_it_holds_a_thousand_concepts():
    assert len(CONCEPTS) >= 1000


def test_every_concept_has_a_name_of_its_own():
    assert [key for key, times in Counter(c.key for c in CONCEPTS).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice_in_one_language(language):
    phrases = Counter(phrase for concept in CONCEPTS for phrase in concept.phrases(language))
    assert [phrase for phrase, times in phrases.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_well_formed(language):
    for concept in CONCEPTS:
        for phrase in concept.phrases(language):
            assert phrase == unicodedata.normalize("NFC", " ".join(phrase.split()).lower())
            assert 1 <= len(stems_of(phrase, language)) <= LONGEST_PHRASE, phrase


@pytest.mark.parametrize(
    ("need", "offer", "term"),
    [
        ("basura en la calle", "coleta de lixo", "c:waste"),
        ("luminarias apagadas", "broken street lights", "c:street lighting"),
        ("baches", "buracos na via", "c:pothole"),
        ("turnos en el hospital", "agendamento", "c:appointment"),
        ("flooding", "alerta de inundaciones", "c:flood"),
    ],
)
def test_it_joins_words_that_look_nothing_alike(need, offer, term):
    [match] = Matcher().fit([Document("s", offer, "")]).rank(Document("c", need, ""))
    assert term in {part.term for part in match.parts}


def test_its_digest_changes_with_any_word():
    changed = [CONCEPTS[0]._replace(es="otra"), *CONCEPTS[1:]]
    assert digest(CONCEPTS) == digest(list(CONCEPTS))
    assert digest(changed) != digest(CONCEPTS)
