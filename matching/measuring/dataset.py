"""A set of known pairs on disk: challenges, solutions, and which answers which.

A set is a folder of `queries.jsonl` and `docs.jsonl` (one JSON object a line: id, lang, title, text
and, for solutions, use_cases) and `qrels.tsv` (challenge, solution and relevance, tab between).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.document import Document


@dataclass(frozen=True)
class Dataset:
    """Challenges with at least one judgement, solutions, and the relevance of judged pairs.

    `relevance[challenge][solution]` is above 0 for a solution that answers the challenge; a pair
    that is not listed counts as 0.
    """

    name: str
    challenges: list[Document]
    solutions: list[Document]
    relevance: Mapping[str, Mapping[str, float]]


def read(folder: Path) -> Dataset:
    """Read a set; `OSError` for a missing file, `ValueError` or `KeyError` for a wrong line."""
    relevance: dict[str, dict[str, float]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        challenge, solution, grade = line.split("\t")
        relevance.setdefault(challenge, {})[solution] = float(grade)
    judged = [query for query in _documents(folder / "queries.jsonl") if query.id in relevance]
    return Dataset(folder.name, judged, _documents(folder / "docs.jsonl"), relevance)


def _documents(path: Path) -> list[Document]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [_document(json.loads(line)) for line in lines if line]


def _document(entry: Mapping[str, str]) -> Document:
    return Document(
        id=entry["id"],
        title=entry.get("title", ""),
        text=entry["text"],
        uses=entry.get("use_cases", ""),
        lang=entry.get("lang"),
    )
