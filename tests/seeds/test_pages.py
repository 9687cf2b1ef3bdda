"""Every page of the loaded demo opens, and no link on them leads nowhere."""

import re
import time
from collections import Counter
from contextvars import Context
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from app.extensions import db
from app.organizations.models import User

_LINK = re.compile(r'href="(/[^"?#]*(?:\?page=\d+)?)["?#]')
_LANGUAGES = ("es", "pt", "en")
_ELSEWHERE = ("/static/", "/logout", "/login/", "/mailbox/")


class Walker:
    """Follows every link, in the three languages by turns, at most ``most`` pages of a kind."""

    def __init__(self, app: Flask, email: str | None, most: int) -> None:
        self.client = app.test_client()
        self.routes = app.url_map.bind("localhost")
        self.most = most
        self.seen: Counter[str] = Counter()
        self.uniquifier = None
        if email is not None:
            with app.app_context():
                person = db.session.scalars(select(User).where(User.email == email)).one()
                self.uniquifier = person.fs_uniquifier

    def walk(self, *starts: str) -> list[tuple[str, str, int]]:
        """Return the pages that did not open, with the language and what they answered."""
        known, waiting, bad = set(starts), list(starts), []
        languages = cycle(_LANGUAGES)
        while waiting:
            path = waiting.pop(0)
            if not self._is_wanted(path):
                continue
            for language in _LANGUAGES if path in starts else (next(languages),):
                answer = Context().run(self._get, path, language)
                if answer.status_code != 200:
                    bad.append((path, language, answer.status_code))
            links = dict.fromkeys(_LINK.findall(_words(answer)))
            new = [link for link in links if link not in known and not link.startswith(_ELSEWHERE)]
            known.update(new)
            waiting += new
        return bad

    def _get(self, path: str, language: str):
        with self.client.session_transaction() as session:
            session["lang"] = language
            if self.uniquifier is not None:
                session.update(self._signed_in())
        return self.client.get(path)

    def _signed_in(self) -> dict:
        just_now = time.time()
        return {"_user_id": self.uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": just_now}

    def _is_wanted(self, path: str) -> bool:
        try:
            endpoint, _values = self.routes.match(path.partition("?")[0], method="GET")
        except HTTPException:
            return True
        self.seen[endpoint] += 1
        return self.seen[endpoint] <= self.most


def _words(answer) -> str:
    """Return the text of a page; a document or sheet has no links to follow."""
    return answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""


def test_every_public_page_opens(demo: Flask) -> None:
    walker = Walker(demo, None, most=200)
    assert walker.walk("/", "/challenges/", "/solutions/", "/organizations/", "/pilots/") == []
    for endpoint in ("challenges.show", "solutions.show", "organizations.show", "pilots.show"):
        assert walker.seen[endpoint] >= 12, endpoint
    assert walker.seen["solutions.show"] >= 60


@pytest.mark.parametrize(
    ("email", "starts", "kinds"),
    [
        (
            "coordinacion@puente.example",
            ("/work", "/matches/desk", "/organizations/", "/pilots/"),
            ("match_desk.candidates", "matches.show", "organizations.edit", "pilots.show"),
        ),
        (
            "ciudad@puente.example",
            ("/work", "/matches/", "/pilots/ours"),
            ("challenges.edit", "submissions.compare", "milestones.show", "matches.show"),
        ),
        (
            "startup@puente.example",
            ("/work", "/submissions/", "/matches/", "/pilots/ours"),
            ("solutions.edit", "submissions.show", "progress_reports.show", "matches.show"),
        ),
    ],
)
def test_every_kind_of_page_opens_for_the_demo_accounts(
    demo: Flask, email: str, starts: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    walker = Walker(demo, email, most=12)
    assert walker.walk(*starts) == []
    assert [kind for kind in kinds if not walker.seen[kind]] == []
