"""Figures of the code beside their targets: ``make house``; ``tests/house`` asserts the hard ones.

Counted over ``app``, ``matching`` and ``seeds`` from the syntax tree, so that a comment or a blank
line counts as what it is: something to read. The time of the suite is that of its last run here, as
``scripts/test.py`` noted it.
"""

import ast
import re
import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.test import read_times

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "matching", "seeds")
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover|nosec)\b(?P<rest>.*)")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
LONGEST_SUITE = 120
"""Seconds that the suite without a browser may take on two idle cores."""

Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One file: its path from the root and its text."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Syntax tree."""
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        """Path as people write it."""
        return self.path.as_posix()

    @property
    def lines(self) -> int:
        """Number of lines."""
        return self.text.count("\n")

    @property
    def module(self) -> str:
        """Dotted name."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@dataclass(slots=True)
class Figures:
    """What was counted; each list names places, so that a breach can be found."""

    files: list[tuple[int, str]] = field(default_factory=list)
    functions: list[tuple[int, str]] = field(default_factory=list)
    views: list[tuple[int, str]] = field(default_factory=list)
    inner_imports: list[str] = field(default_factory=list)
    no_docstring: list[str] = field(default_factory=list)
    suppressions: list[tuple[str, str]] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    cycles: list[list[str]] = field(default_factory=list)


def sources(packages: tuple[str, ...] = PACKAGES) -> list[Source]:
    """Return the files that are counted: those with something in them."""
    paths = [path for name in packages for path in sorted((ROOT / name).rglob("*.py"))]
    texts = [(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in paths]
    return [Source(path, text) for path, text in texts if text.strip()]


def measure(files: list[Source]) -> Figures:
    """Count everything."""
    figures = Figures(cycles=import_cycles(files))
    for source in files:
        figures.files.append((source.lines, source.name))
        if ast.get_docstring(source.tree) is None:
            figures.no_docstring.append(source.name)
        figures.inner_imports.extend(inner_imports(source))
        for number, line in enumerate(source.text.splitlines(), start=1):
            place = f"{source.name}:{number}"
            if found := SUPPRESSION.search(line):
                figures.suppressions.append((place, found["rest"]))
            if UNFINISHED.search(line):
                figures.unfinished.append(place)
        for function in functions(source.tree):
            size = function.end_lineno - function.lineno + 1  # type: ignore[operator]  # parsed ones have it
            figures.functions.append((size, f"{source.name}:{function.lineno} {function.name}"))
            if is_view(function):
                figures.views.append((size, f"{source.name}:{function.lineno} {function.name}"))
    return figures


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, Functions))


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a blueprint's route is bound to the function."""
    verbs = {"get", "post", "route", "put", "delete"}
    calls = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in verbs for call in calls)


def inner_imports(source: Source) -> list[str]:
    """Return where something is imported inside a function."""
    return [
        f"{source.name}:{node.lineno}"
        for function in functions(source.tree)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


def imports(source: Source, known: set[str]) -> set[str]:
    """Return the modules of ours that a module imports."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inside & known) or {node.module}
    return (found & known) - {source.module}


def import_cycles(files: list[Source]) -> list[list[str]]:
    """Return the groups of modules that import each other in a circle."""
    known = {source.module for source in files}
    left = {source.module: imports(source, known) for source in files}
    # Whatever imports nothing that is left, or is imported by nothing left, is in no circle.
    while True:
        imported = set().union(*left.values()) if left else set()
        free = {name for name, used in left.items() if not used & set(left) or name not in imported}
        if not free:
            break
        left = {name: used - free for name, used in left.items() if name not in free}
    return [sorted(left)] if left else []


def without_reason(suppressions: list[tuple[str, str]]) -> list[str]:
    """Return the suppressions that do not say why."""
    bare = re.compile(r"^(?:\s*:\s*[A-Z0-9, ]+|\[[a-z, -]+\])?\s*$")
    return [place for place, rest in suppressions if bare.match(rest)]


def share(values: list[int], portion: float) -> int:
    """Return the value below which ``portion`` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(portion * len(values)))]


def table(figures: Figures) -> Iterator[str]:
    """Yield the lines that people read."""
    lines = sum(size for size, _ in figures.files)
    yield f"{'':34}{'median':>8}{'p90':>8}{'max':>8}   target"
    for title, sizes, target in (
        ("Lines of a file", figures.files, "80 / 210 / 300"),
        ("Lines of a function", figures.functions, "9 / 23 / 60"),
        ("Lines of a view", figures.views, "12"),
    ):
        values = [size for size, _ in sizes] or [0]
        middle = f"{statistics.median(values):.0f}"
        yield f"{title:34}{middle:>8}{share(values, 0.9):>8}{max(values):>8}   {target}"
    yield ""
    for title, count, target in (
        ("Import cycles", len(figures.cycles), "0"),
        ("Imports inside functions", len(figures.inner_imports), "0"),
        ("Files without a docstring", len(figures.no_docstring), "0"),
        ("Unfinished work (TODO and kin)", len(figures.unfinished), "0"),
        ("Suppressions", len(figures.suppressions), f"{lines / 1000:.0f} (1 per 1,000 lines)"),
        ("Suppressions without a reason", len(without_reason(figures.suppressions)), "0"),
    ):
        yield f"{title:34}{count:>8}{'':16}   {target}"
    yield ""
    yield f"{len(figures.files)} files, {lines} lines, {len(figures.functions)} functions"


def suite(times: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each part of the suite: how long its last run here took."""
    for part, target in (("SQLite", f"{LONGEST_SUITE} s on two idle cores"), ("PostgreSQL", "")):
        took = times.get(part)
        title = f"The suite on {part}"
        if took is None:
            yield f"{title:34}{'not run here yet':>24}   {target}".rstrip()
            continue
        figures = f"{took['seconds']:.0f} s"
        yield f"{title:34}{figures:>24}   {target}".rstrip()
        end = "" if took["passed"] else ", and failed"
        yield f"  {took['processor_seconds']:.0f} s of processor time, {took['at']}{end}"


def breaches(figures: Figures) -> Iterator[str]:
    """Yield each place that breaks a hard limit."""
    yield from (f"{name}: {size} lines, at most 300" for size, name in figures.files if size > 300)
    yield from (
        f"{name}: {size} lines, at most 60" for size, name in figures.functions if size > 60
    )
    yield from (f"{place}: import inside a function" for place in figures.inner_imports)
    yield from (f"{place}: no docstring" for place in figures.no_docstring)
    yield from (f"{place}: unfinished work" for place in figures.unfinished)
    yield from (f"{p}: suppression without a reason" for p in without_reason(figures.suppressions))
    yield from ("import cycle: " + ", ".join(names) for names in figures.cycles)


def main() -> int:
    """Print the figures and what breaks the hard limits."""
    figures = measure(sources())
    print("\n".join([*table(figures), "", *suite(read_times())]))
    broken = list(breaches(figures))
    print("\n".join(["", *broken]) if broken else "")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
