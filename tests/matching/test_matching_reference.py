"""The index against two references: every pair computed by hand, and scikit-learn."""

import math

import numpy as np
from hypothesis import given
from matching_texts import SOLUTIONS, STEADY, catalogues, challenges
from sklearn.feature_extraction.text import TfidfVectorizer

from matching import Matcher
from matching.analyser import Analyser
from matching.building import build
from matching.fields import FIELDS
from matching.version import SHIPPED

ANALYSER = Analyser(SHIPPED, {"title": 1.0, "uses": 4.0, "text": 1.0})
SHARES = {"c": 3.0, "s": 1.0}


def damped(amount):
    return 1.0 + math.log(amount)


def vector(uses, damp, factor, family):
    """The vector of one family of terms, of length 1."""
    raw = {term: damp(use.amount) * factor(term) for term, use in uses.items() if term[0] == family}
    length = math.sqrt(math.fsum(value * value for value in raw.values()))
    return {term: value / length for term, value in raw.items()}


def brute_force(catalogue, challenge, top):
    """Ids of the best documents: every pair, one term after another, sorted as a whole."""
    offers = {document.id: ANALYSER.analyse(document) for document in catalogue}

    def idf2(term):
        holders = sum(term in offer.uses for offer in offers.values())
        return (math.log((1 + len(catalogue)) / (1 + holders)) + 1.0) ** 2

    need = ANALYSER.analyse(challenge)
    scores = []
    for key, offer in offers.items():
        shares = SHARES if offer.language == need.language else {"c": 1.0}
        score = 0.0
        for family, share in shares.items():
            asked = vector(need.uses, math.sqrt, idf2, family)
            offered = vector(offer.uses, damped, lambda _: 1.0, family)
            score += share * math.fsum(q * offered.get(term, 0.0) for term, q in asked.items())
        scores.append((-score / sum(shares.values()), key))
    return [(key, -score) for score, key in sorted(scores)[:top] if score < 0]


@STEADY
@given(catalogues(most=12), challenges)
def test_ranking_equals_brute_force(catalogue, challenge):
    found = Matcher().fit(catalogue).rank(challenge, top=5)
    expected = dict(brute_force(catalogue, challenge, top=100))
    assert len(found) == min(5, len(expected))
    for match in found:
        assert math.isclose(match.score, expected[match.id], abs_tol=1e-6)
    # Whoever was left out scores no more than the last one in, rounding aside.
    lowest = min((match.score for match in found), default=0.0)
    left = set(expected) - {match.id for match in found}
    assert all(expected[key] <= lowest + 1e-6 for key in left)


def test_a_solutions_weights_are_scikit_learns_sublinear_tf():
    def terms_of(document):
        return [
            term
            for term, use in ANALYSER.analyse(document).uses.items()
            for _ in range(round(use.amount))
            if term.startswith("c:")
        ]

    reference = TfidfVectorizer(analyzer=terms_of, sublinear_tf=True, use_idf=False)
    expected = reference.fit_transform(SOLUTIONS)
    for number, document in enumerate(SOLUTIONS):
        block = build(ANALYSER, [document])
        pairs = zip(block.rows.terms, block.rows.weights, strict=True)
        found = {block.terms[term]: weight for term, weight in pairs}
        for term, column in reference.vocabulary_.items():
            assert np.isclose(found.get(term, 0.0), expected[number, column], atol=1e-6)


def test_the_fields_are_those_of_the_document():
    assert FIELDS == ("title", "uses", "text")
