"""The index file: it follows the table, survives loss, and is one for all processes."""

import threading
from contextvars import Context
from dataclasses import replace

import pytest

from app.domain.states import SolutionStatus
from app.extensions import db
from app.matches.matcher import keeping
from app.matches.matcher.catalogue import catalogue
from app.matches.matcher.suggesting import suggest
from app.matches.models import Match
from app.matches.scales import SHIPPED
from matching import Matcher
from matching import matcher as library
from tests.challenges.build import challenge
from tests.matches.build import solution

WORDS = "microbasurales, reclamos por basura, recorridos de camiones"


@pytest.fixture
def index(settings):
    path = settings.data_dir / "matching" / "index.npz"
    path.unlink(missing_ok=True)
    return path


def _suggested(thing):
    suggest(thing, SHIPPED)
    db.session.commit()
    rows = db.session.query(Match).filter_by(challenge_id=thing.id).order_by(Match.id)
    return [row.solution_id for row in rows]


def test_it_follows_edits_suspensions_and_loss(people, index):
    thing, startup = challenge(people.city()), people.startup()
    offer = solution(startup)
    other = solution(startup, title="Otra cosa", summary="", description="", use_cases="")
    assert _suggested(thing) == [offer.id]
    offer.title, offer.summary, offer.use_cases = "Turnos", "Agenda", "turnos"
    offer.description = offer.problems_solved = "Recordatorios"
    other.use_cases = WORDS
    db.session.commit()
    assert _suggested(thing) == [other.id]
    index.write_bytes(b"damaged")
    assert _suggested(thing) == [other.id]
    assert Matcher.load(index).ids_ == catalogue(SHIPPED).ids_
    index.unlink()
    other.status = SolutionStatus.SUSPENDED
    db.session.commit()
    assert _suggested(thing) == []
    assert len(Matcher.load(index).ids_) == 1


def _fits(monkeypatch):
    """Count how often a whole index is made."""
    made = []
    fit = Matcher.fit

    def counted(self, solutions):
        made.append(self.parameters)
        return fit(self, solutions)

    monkeypatch.setattr(Matcher, "fit", counted)
    return made


def test_it_is_made_anew_for_another_analyser_other_weights_and_another_glossary(
    people, index, monkeypatch
):
    solution(people.startup())
    made = _fits(monkeypatch)
    catalogue(SHIPPED)
    catalogue(SHIPPED)
    assert len(made) == 1
    monkeypatch.setattr(library, "VERSION", "another")
    catalogue(SHIPPED)
    catalogue(SHIPPED)
    assert len(made) == 2
    heavier = replace(SHIPPED, uses=2.0)
    catalogue(heavier)
    assert made[-1]["uses"] == 2.0
    wordier = replace(heavier, concepts=(("pichanga", "pelada", "kickabout"),))
    catalogue(wordier)
    catalogue(wordier)
    assert [len(one["concepts"]) for one in made] == [0, 0, 0, 1]
    catalogue(replace(wordier, floor=0.5, sector=0.1, feedback=True))
    assert len(made) == 4


def test_a_new_solution_is_added_without_reading_the_others_again(people, index, monkeypatch):
    startup = people.startup()
    solution(startup)
    made = _fits(monkeypatch)
    catalogue(SHIPPED)
    read = []
    offers = keeping.Matcher.add

    def counted(self, document):
        read.append(document.id)
        return offers(self, document)

    monkeypatch.setattr(keeping.Matcher, "add", counted)
    new = solution(startup)
    catalogue(SHIPPED)
    assert (len(made), [int(name.split(".")[0]) for name in read]) == (1, [new.id])


def test_workers_that_look_at_once_agree(app, people, index, monkeypatch):
    startup = people.startup()
    offers = [solution(startup) for _ in range(3)]
    made, seen = _fits(monkeypatch), []

    def look():
        with app.app_context():
            seen.append(catalogue(SHIPPED).ids_)

    def all_at_once():
        workers = [threading.Thread(target=Context().run, args=(look,)) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    all_at_once()
    offers[0].status = SolutionStatus.WITHDRAWN
    db.session.commit()
    all_at_once()
    assert len(made) == 1
    assert [len(ids) for ids in seen] == [3] * 4 + [2] * 4
    assert len(set(seen[4:])) == 1


def test_the_scales_start_as_the_library_ships(app):
    assert (
        vars(Matcher()).items()
        >= {
            "title": SHIPPED.title,
            "uses": SHIPPED.uses,
            "text": SHIPPED.text,
            "concepts": SHIPPED.concepts,
        }.items()
    )
