"""The matcher on a small catalogue, one behaviour at a time."""

import numpy as np
import pytest
from matching_texts import CHALLENGE, SOLUTIONS
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import VERSION, Document, Matcher, building
from matching.version import RULES


def test_a_portuguese_need_finds_the_spanish_offer(matcher):
    [first, *_] = matcher.rank(CHALLENGE)
    assert first.id == "waste"
    assert (first.parts[0].need, first.parts[0].offer) == ("lixo", "basura")
    assert first.parts[0].term == "c:waste"


def test_the_part_names_the_field_that_says_it_loudest(matcher):
    [match] = matcher.rank(Document("c", "", "vazamentos", lang="pt"))
    assert [part.field for part in match.parts] == ["uses"]


def test_a_phrase_of_the_glossary_meets_across_languages(matcher):
    [first, *_] = matcher.rank(Document("c", "Iluminação pública", "", lang="pt"))
    assert first.id == "light"
    assert "c:street lighting" in {part.term for part in first.parts}


def test_what_the_solution_never_names_is_missing(matcher):
    told = matcher.explain(Document("c", "Basura y ruido", "", lang="es"), "waste")
    assert [lack.need for lack in told.missing] == ["ruido"]
    assert 0 < told.missing[0].share < 1


def test_what_nobody_knows_is_not_said_to_be_missing(matcher):
    need = Document("c", "Waste in Tegucigalpa, dim and noise", "", lang="en")
    assert {lack.need for lack in matcher.explain(need, "waste").missing} == {"dim", "noise"}
    matcher.remove("light")
    assert [lack.need for lack in matcher.explain(need, "waste").missing] == ["noise"]


def test_further_concepts_come_before_the_shipped_ones():
    local = Matcher(concepts=[("pichanga", "pelada", "kickabout")])
    local.fit([Document("s", "Pelada no bairro", "", lang="pt")])
    assert local.rank(Document("c", "Pichanga", "", lang="es"))[0].parts[0].offer == "pelada"


def test_equals_are_ordered_by_id():
    same = [Document(key, "agua", "agua") for key in ("b", "a", "c")]
    found = Matcher().fit(same).rank(Document("q", "agua", ""), top=2)
    assert [match.id for match in found] == ["a", "b"]


@pytest.mark.parametrize("top", [0, -1])
def test_no_places_no_matches(matcher, top):
    assert matcher.rank(CHALLENGE, top=top) == []


def test_a_mask_follows_the_ids(matcher):
    matcher.remove("light")
    mask = np.array([key == "trees" for key in matcher.ids_])
    found = matcher.rank(Document("c", "Árvores e lixo", "", lang="pt"), eligible=mask)
    assert [match.id for match in found] == ["trees"]


def test_a_mask_of_the_wrong_length_is_refused(matcher):
    with pytest.raises(ValueError, match="one value for each of 5"):
        matcher.rank(CHALLENGE, eligible=np.ones(3, dtype=bool))


def test_unknown_eligible_ids_are_ignored(matcher):
    assert matcher.rank(CHALLENGE, eligible=["nobody"]) == []


def test_rank_all_streams_and_reports(matcher):
    done = []
    challenges = [CHALLENGE, Document("d", "Water leaks", "", lang="en")]
    ranked = matcher.rank_all(challenges, top=1, progress=done.append)
    assert next(ranked) == ("c", matcher.rank(CHALLENGE, top=1))
    assert done == []
    assert [key for key, _ in ranked] == ["d"]
    assert done == [1, 2]


def test_rank_all_needs_nobody_to_watch(matcher):
    assert list(matcher.rank_all([CHALLENGE])) == [("c", matcher.rank(CHALLENGE))]


@pytest.mark.parametrize("processes", [2, -1])
def test_several_processes_read_what_one_reads(monkeypatch, processes):
    monkeypatch.setattr(building, "BLOCK", 1)
    alone, shared = Matcher().fit(SOLUTIONS), Matcher(n_jobs=processes).fit(SOLUTIONS)
    assert shared.ids_ == alone.ids_
    assert shared.rank(CHALLENGE) == alone.rank(CHALLENGE)


def test_two_documents_of_one_id_are_refused():
    with pytest.raises(ValueError, match="share the id 'x'"):
        Matcher().fit([Document("x", "", ""), Document("x", "", "")])


@pytest.mark.parametrize("weights", [{"title": -1.0}, {"concept": 0.0, "stem": 0.0}])
def test_weights_without_sense_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        Matcher(**weights).fit(SOLUTIONS)


def test_nothing_works_before_fit():
    with pytest.raises(NotFittedError):
        Matcher().rank(CHALLENGE)


@pytest.mark.parametrize("verb", ["remove", "explain"])
def test_an_unknown_id_is_a_key_error(matcher, verb):
    arguments = ["nobody"] if verb == "remove" else [CHALLENGE, "nobody"]
    with pytest.raises(KeyError):
        getattr(matcher, verb)(*arguments)


def test_it_is_a_scikit_learn_estimator():
    matcher = Matcher(title=3.0)
    assert clone(matcher).get_params() == matcher.get_params()
    assert Matcher().set_params(stem=0.5).stem == 0.5
    assert repr(matcher) == "Matcher(title=3.0)"


def test_the_version_names_rules_and_glossary():
    assert VERSION.startswith(f"{RULES}.")
    assert len(VERSION.partition(".")[2]) == 8
