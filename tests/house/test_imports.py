"""What the import contracts cannot say: names taken from Flask, and the standard library."""

import ast
import os
import subprocess
import sys

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


def test_verbs_reads_and_tables_never_see_a_request():
    pure = [source for source in FILES if source.path.stem.split("_")[0] in PURE]
    seen = {
        (source.name, name)
        for source in pure
        for module, name in taken(source.tree)
        if module == "flask" and name in OF_A_REQUEST
    }
    assert seen == set()
    assert len(pure) > 30


def test_the_rules_need_the_standard_library_only():
    rules = [source for source in FILES if source.name.startswith("app/domain/")]
    foreign = {
        (source.name, module)
        for source in rules
        for module, _name in taken(source.tree)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not module.startswith("app.domain")
    }
    assert foreign == set()
    assert len(rules) > 5


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
