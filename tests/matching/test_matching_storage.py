"""The index on disk: whole or not at all, and never trusted blindly."""

import json

import numpy as np
import pytest
from matching_texts import CHALLENGE, SOLUTIONS

from matching import Matcher, StaleIndexError, storage


@pytest.fixture
def path(tmp_path, matcher):
    path = tmp_path / "index.npz"
    matcher.save(path)
    return path


def rewrite(path, change):
    """Save the file again with changed arrays or manifest."""
    with np.load(path, allow_pickle=False) as archive:
        arrays = dict(archive)
    manifest = json.loads(arrays["manifest"].tobytes())
    change(arrays, manifest)
    arrays["manifest"] = np.frombuffer(json.dumps(manifest).encode(), dtype=np.uint8)
    with path.open("wb") as target:
        np.savez(target, **arrays)


def test_nothing_but_the_file_is_left(path):
    assert [file.name for file in path.parent.iterdir()] == ["index.npz"]


def test_a_failed_write_keeps_the_old_file(path, matcher, monkeypatch):
    before = path.read_bytes()

    def full(_):
        raise OSError("disk full")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        matcher.save(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["index.npz"]


def test_parameters_and_further_concepts_come_back(tmp_path):
    concepts = (("pichanga", "pelada", "kickabout"),)
    Matcher(title=3.0, concepts=concepts).fit(SOLUTIONS).save(tmp_path / "index.npz")
    loaded = Matcher.load(tmp_path / "index.npz")
    assert (loaded.title, loaded.concepts) == (3.0, concepts)


def test_a_removed_document_is_not_written(tmp_path, matcher):
    matcher.remove("trees").save(tmp_path / "index.npz")
    assert b"inventario" not in (tmp_path / "index.npz").read_bytes().lower()
    assert "trees" not in Matcher.load(tmp_path / "index.npz").ids_


@pytest.mark.parametrize("field", ["version", "schema"])
def test_another_version_is_stale(path, field):
    rewrite(path, lambda _, manifest: manifest.update({field: "0"}))
    with pytest.raises(StaleIndexError, match="written by version"):
        Matcher.load(path)


def test_changed_contents_are_noticed(path):
    def change(arrays, _):
        arrays["weights"] = arrays["weights"] * np.float32(0.5)

    rewrite(path, change)
    with pytest.raises(ValueError, match="damaged"):
        Matcher.load(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"not an archive", b"\x80\x04K*."])
def test_a_file_that_is_no_index_is_refused(tmp_path, content):
    (tmp_path / "index.npz").write_bytes(content)
    with pytest.raises(ValueError, match="not an index"):
        Matcher.load(tmp_path / "index.npz")


def test_an_array_alone_is_no_index(tmp_path):
    with (tmp_path / "index.npz").open("wb") as target:
        np.save(target, np.zeros(3))
    with pytest.raises(ValueError, match="not an index"):
        Matcher.load(tmp_path / "index.npz")


def test_pickled_objects_are_never_read(path):
    rewrite(path, lambda arrays, _: arrays.update(ids=np.array([CHALLENGE], dtype=object)))
    with pytest.raises(ValueError, match="not an index"):
        Matcher.load(path)


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        Matcher.load(tmp_path / "nowhere.npz")
