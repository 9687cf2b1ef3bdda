"""Static files, compressed once beforehand instead of at each request."""

from pathlib import Path

from whitenoise.compress import Compressor

from app.commands.progress import Report

STATIC = Path(__file__).resolve().parent.parent / "static"
_COPIES = (".gz", ".br")


def compress_static(report: Report, root: Path = STATIC) -> int:
    """Write a compressed copy beside each static file that changed and return how many."""
    compressor = Compressor(quiet=True)
    changed = [path for path in sorted(root.rglob("*")) if _is_stale(path, compressor)]
    for path in changed:
        for copy in _COPIES:
            path.with_name(path.name + copy).unlink(missing_ok=True)
        compressor.compress(str(path))
    if changed:
        report(f"{len(changed)} files compressed")
    return len(changed)


def _is_stale(path: Path, compressor: Compressor) -> bool:
    if not path.is_file() or path.suffix in _COPIES or not compressor.should_compress(path.name):
        return False
    copy = path.with_name(path.name + ".gz")
    return not copy.exists() or copy.stat().st_mtime < path.stat().st_mtime
