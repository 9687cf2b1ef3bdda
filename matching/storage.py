"""An index on disk: arrays and JSON in one file, no code, whole or not at all.

The file is a NumPy archive read with `allow_pickle=False`. Its `manifest` (JSON as bytes) names the
schema, the version of the analyser, the parameters, the counts, and a digest of every other array.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.index import Index
from matching.packing import pack
from matching.rows import Numbering, Rows

SCHEMA = 3
"""Version of the layout of the file."""

ROWS = tuple(part.name for part in fields(Rows))

Arrays = Mapping[str, NDArray[Any]]


class StaleIndexError(ValueError):
    """The file is sound, but written by another version of the analyser: fit again."""


def write(path: Path, index: Index, version: str, parameters: Mapping[str, Any]) -> None:
    """Write an index under a temporary name beside `path`, flush it to disk, and rename it."""
    arrays = _arrays(index)
    manifest = {
        "schema": SCHEMA,
        "version": version,
        "parameters": dict(parameters),
        "documents": len(index),
        "sha256": _digest(arrays),
    }
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as target:
            np.savez(target, allow_pickle=False, manifest=_json_bytes(manifest), **arrays)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_index(path: Path, version: str) -> tuple[Index, dict[str, Any]]:
    """Read an index and the parameters it was fitted with.

    `StaleIndexError` for another version or schema, `ValueError` for a damaged file.
    """
    try:
        with path.open("rb") as source, np.load(source, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        manifest = _from_json(arrays.pop("manifest"))
        stale = (manifest["schema"], manifest["version"]) != (SCHEMA, version)
        sound = manifest["sha256"] == _digest(arrays)
    except (KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path.name} is not an index") from error
    if stale:
        raise StaleIndexError(f"{path.name} was written by version {manifest['version']}")
    if not sound:
        raise ValueError(f"{path.name} is damaged: its contents do not match its manifest")
    rows = Rows(*(arrays[name] for name in ROWS))
    names = {name: _from_json(arrays[name]) for name in ("ids", "vocabulary", "surfaces")}
    index = Index()
    index.fill(names["ids"], rows, Numbering(names["vocabulary"]), Numbering(names["surfaces"]))
    return index, manifest["parameters"]


def _arrays(index: Index) -> dict[str, NDArray[Any]]:
    """Only the living documents, and only the words they use: nothing removed is written."""
    rows, vocabulary, surfaces = pack(index.living_rows(), index.vocabulary, index.surfaces)
    ids = [key for key, lives in zip(index.ids, index.alive, strict=True) if lives]
    return {
        "ids": _json_bytes(ids),
        "vocabulary": _json_bytes(vocabulary.names),
        "surfaces": _json_bytes(surfaces.names),
        **{name: getattr(rows, name) for name in ROWS},
    }


def _digest(arrays: Arrays) -> str:
    """SHA-256 over name, type and bytes of every array, in order of name."""
    total = hashlib.sha256()
    for name in sorted(arrays):
        total.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape} ".encode())
        total.update(np.ascontiguousarray(arrays[name]).data)
    return total.hexdigest()


def _json_bytes(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value).encode("ascii"), dtype=np.uint8)


def _from_json(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
