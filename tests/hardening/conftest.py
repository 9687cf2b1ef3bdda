"""The world is made once a module: the tests that share it leave it as they found it."""

import time
from collections.abc import Callable, Iterator
from contextvars import Context

import pytest
from flask import Flask

from app.extensions import db
from app.web import transaction
from tests.conftest import Browser, _empty, _remember
from tests.hardening.world import World, build
from tests.people import People


@pytest.fixture(scope="module")
def world(bare_app: Flask) -> Iterator[World]:
    """The platform with every kind of thing."""
    with bare_app.app_context():
        made = build(People())
        # Nothing changes it: the test need not ask for its hundreds of rows again and again.
        db.session().expire_on_commit = False
        yield made
        db.session.remove()
        _empty()


class Onlooker(Browser):
    """A reader of a world that nobody changes."""

    @staticmethod
    def _send(method, *arguments, **options):
        db.session.commit()
        return Context().run(method, *arguments, **options)


@pytest.fixture
def reader(world: World, bare_app: Flask) -> Callable[[str], Browser]:
    """``reader("city viewer")`` returns that actor's browser."""

    def of(name: str) -> Browser:
        client = bare_app.test_client()
        key = world.keys.get(name)
        known = {"lang": "en"}
        if key is not None:
            known |= {"_user_id": key, "_fresh": True, "fs_cc": "set"}
            known["fs_paa"] = time.time()
        Context().run(_remember, client, known)
        return Onlooker(client)

    return of


@pytest.fixture
def nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests run to their end, and undo what each wrote instead of keeping it."""

    def undo() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(transaction, "_commit", undo)
