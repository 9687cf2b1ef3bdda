"""How fast the matching is, as ratios against scikit-learn within the same run.

    python -m bench.matching                               # search 1,000, 10,000 and 100,000
    python -m bench.matching --sizes 1000000               # needs 8 GB
    python -m bench.matching --sizes --all --add --index   # everything else

Searches run on drawn rows (terms after Zipf's law, 86 a solution, 116 a challenge), since the time
of a search depends on how many entries it reads and not on what they mean. Reading is measured on
drawn text. Ours and theirs take turns, and medians are compared, so a busy machine slows both.
"""

import argparse
import os
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from matching import Document, Matcher
from matching.index import Index, Voice
from matching.rows import Numbering, Rows
from matching.stopwords import LANGUAGES

TERMS, PER_SOLUTION, PER_CHALLENGE, TOP = 50_000, 86, 116, 10
RANDOM = np.random.default_rng(0)
FREQUENCY = np.cumsum(1.0 / np.arange(10, TERMS + 10))
FREQUENCY /= FREQUENCY[-1]


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Milliseconds of a call, and its result."""
    before = time.perf_counter()
    result = work()
    return (time.perf_counter() - before) * 1e3, result


def draw(count: int) -> np.ndarray:
    """Terms as texts use them: few often, most hardly ever."""
    return np.searchsorted(FREQUENCY, RANDOM.random(count)).clip(0, TERMS - 1)


def catalogue(size: int) -> tuple[Index, csr_matrix]:
    """A drawn catalogue, as our index and as scikit-learn's matrix; rows have length 1."""
    starts = np.arange(size + 1, dtype=np.int64) * PER_SOLUTION
    drawn = draw(size * PER_SOLUTION).astype(np.int32)
    matrix = csr_matrix((np.ones(len(drawn)), drawn, starts), shape=(size, TERMS))
    matrix.sum_duplicates()
    matrix.data = 1.0 + np.log(matrix.data)
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    origins = np.zeros(matrix.nnz, dtype=np.int32)
    weights = matrix.data.astype(np.float32)
    languages = np.arange(size, dtype=np.int8) % len(LANGUAGES)
    rows = Rows(
        languages, matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), weights, origins
    )
    index = Index()
    names = Numbering(f"c:{term}" for term in range(TERMS))
    index.fill([f"{number:07}" for number in range(size)], rows, names, Numbering(["word"]))
    return index, matrix


def challenge() -> Voice:
    """A drawn challenge, as our index is asked: its terms, and weights of length 1."""
    terms = RANDOM.permutation(np.unique(draw(2 * PER_CHALLENGE)))[:PER_CHALLENGE]
    weights = RANDOM.random(len(terms))
    return Voice(terms, weights / np.sqrt(weights @ weights), np.ones(len(LANGUAGES)))


def best_of(scores: np.ndarray) -> list[int]:
    """The ten largest, ties by number."""
    near = np.argpartition(-scores, TOP)[:TOP]
    return sorted(near.tolist(), key=lambda place: (-scores[place], place))


def search(size: int, rounds: int) -> None:
    """The ten best for one challenge, against `cosine_similarity`."""
    index, matrix = catalogue(size)
    index.search([challenge()], TOP)
    ours, theirs, same = [], [], []
    for _ in range(rounds):
        terms, weights, _ = voice = challenge()
        need = csr_matrix((weights, terms, [0, len(terms)]), shape=(1, TERMS))
        took, found = timed(lambda: index.search([voice], TOP))  # noqa: B023 - called at once
        ours.append(took)
        took, scores = timed(lambda: cosine_similarity(need, matrix)[0])  # noqa: B023 - as above
        theirs.append(took)
        same.append(len(set(found) & set(best_of(scores))) / TOP)
    print(
        f"search {size:>9,}: {median(ours):8.2f} ms, cosine_similarity {median(theirs):8.1f} ms, "
        f"{median(theirs) / median(ours):5.0f}x, overlap {np.mean(same):.3f}"
    )


def all_by_all(size: int, challenges: int) -> None:
    """All challenges against all solutions, with the ten best of each kept."""
    index, matrix = catalogue(size)
    drawn = [challenge() for _ in range(challenges)]
    index.search(drawn[:1], TOP)  # sorts the rows by term, as the other side is given them sorted
    ours, _ = timed(lambda: [index.search([each], TOP) for each in drawn])
    bounds = np.cumsum([0] + [len(terms) for terms, _, _ in drawn])
    needs = csr_matrix(
        (
            np.concatenate([weights for _, weights, _ in drawn]),
            np.concatenate([terms for terms, _, _ in drawn]),
            bounds,
        ),
        shape=(challenges, TERMS),
    )
    # In slices of 100, since the dense result of one call would not fit in two gigabytes.
    slices = [needs[first : first + 100] for first in range(0, challenges, 100)]
    theirs, _ = timed(
        lambda: [[best_of(row) for row in cosine_similarity(part, matrix)] for part in slices]
    )
    print(
        f"all by all {challenges:,} x {size:,}: {ours / 1e3:.1f} s, cosine_similarity "
        f"{theirs / 1e3:.1f} s, {theirs / ours:.1f}x"
    )


def texts(size: int) -> list[Document]:
    """Solutions of 200 drawn words."""
    letters = np.array(list("bcdfglmnprst")), np.array(list("aeiou"))
    syllables = np.char.add(
        RANDOM.choice(letters[0], TERMS * 3), RANDOM.choice(letters[1], TERMS * 3)
    )
    words = ["".join(three) for three in syllables.reshape(TERMS, 3).tolist()]
    drawn = draw(size * 200).reshape(size, 200).tolist()
    return [
        Document(f"{number:07}", "", " ".join([words[place] for place in row]), lang="es")
        for number, row in enumerate(drawn)
    ]


def add(size: int) -> None:
    """One more solution in a large catalogue, and how far its scores are from a rebuild's."""
    documents = texts(size + 200)
    matcher = Matcher().fit(documents[:size])
    need = documents[-1]
    matcher.rank(need)
    took = [timed(lambda: matcher.add(document))[0] for document in documents[size:]]  # noqa: B023
    grown = {match.id: match.score for match in matcher.rank(need)}
    rebuilt = {match.id: match.score for match in Matcher().fit(documents).rank(need)}
    apart = max(abs(rebuilt[key] - grown.get(key, 0.0)) for key in rebuilt)
    print(
        f"add one to {size:,}: median {median(took):.2f} ms, slowest of 200 {max(took):.2f} ms, "
        f"{apart:.1e} from a rebuild"
    )


def index(size: int) -> None:
    """Reading a catalogue, in one process and in two, against `TfidfVectorizer().fit`."""
    documents = texts(size)
    theirs, _ = timed(lambda: TfidfVectorizer().fit([each.text for each in documents]))
    one, _ = timed(lambda: Matcher().fit(documents))
    two, _ = timed(lambda: Matcher(n_jobs=2).fit(documents))
    print(
        f"index {size:,}: one process {one / 1e3:.1f} s ({theirs / one:.2f}x), "
        f"two {two / 1e3:.1f} s ({theirs / two:.2f}x), "
        f"TfidfVectorizer().fit {theirs / 1e3:.1f} s, {os.cpu_count()} cores"
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=15, help="challenges a size")
    parser.add_argument("--all", action="store_true", help="all challenges by all solutions")
    parser.add_argument("--add", action="store_true", help="add one solution")
    parser.add_argument("--index", action="store_true", help="read a catalogue from text")
    parser.add_argument("--solutions", type=int, default=100_000, help="size for those three")
    parser.add_argument("--challenges", type=int, default=1_000, help="number for --all")
    options = parser.parse_args()
    for size in options.sizes:
        search(size, options.rounds)
    if options.all:
        all_by_all(options.solutions, options.challenges)
    if options.add:
        add(options.solutions)
    if options.index:
        index(options.solutions)


if __name__ == "__main__":
    main()
