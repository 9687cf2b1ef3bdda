"""From rankings to a report: figures with their intervals, in words or in JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matching.measuring import bootstrap, metrics, systems
from matching.measuring.bootstrap import Interval
from matching.measuring.dataset import Dataset
from matching.measuring.systems import Rankings
from matching.version import VERSION

_PER_CHALLENGE: Mapping[str, Callable[[Sequence[str], metrics.Grades], float]] = {
    "ndcg@10": metrics.ndcg,
    "success@1": lambda ranking, grades: metrics.success(ranking, grades, 1),
    "success@3": lambda ranking, grades: metrics.success(ranking, grades, 3),
    "success@5": lambda ranking, grades: metrics.success(ranking, grades, 5),
    "success@10": lambda ranking, grades: metrics.success(ranking, grades, 10),
    "mrr": metrics.reciprocal_rank,
}

Figures = dict[str, list[float]]


def figures(data: Dataset, rankings: Rankings) -> Figures:
    """Every figure of every challenge; recall has one value per pair that belongs together."""
    result: Figures = {
        name: [
            measure(rankings[challenge.id], data.relevance[challenge.id])
            for challenge in data.challenges
        ]
        for name, measure in _PER_CHALLENGE.items()
    }
    return result | _recall(data, rankings)


def _recall(data: Dataset, rankings: Rankings) -> Figures:
    """Recall among the first ten, apart for pairs in one language and across languages."""
    languages = {solution.id: solution.lang for solution in data.solutions}
    result: Figures = {"recall@10 same language": [], "recall@10 other language": []}
    for challenge in data.challenges:
        grades = data.relevance[challenge.id]
        for key, hit in metrics.found(rankings[challenge.id], grades).items():
            kind = "same" if languages[key] == challenge.lang else "other"
            result[f"recall@10 {kind} language"].append(float(hit))
    return result


def evaluate(data: Dataset, against: str | None = None) -> dict[str, Any]:
    """Measure the matcher on a set, its leak checks and, by name, another system beside it."""
    rankings = systems.ours(data)
    mine = figures(data, rankings)
    report: dict[str, Any] = {
        "set": data.name,
        "version": VERSION,
        "challenges": len(data.challenges),
        "solutions": len(data.solutions),
        "matcher": {name: bootstrap.mean(values)._asdict() for name, values in mine.items()},
        "leak checks, ndcg@10": {
            "length only": _ndcg(data, systems.length_only(data)),
            "shuffled labels": _ndcg(data, systems.shuffled(rankings)),
        },
    }
    if against is not None:
        report["against"] = against
        report |= _comparison(mine, figures(data, systems.BASELINES[against](data)))
    return report


def _ndcg(data: Dataset, rankings: Rankings) -> float:
    return bootstrap.mean(figures(data, rankings)["ndcg@10"]).mean


def _comparison(mine: Figures, theirs: Figures) -> dict[str, Any]:
    baseline = {name: bootstrap.mean(values) for name, values in theirs.items()}
    ratios = {
        name: bootstrap.mean(mine[name]).mean / other.mean if other.mean > 0 else None
        for name, other in baseline.items()
    }
    return {
        "baseline": {name: interval._asdict() for name, interval in baseline.items()},
        "difference": {
            name: bootstrap.difference(mine[name], theirs[name])._asdict() for name in mine
        },
        "ratio": ratios,
    }


def in_words(report: Mapping[str, Any]) -> str:
    """The report as a table, one figure a line; "*" where the difference is beyond chance."""
    lines = [
        f"{report['set']}: {report['challenges']} challenges, {report['solutions']} solutions, "
        f"version {report['version']}"
    ]
    for name, values in report["matcher"].items():
        line = f"{name:26}{_shown(Interval(**values))}"
        if "against" in report:
            gap, ratio = Interval(**report["difference"][name]), report["ratio"][name]
            sure = "*" if gap.low > 0 or gap.high < 0 else " "
            times = "     -" if ratio is None else f"{ratio:5.2f}x"
            line += f"   {report['baseline'][name]['mean']:.3f} {times}   {_shown(gap)}{sure}"
        lines.append(line)
    for name, value in report["leak checks, ndcg@10"].items():
        lines.append(f"leak check, {name + ':':17} ndcg@10 {value:.3f}")
    return "\n".join(lines)


def _shown(interval: Interval) -> str:
    return f"{interval.mean:6.3f} [{interval.low:6.3f}, {interval.high:6.3f}]"
