"""A decided challenge, and coordinators who try settings of the matcher on it."""

from app.domain.states import MatchStatus, TuningAction, TuningStatus
from app.extensions import db
from app.jobs.models import Job
from app.lifecycle import Act
from app.matches.tuning import queries, service
from app.matches.tuning.models import Tuning
from tests.challenges.build import challenge
from tests.matches.build import match, solution

A, S, M = TuningAction, TuningStatus, MatchStatus
LINE = ("aliviadero|zanjón", "extravasor", "spillway")


class Desk:
    """A decided challenge and an open one, and coordinators to try settings."""

    def __init__(self, people) -> None:
        self.coordinator, self.colleague = people.coordinator(), people.coordinator()
        self.city, self.startup = people.city(), people.startup()
        self.decided = challenge(self.city)
        said = {"title": "Gestión", "summary": "", "description": "", "problems_solved": ""}
        words = "Reclamos por microbasurales, recorridos de camiones"
        self.titled = solution(self.startup, **{**said, "title": words}, use_cases="tableros")
        self.used = solution(self.startup, **said, use_cases=words)
        match(self.decided, self.titled, M.CONFIRMED)
        db.session.commit()

    def start(self, **values) -> Tuning:
        tuning = service.start(queries.in_use(), self.coordinator.actor)
        if values:
            service.edit(tuning, values, self.coordinator.actor, None)
        db.session.commit()
        return tuning

    def compare(self, tuning, run_jobs) -> None:
        service.compare(tuning)
        db.session.commit()
        run_jobs()
        db.session.expire_all()

    def act(self, tuning, action, who=None, reason="Se ve mejor", version=None) -> None:
        actor = (who or self.coordinator).actor
        service.act(tuning, Act(action, reason, version=version), actor)
        db.session.commit()

    def accept(self, run_jobs, **values) -> Tuning:
        tuning = self.start(**values)
        self.compare(tuning, run_jobs)
        self.act(tuning, A.ACCEPT)
        run_jobs()
        return tuning


def approve_one(desk, waiting):
    """Let a solution be approved that another one resembles in what the challenge never asks."""
    words = {"use_cases": "microbasurales, sensores ultrasónicos de nivel", "title": "Gestión"}
    rest = {"summary": "", "description": "", "problems_solved": ""}
    like, approved = (solution(desk.startup, **words, **rest) for _ in range(2))
    match(waiting, approved, M.APPROVED)
    return like, approved


def waiting_jobs(kind):
    """Return how many jobs of a kind wait."""
    return db.session.query(Job).filter_by(kind=kind, state="waiting").count()
