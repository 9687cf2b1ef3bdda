"""An index in a file beside the database, which follows the rows it is made from.

Comparing the names of its documents with those of the rows tells exactly what to add and remove:
after any crash, edit or restored backup the next use brings the file up to date. A file that is
damaged, or made by another version of the analyser, with other weights or another glossary, is made
anew.
"""

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from matching import Document, Matcher

Reader = Callable[[set[int]], Iterable[Document]]


def kept(name: str, blank: Matcher, wanted: Mapping[str, int], read: Reader) -> Matcher:
    """Return the index called ``name``, brought up to date and saved if it was not.

    Args:
        name: of the file, without its ending.
        blank: a matcher with the parameters that the index must have.
        wanted: the key of the row behind each document, by the name the document has now.
        read: makes the documents of some rows, given their keys.
    """
    path = Path(current_app.config["SETTINGS"].data_dir) / "matching" / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.with_suffix(".lock")):
        matcher = _load(path, blank)
        if matcher is None:
            blank.fit(read(set(wanted.values()))).save(path)
            return blank
        known = set(matcher.ids_)
        gone, new = known - set(wanted), set(wanted) - known
        for document in sorted(gone):
            matcher.remove(document)
        for made in read({wanted[document] for document in new}):
            matcher.add(made)
        if gone or new:
            matcher.save(path)
        return matcher


def _load(path: Path, blank: Matcher) -> Matcher | None:
    try:
        matcher = Matcher.load(path)
    except (OSError, ValueError):
        return None
    return matcher if matcher.parameters == blank.parameters else None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time compare and rewrite an index."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
