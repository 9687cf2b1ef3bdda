"""The figures, their intervals, the leak checks, and the command that prints them."""

import json

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from matching import Document
from matching.__main__ import main
from matching.measuring import bootstrap, decisions, metrics, report, systems
from matching.measuring.dataset import Dataset, read

GRADES = {"a": 2.0, "b": 1.0, "z": 0.0}


@pytest.fixture
def folder(tmp_path):
    """Two challenges, each with one answer, one of them in another language."""
    queries = [
        {"id": "q1", "lang": "es", "title": "", "text": "La basura en la calle"},
        {"id": "q2", "lang": "pt", "title": "", "text": "Vazamentos na rede de água"},
        {"id": "unjudged", "lang": "pt", "title": "", "text": "Nada"},
    ]
    docs = [
        {"id": "d1", "lang": "pt", "title": "Lixo", "text": "Coleta", "use_cases": "lixo"},
        {"id": "d2", "lang": "pt", "title": "Água", "text": "Sensores de vazamentos"},
        {"id": "d3", "lang": "es", "title": "Trámites", "text": "Un texto más largo que todos"},
    ]
    for name, lines in (("queries", queries), ("docs", docs)):
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text + "\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("q1\td1\t1\nq2\td2\t1\n", encoding="utf-8")
    return tmp_path


def test_ndcg_is_scikit_learns():
    expected = ndcg_score([[1.0, 0.0, 2.0]], [[3.0, 2.0, 1.0]], k=10)
    assert metrics.ndcg(["b", "z", "a"], GRADES) == pytest.approx(expected)
    assert metrics.ndcg(["a", "b"], GRADES) == 1.0
    assert metrics.ndcg(["a"], {}) == 0.0


def test_places_and_answers():
    assert metrics.success(["z", "b"], GRADES, 1) == 0.0
    assert metrics.success(["z", "b"], GRADES, 2) == 1.0
    assert metrics.reciprocal_rank(["z", "b"], GRADES) == 0.5
    assert metrics.reciprocal_rank([], GRADES) == 0.0
    assert metrics.found(["z", "b"], GRADES) == {"a": False, "b": True}


def test_an_interval_holds_its_mean_and_says_when_a_difference_is_real():
    low = np.linspace(0.0, 0.5, 40).tolist()
    high = [value + 0.2 for value in low]
    interval = bootstrap.mean(low)
    assert interval.low < interval.mean < interval.high
    assert bootstrap.difference(high, low) == pytest.approx((0.2, 0.2, 0.2))
    assert bootstrap.mean([]) == (0.0, 0.0, 0.0)


def test_unjudged_challenges_are_left_out(folder):
    data = read(folder)
    assert [challenge.id for challenge in data.challenges] == ["q1", "q2"]
    assert data.solutions[0].uses == "lixo"


def test_the_matcher_crosses_languages_where_the_defaults_do_not(folder):
    told = report.evaluate(read(folder), "sklearn")
    assert told["matcher"]["recall@10 other language"]["mean"] == 1.0
    assert told["baseline"]["recall@10 other language"]["mean"] == 0.0
    assert told["ratio"]["recall@10 other language"] is None
    assert told["ratio"]["ndcg@10"] == 2.0


def test_ties_of_the_baseline_go_by_id():
    same = [Document(key, "agua", "") for key in "bca"]
    data = Dataset("same", [Document("q", "agua", "")], same, {"q": {"a": 1.0}})
    assert systems.sklearn(data) == {"q": ["a", "b", "c"]}


def test_leak_checks_do_not_read_the_challenge(folder):
    data = read(folder)
    assert systems.length_only(data) == {"q1": ["d3", "d2", "d1"], "q2": ["d3", "d2", "d1"]}
    assert systems.shuffled({"q1": ["a"], "q2": ["b"]}) == {"q1": ["b"], "q2": ["a"]}


def test_the_command_prints_a_table(folder, capsys):
    assert main(["evaluate", str(folder), "--against", "sklearn"]) == 0
    table = capsys.readouterr().out
    assert "2 challenges, 3 solutions" in table
    assert "ndcg@10" in table
    assert "shuffled labels" in table


def test_the_command_prints_json_for_each_set(folder, capsys):
    assert main(["evaluate", str(folder), str(folder), "--json"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first) == json.loads(second)
    assert "baseline" not in json.loads(first)


def test_the_table_stands_alone_without_a_comparison(folder, capsys):
    assert main(["evaluate", str(folder)]) == 0
    assert "x " not in capsys.readouterr().out.splitlines()[1]


def test_an_approved_answer_helps_to_find_the_others(tmp_path, capsys):
    lines = [
        {"id": "a", "lang": "es", "text": "Sensores en contenedores"},
        {"id": "b", "lang": "es", "text": "Contenedores de basura con sensores"},
        {"id": "c", "lang": "es", "text": "Basura y ruido"},
        {"id": "d", "lang": "es", "text": "Basura en la calle"},
    ]
    needs = [
        {"id": "several", "lang": "es", "text": "Basura en la calle y contenedores"},
        {"id": "single", "lang": "es", "text": "Basura"},
        {"id": "not found", "lang": "es", "text": "Ruido"},
    ]
    pairs = ["several\ta\t1", "several\tb\t2", "single\tc\t1", "not found\ta\t1"]
    for name, rows in (("docs", lines), ("queries", needs)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("\n".join([*pairs, "not found\tb\t1"]), encoding="utf-8")
    found = decisions.worth(read(tmp_path), strength=3.0)
    assert (found.challenges, found.learned.mean) == (1, 1.0)
    assert found.without.mean == pytest.approx(1 / np.log2(3))
    assert main(["decisions", str(tmp_path)]) == 0
    assert "1 challenges with several answers" in capsys.readouterr().out


def test_a_folder_that_is_no_set_is_told_in_a_sentence(tmp_path, capsys):
    assert main(["evaluate", str(tmp_path)]) == 1
    assert "is not a set that can be read" in capsys.readouterr().err
