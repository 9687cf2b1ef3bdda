"""Numbers without gaps: what nobody uses any more leaves no trace."""

import numpy as np

from matching.reading import FIELDS
from matching.rows import Ints, Numbering, Rows


def _renumber(used: Ints, names: Numbering) -> tuple[Ints, Numbering]:
    """Number the used names from 0; returns the new number of each use, and the names."""
    kept, numbers = np.unique(used, return_inverse=True)
    return numbers, Numbering(names.names[old] for old in kept.tolist())


def pack(
    rows: Rows, vocabulary: Numbering, surfaces: Numbering
) -> tuple[Rows, Numbering, Numbering]:
    """The same rows over the terms and surface words they use, and no others."""
    terms, kept_terms = _renumber(rows.terms.astype(np.int64), vocabulary)
    places, kept_surfaces = _renumber(rows.origins // len(FIELDS), surfaces)
    origins = places * len(FIELDS) + rows.origins % len(FIELDS)
    packed = Rows(rows.languages, rows.starts, terms.astype(np.int32), rows.weights, origins)
    return packed, kept_terms, kept_surfaces
