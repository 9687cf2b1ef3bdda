"""A real browser (Chromium) against the running platform; skipped, saying so, where none is."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

import app.worker  # noqa: F401 - registers what each kind of job does
from app.extensions import Base, db
from app.factory import create_app
from app.jobs.service import run_due
from config import Settings

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
KIND = """() => [
  location.pathname.replace(/[0-9a-z]{12}/g, "-").replace(/\\d+/g, "0"),
  ...[...document.querySelectorAll("main form, main h2, main .chip, .account summary")]
    .map(element => element.action ? element.action.replace(/.*[/]/, "") : element.className),
].join(" ")"""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "Chromium is not on this machine: the browser journey was NOT run"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def platform(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The platform on a database of its own, answering on a free port."""
    own = replace(settings, data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'journey.db'}")
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    own = replace(own, base_url=f"http://127.0.0.1:{server.server_port}")
    application = create_app(own)
    server.app = application
    with application.app_context():
        Base.metadata.create_all(db.engine)
    thread = threading.Thread(target=lambda: Context().run(server.serve_forever), daemon=True)
    thread.start()
    yield application
    server.shutdown()
    thread.join()
    server.server_close()
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def worker(platform: Flask) -> Callable[[], None]:
    """Run the jobs that are due, as the worker process does."""

    def work() -> None:
        with platform.app_context():
            run_due()
            db.session.remove()

    return work


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Reader:
    """One person's browser: opens pages, fills forms, presses buttons, and checks each page."""

    def __init__(self, page: Page, address: str, pictures: Path | None, checked: set[str]) -> None:
        self.page = page
        self.address = address
        self.pictures = pictures
        self.checked = checked
        self.errors: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            self.errors.append(text)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path if path.startswith("/") else path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        self.check()

    def fill(self, **fields: str) -> None:
        """Fill fields of the form by their names; selects by value, checkboxes with a list."""
        for name, value in fields.items():
            control = self.page.locator(f"[name='{name}']")
            kind = control.first.evaluate("e => e.type || e.tagName")
            if kind in ("checkbox", "radio"):
                for one in value if isinstance(value, list) else [value]:
                    self.page.locator(f"[name='{name}'][value='{one}']").check()
            elif kind == "select-one":
                control.select_option(value)
            else:
                control.fill(value)

    def send(self) -> None:
        """Press the main button of the page's form."""
        self.page.locator("main form[method='post'] .form-end button").first.click()
        self.settled()

    def act(self, name: str, reason: str = "", code: str = "") -> None:
        """Press a button of the action bar, giving the reason where it is asked for."""
        form = self.page.locator(f"form[action$='/{name}']").first
        details = self.page.locator("details", has=self.page.locator(f"form[action$='/{name}']"))
        if details.count():
            details.last.evaluate("element => { element.open = true }")
        if code:
            form.locator("[name=reason_code]").select_option(code)
        if reason:
            form.locator("[name=reason]").fill(reason)
        form.locator("button").last.click()
        self.settled()

    def settled(self) -> None:
        self.page.wait_for_load_state("load")
        wrong = self.page.locator(".error-summary")
        assert not wrong.count(), wrong.inner_text()
        self.check()

    def check(self) -> None:
        """Run axe on each kind of page once, at both widths, and keep a picture if asked."""
        kind = self.page.evaluate(
            "document.title + location.pathname.replace(/[0-9a-z]{12}/g, '-')"
        )
        if kind in self.checked:
            return
        self.checked.add(kind)
        for name, size in (("desk", DESK), ("phone", PHONE)):
            self.page.set_viewport_size(size)
            found = Axe().run(self.page)
            assert not found.response["violations"], (self.page.url, found.generate_report())
            wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
            assert not wide, f"{self.page.url} scrolls sideways on a {name}"
            if self.pictures:
                shot = f"{len(self.checked):03d}-{name}.png"
                self.page.screenshot(path=self.pictures / shot, full_page=True)
        self.page.set_viewport_size(DESK)

    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture
def reader(chromium: Browser, platform: Flask) -> Iterator[Callable[[str], Reader]]:
    """``reader(lang)`` opens a browser of its own that reads in that language."""
    opened: list[Reader] = []
    checked: set[str] = set()
    pictures = os.environ.get("JOURNEY_PICTURES")

    def open_reader(lang: str, name: str = "visitor") -> Reader:
        address = platform.config["SETTINGS"].base_url
        context = chromium.new_context(viewport=DESK, locale=lang)
        folder = None
        if pictures:
            folder = Path(pictures) / lang / name
            folder.mkdir(parents=True, exist_ok=True)
        made = Reader(context.new_page(), address, folder, checked)
        made.open(f"/?lang={lang}")
        opened.append(made)
        return made

    yield open_reader
    for one in opened:
        one.page.context.close()
        assert one.errors == []
