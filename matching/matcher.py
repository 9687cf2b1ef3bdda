"""The matcher: fit it on the solutions, then ask which of them answer a challenge."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.analyser import Analyser
from matching.bonus import Bonus, closed
from matching.building import attach, build, build_all
from matching.document import Document
from matching.explaining import Explainer
from matching.feedback import FEEDBACK, learn
from matching.fields import FIELDS
from matching.glossary import Concept
from matching.index import Index, Mask
from matching.match import Explanation, Match
from matching.query import Query, weigh
from matching.rows import empty, join
from matching.storage import read_index, write
from matching.version import SHIPPED, VERSION

Eligible = Collection[str] | Mask


class Matcher(BaseEstimator):  # type: ignore[misc, unused-ignore]  # untyped base
    """Ranks solutions for challenges and explains every score.

    Parameters (stored as given; `fit` reads them):

    - `title`, `uses`, `text`: how many times a word counts in each field of a document, 0 or more.
    - `concept`, `stem`: the shares of the two families of terms in a score; only their proportion
      matters, and only where both sides are of one language: across languages concepts are all.
    - `concepts`: further glossary lines, each the synonyms in Spanish, Portuguese and English,
      separated by "|" within a language; they come before the shipped ones.
    - `n_jobs`: processes that share the reading of the catalogue in `fit`, as in scikit-learn.

    After `fit`, `index_` holds the catalogue and `analyser_` reads documents. Results are exact
    and do not depend on the order in which documents arrived; ties are broken by id.
    """

    def __init__(
        self,
        *,
        title: float = 1.0,
        uses: float = 4.0,
        text: float = 1.0,
        concept: float = 3.0,
        stem: float = 1.0,
        concepts: Iterable[tuple[str, str, str]] = (),
        n_jobs: int = 1,
    ) -> None:
        self.title = title
        self.uses = uses
        self.text = text
        self.concept = concept
        self.stem = stem
        self.concepts = concepts
        self.n_jobs = n_jobs

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters as plain values that JSON can hold."""
        return {**self.get_params(), "concepts": [list(line) for line in self.concepts]}

    @property
    def ids_(self) -> tuple[str, ...]:
        """Ids of the catalogue in order of arrival: what a mask of eligibles is aligned with."""
        index = self._fitted()
        return tuple(index.ids[number] for number in np.flatnonzero(index.alive))

    def fit(self, solutions: Iterable[Document]) -> Self:
        """Learn a catalogue, forgetting any other.

        `ValueError` when two documents share an id, or when a weight makes no sense.
        """
        analyser, index = self._analyser(), Index()
        ids: list[str] = []
        blocks = build_all(analyser, _noted(solutions, ids), self.n_jobs)
        rows = [attach(block, index.vocabulary, index.surfaces) for block in blocks]
        index.fill(ids, join([empty(), *rows]), index.vocabulary, index.surfaces)
        self.analyser_ = analyser
        self.index_ = index
        return self

    def add(self, document: Document) -> Self:
        """Add a solution to the catalogue, or put a new version in the place of its id's old one.

        Costs the analysis of its own words; the result equals a fit on the larger catalogue.
        """
        index = self._fitted()
        if document.id in index.number:
            index.remove(document.id)
        block = build(self.analyser_, [document])
        index.append(document.id, attach(block, index.vocabulary, index.surfaces))
        return self

    def remove(self, solution_id: str) -> Self:
        """Take a solution out of the catalogue at once; `KeyError` when it is not in it."""
        self._fitted().remove(solution_id)
        return self

    def rank(
        self,
        challenge: Document,
        top: int = 10,
        *,
        eligible: Eligible | None = None,
        bonuses: Sequence[Bonus] = (),
        approved: Collection[str] = (),
        feedback: float = FEEDBACK,
        floor: float = 0.0,
    ) -> list[Match]:
        """The `top` solutions that answer a challenge best, best first, ties by id.

        - `eligible` limits who may be ranked: a collection of ids (unknown ones are ignored), or a
          boolean array along `ids_`. The scores of the others stay as they are without it.
        - `bonuses` count beside the words: `Bonus("sector", ids of the same sector, 0.05)`. Each
          is a part of its own in the score, and leaves the scores of the others as they are.
        - `approved` are solutions that were chosen for this challenge before: what resembles them
          gains. `feedback` is how much their words weigh beside the challenge's own 1; what it
          brings is one part of the score, the words' parts shrink to make room.
        - `floor` is the least score that is returned, all parts together.

        Solutions that share no word with the challenge, nor with an approved one, are left out, so
        the list may be shorter than `top`.
        """
        index = self._fitted()
        query = self._query(challenge, approved, feedback)
        gaps = closed(bonuses, index)
        numbers = index.search(query.voices, top, self._mask(eligible), gaps)
        explainer = Explainer(index, bonuses)
        matches = (explainer.match(query, number) for number in numbers)
        return [match for match in matches if match.score >= floor]

    def rank_all(
        self,
        challenges: Iterable[Document],
        top: int = 10,
        *,
        eligible: Eligible | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[tuple[str, list[Match]]]:
        """Rank for one challenge after another: yields (id of the challenge, its matches).

        Nothing is kept once it is handed over. `progress` is called with the number done.
        """
        for done, challenge in enumerate(challenges, start=1):
            yield challenge.id, self.rank(challenge, top, eligible=eligible)
            if progress is not None:
                progress(done)

    def explain(
        self,
        challenge: Document,
        solution_id: str,
        *,
        bonuses: Sequence[Bonus] = (),
        approved: Collection[str] = (),
        feedback: float = FEEDBACK,
    ) -> Explanation:
        """Why a solution has its score, and what it lacks; `KeyError` if it is unknown."""
        [told] = self.explain_all(
            challenge, [solution_id], bonuses=bonuses, approved=approved, feedback=feedback
        )
        return told

    def explain_all(
        self,
        challenge: Document,
        solution_ids: Iterable[str],
        *,
        bonuses: Sequence[Bonus] = (),
        approved: Collection[str] = (),
        feedback: float = FEEDBACK,
    ) -> list[Explanation]:
        """Explain several solutions, in the order given, reading the challenge once.

        The other parameters are those of `rank`. `KeyError` when one of the ids is unknown.
        """
        index = self._fitted()
        numbers = [index.number[key] for key in solution_ids]
        query, explainer = self._query(challenge, approved, feedback), Explainer(index, bonuses)
        return [explainer.explanation(query, number) for number in numbers]

    def save(self, path: str | PathLike[str]) -> None:
        """Write the catalogue to one file, whole or not at all."""
        write(Path(path), self._fitted(), VERSION, self.parameters)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a catalogue back.

        `StaleIndexError` when another version of the analyser wrote it (fit again), its parent
        `ValueError` when the file is damaged, `OSError` when it cannot be read.
        """
        index, parameters = read_index(Path(path), VERSION)
        parameters["concepts"] = tuple(tuple(line) for line in parameters["concepts"])
        matcher = cls(**parameters)
        matcher.analyser_ = matcher._analyser()
        matcher.index_ = index
        return matcher

    def _analyser(self) -> Analyser:
        weights = {field: float(getattr(self, field)) for field in FIELDS}
        shares = self._shares()
        if min(*weights.values(), *shares.values()) < 0 or sum(shares.values()) <= 0:
            raise ValueError("weights must not be negative, nor both families weigh nothing")
        return Analyser([*(Concept(*line) for line in self.concepts), *SHIPPED], weights)

    def _shares(self) -> dict[str, float]:
        return {"c": self.concept, "s": self.stem}

    def _fitted(self) -> Index:
        check_is_fitted(self)
        return self.index_

    def _query(self, challenge: Document, approved: Collection[str], feedback: float) -> Query:
        query = weigh(self.analyser_.analyse(challenge), self.index_, self._shares())
        return learn(query, self.index_, approved, feedback)

    def _mask(self, eligible: Eligible | None) -> Mask | None:
        """Eligibility by document number; `ValueError` for a mask that does not fit `ids_`."""
        index = self.index_
        if eligible is None:
            return None
        mask = np.zeros(len(index.ids), dtype=np.bool_)
        if isinstance(eligible, np.ndarray):
            if eligible.shape != (len(index),):
                raise ValueError(f"the mask must hold one value for each of {len(index)} documents")
            mask[np.flatnonzero(index.alive)] = eligible
        else:
            known = [index.number[key] for key in eligible if key in index.number]
            mask[np.array(known, dtype=np.intp)] = True
        return mask


def _noted(documents: Iterable[Document], ids: list[str]) -> Iterator[Document]:
    """Pass documents on and note their ids; `ValueError` when one comes a second time."""
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise ValueError(f"two documents share the id {document.id!r}")
        seen.add(document.id)
        ids.append(document.id)
        yield document
