"""What holds for every catalogue and every challenge."""

from itertools import pairwise
from math import fsum, isclose

from hypothesis import given
from hypothesis import strategies as st
from matching_texts import STEADY, catalogues, challenges, documents

from matching import Document, Match, Matcher
from matching.fields import FIELDS


def ranked(matcher: Matcher, challenge: Document, **limits: object) -> list[Match]:
    return matcher.rank(challenge, top=100, **limits)


@STEADY
@given(catalogues(), challenges)
def test_scores_lie_between_0_and_1_and_fall(catalogue, challenge):
    scores = [match.score for match in ranked(Matcher().fit(catalogue), challenge)]
    assert all(0.0 < score <= 1.0 for score in scores)
    assert all(round(a, 9) >= round(b, 9) for a, b in pairwise(scores))


@STEADY
@given(catalogues(), challenges)
def test_parts_add_up_to_the_score(catalogue, challenge):
    for match in ranked(Matcher().fit(catalogue), challenge):
        assert match.parts
        assert isclose(fsum(part.score for part in match.parts), match.score, abs_tol=1e-12)
        assert len({part.term for part in match.parts}) == len(match.parts)
        assert all(part.need and part.offer and part.field in FIELDS for part in match.parts)


@STEADY
@given(catalogues(), challenges, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(catalogue, challenge, random):
    shuffled = random.sample(catalogue, len(catalogue))
    there = ranked(Matcher().fit(catalogue), challenge)
    here = ranked(Matcher().fit(shuffled), challenge)
    assert [match.id for match in here] == [match.id for match in there]
    assert all(isclose(a.score, b.score) for a, b in zip(here, there, strict=True))


@STEADY
@given(catalogues(), challenges, st.integers(0, 8))
def test_adding_equals_a_rebuild(catalogue, challenge, first):
    grown = Matcher().fit(catalogue[:first])
    for document in catalogue[first:]:
        grown.add(document)
    assert ranked(grown, challenge) == ranked(Matcher().fit(catalogue), challenge)


@STEADY
@given(catalogues(), challenges, st.sets(st.integers(0, 7)))
def test_removing_leaves_no_trace(catalogue, challenge, gone):
    shrunk = Matcher().fit(catalogue)
    for place in gone & set(range(len(catalogue))):
        shrunk.remove(catalogue[place].id)
    rest = [document for place, document in enumerate(catalogue) if place not in gone]
    assert ranked(shrunk, challenge) == ranked(Matcher().fit(rest), challenge)


@STEADY
@given(catalogues(least=1), documents("new"), challenges)
def test_a_new_version_takes_the_place_of_the_old(catalogue, newer, challenge):
    document = Document(catalogue[0].id, newer.title, newer.text, newer.uses, newer.lang)
    changed = Matcher().fit(catalogue).add(document)
    assert ranked(changed, challenge) == ranked(
        Matcher().fit([document, *catalogue[1:]]), challenge
    )


@STEADY
@given(catalogues(), challenges, st.sets(st.integers(0, 7)))
def test_the_ineligible_change_nobodys_place(catalogue, challenge, chosen):
    matcher = Matcher().fit(catalogue)
    eligible = {document.id for place, document in enumerate(catalogue) if place in chosen}
    expected = [match for match in ranked(matcher, challenge) if match.id in eligible]
    assert ranked(matcher, challenge, eligible=eligible) == expected


@STEADY
@given(catalogues(), challenges)
def test_a_saved_catalogue_ranks_as_the_original(tmp_path_factory, catalogue, challenge):
    path = tmp_path_factory.mktemp("index") / "index.npz"
    matcher = Matcher().fit(catalogue)
    matcher.save(path)
    loaded = Matcher.load(path)
    assert ranked(loaded, challenge) == ranked(matcher, challenge)
    assert loaded.parameters == matcher.parameters


@STEADY
@given(catalogues(), challenges)
def test_an_explanation_is_the_match_and_what_is_missing(catalogue, challenge):
    matcher = Matcher().fit(catalogue)
    found = {match.id: match for match in ranked(matcher, challenge)}
    for document in catalogue:
        told = matcher.explain(challenge, document.id)
        match = found.get(document.id, Match(document.id, 0.0, ()))
        assert (told.id, told.score, told.parts) == (match.id, match.score, match.parts)
        named = {part.term for part in told.parts}
        assert not named & {lack.term for lack in told.missing}
        assert fsum(lack.share for lack in told.missing) <= 1.0 + 1e-9
