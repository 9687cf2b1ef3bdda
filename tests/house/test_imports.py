"""What the import contracts cannot say: names taken from Flask, and the standard library."""

import ast
import os
import subprocess
import sys

import pytest

from scripts.house import sources

FILES = sources(("app",))
PURE = {"service", "queries", "models", "rules"}
OF_A_REQUEST = {"request", "session", "g", "flash", "redirect", "url_for", "abort"}


def taken(tree: ast.Module) -> list[tuple[str, str]]:
    """Return ``(module, name)`` for everything a module imports."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
    return found


@pytest.mark.parametrize(
    "source", [s for s in FILES if s.path.stem.split("_")[0] in PURE], ids=lambda s: s.name
)
def test_verbs_reads_and_tables_never_see_a_request(source):
    from_flask = {name for module, name in taken(source.tree) if module == "flask"}
    assert not from_flask & OF_A_REQUEST


@pytest.mark.parametrize(
    "source", [s for s in FILES if s.name.startswith("app/domain/")], ids=lambda s: s.name
)
def test_the_rules_need_the_standard_library_only(source):
    foreign = {
        module
        for module, _name in taken(source.tree)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not module.startswith("app.domain")
    }
    assert foreign == set()


def test_the_web_process_does_not_load_what_the_worker_needs(tmp_path):
    heavy = "sklearn scipy numpy matching app.worker pypdf typst openpyxl"
    program = (
        "import sys; from app.factory import create_app; from config import load_settings;"
        "create_app(load_settings());"
        f"print(sorted(set({heavy.split()}) & set(sys.modules)))"
    )
    settings = {"PUENTE_ENV": "test", "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DATABASE_URL": "sqlite://", **settings},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_services_never_commit():
    """One commit a request, made in ``web/transaction.py``; jobs and commands settle their own."""
    keepers = ("app/web/", "app/jobs/", "app/commands/", "app/worker.py")
    for source in FILES:
        # A feature's jobs module runs in the worker, outside any request.
        if source.name.startswith(keepers) or source.path.stem == "jobs":
            continue
        calls = [node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
        commits = [c.lineno for c in calls if isinstance(c, ast.Attribute) and c.attr == "commit"]
        assert commits == [], source.name
