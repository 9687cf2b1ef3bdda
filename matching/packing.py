"""Numbers without gaps: what nobody uses any more leaves no trace."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.fields import field_of, with_field, without_field
from matching.rows import Ints, Numbering, Rows


def _renumber(used: NDArray[Any], names: Numbering) -> tuple[Ints, Numbering]:
    """Number the used names from 0; returns the new number of each use, and the names."""
    kept, numbers = np.unique(used, return_inverse=True)
    return numbers, Numbering(names.names[old] for old in kept.tolist())


def pack(
    rows: Rows, vocabulary: Numbering, surfaces: Numbering
) -> tuple[Rows, Numbering, Numbering]:
    """The same rows over the terms and surface words they use, and no others."""
    terms, kept_terms = _renumber(rows.terms, vocabulary)
    words = without_field(rows.origins)
    places, kept_surfaces = _renumber(words, surfaces)
    origins = with_field(places.astype(np.int32), field_of(rows.origins))
    packed = Rows(rows.languages, rows.starts, terms.astype(np.int32), rows.weights, origins)
    return packed, kept_terms, kept_surfaces
