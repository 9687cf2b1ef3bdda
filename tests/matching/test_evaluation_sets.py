"""The shipped sets are sound, and the ranking keeps its distance from the defaults on them."""

from collections import Counter
from pathlib import Path

import pytest

import matching
from matching.measuring import report
from matching.measuring.dataset import read

SETS = Path(matching.__file__).parent / "evaluation"


@pytest.fixture(params=["latam", "trilingual"])
def data(request):
    return read(SETS / request.param)


def test_ids_differ_and_judgements_name_what_exists(data):
    solutions = Counter(solution.id for solution in data.solutions)
    challenges = Counter(challenge.id for challenge in data.challenges)
    assert max(*solutions.values(), *challenges.values()) == 1
    assert set(data.relevance) == set(challenges)
    assert {key for grades in data.relevance.values() for key in grades} <= set(solutions)


def test_the_trilingual_set_follows_its_rules():
    data = read(SETS / "trilingual")
    assert (len(data.challenges), len(data.solutions)) == (73, 219)
    languages = {solution.id: solution.lang for solution in data.solutions}
    for challenge in data.challenges:
        grades = data.relevance[challenge.id]
        assert sorted(grades.values()) == [1, 2, 2]
        assert {languages[key] for key in grades} == {"es", "pt", "en"}
        partial = [languages[key] for key, grade in grades.items() if grade == 1]
        assert partial == [challenge.lang]


@pytest.mark.parametrize(("name", "ratio"), [("latam", 1.6), ("trilingual", 5.0)])
def test_the_ranking_is_far_better_than_the_defaults(name, ratio):
    told = report.evaluate(read(SETS / name), "sklearn")
    assert told["ratio"]["ndcg@10"] >= ratio
    assert told["difference"]["ndcg@10"]["low"] > 0
    assert max(told["leak checks, ndcg@10"].values()) < 0.1
