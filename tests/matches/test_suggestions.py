"""What the matcher suggests, and what it leaves alone."""

import hashlib
import json
from math import fsum

import pytest

from app import audit
from app.domain.actors import SYSTEM
from app.domain.states import (
    ChallengeStatus,
    MatchStatus,
    OrganizationStatus,
    SolutionStatus,
    SubmissionStatus,
)
from app.extensions import db
from app.jobs.models import Job
from app.jobs.service import enqueue
from app.matches.matcher.suggesting import suggest
from app.matches.models import Match
from app.matches.scales import SHIPPED
from tests.challenges.build import challenge
from tests.matches.build import match, solution, submission


def _suggested(thing):
    rows = db.session.query(Match).filter_by(challenge_id=thing.id).order_by(Match.id)
    return [row.solution_id for row in rows]


def _suggest(thing):
    suggest(thing, SHIPPED)
    db.session.commit()
    return _suggested(thing)


def _digest():
    rows = db.session.query(Match).order_by(Match.id).all()
    text = json.dumps(
        [
            [
                row.id,
                row.version,
                row.score,
                row.parts,
                row.missing,
                row.status,
                str(row.updated_at),
            ]
            for row in rows
        ]
    )
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_suggestion_keeps_how_its_score_is_made(people):
    thing, offer = challenge(people.city()), solution(people.startup())
    assert _suggest(thing) == [offer.id]
    row = db.session.query(Match).one()
    assert row.status is MatchStatus.SUGGESTED
    assert 0.06 <= row.score <= 1
    assert fsum(part["score"] for part in row.parts) == pytest.approx(row.score, abs=1e-12)
    assert {part["offer"] for part in row.parts} & {"microbasurales", "reclamos", "basura"}
    assert row.missing
    assert row.matcher_version
    assert row.parameters == SHIPPED.noted


def test_twice_is_as_once(people):
    thing = challenge(people.city())
    for _ in range(3):
        solution(people.startup())
    _suggest(thing)
    once = _digest()
    _suggest(thing)
    assert _digest() == once


@pytest.mark.parametrize(
    ("changes", "required"),
    [
        ({"countries": ["BR"]}, []),
        ({"countries": []}, []),
        ({"languages": ["pt"]}, ["es"]),
        ({"languages": ["es"]}, ["es", "pt"]),
        ({"status": SolutionStatus.SUSPENDED}, []),
        ({"status": SolutionStatus.DRAFT}, []),
        ({"status": SolutionStatus.WITHDRAWN}, []),
    ],
)
def test_constraints_come_first(people, changes, required):
    thing = challenge(people.city(), required_languages=required)
    fitting = solution(people.startup(), languages=["es", "pt"])
    solution(people.startup(), **changes)
    assert _suggest(thing) == [fitting.id]


def test_the_solutions_of_a_suspended_startup_are_out(people):
    thing = challenge(people.city())
    solution(people.startup(status=OrganizationStatus.SUSPENDED))
    solution(people.startup(status=OrganizationStatus.PENDING))
    good = solution(None)
    assert _suggest(thing) == [good.id]


def _about_something_else(startup, words="vacunas", **changes):
    texts = {"title": "Agenda", "summary": words, "description": f"Avisos de {words}."}
    return solution(startup, **texts, problems_solved="", use_cases=words, **changes)


def test_what_is_about_something_else_is_not_suggested(people):
    thing = challenge(people.city())
    _about_something_else(people.startup())
    assert _suggest(thing) == []


def test_at_most_eight_and_every_submission_besides(people):
    thing = challenge(people.city())
    startup = people.startup()
    offers = [solution(startup) for _ in range(9)]
    others = [_about_something_else(startup, word) for word in "abcdefghijklmnopqrst"]
    stranger, withdrawn, drafted, gone = others[:4]
    gone.status = SolutionStatus.WITHDRAWN
    submission(thing, drafted, SubmissionStatus.DRAFT)
    submission(thing, gone)
    submission(thing, stranger)
    submission(thing, withdrawn, SubmissionStatus.WITHDRAWN)
    assert _suggest(thing) == [*(offer.id for offer in offers[:8]), stranger.id]


def test_what_fell_out_goes_and_what_was_decided_stays(people):
    city, startup = people.city(), people.startup()
    thing = challenge(city)
    offers = [solution(startup) for _ in range(4)]
    undecided = match(thing, offers[0])
    dismissed = match(thing, offers[1], MatchStatus.DISMISSED, 0.25)
    reconsidered = match(thing, offers[2], score=0.125)
    audit.record(reconsidered, "reconsider", SYSTEM)
    kept = match(thing, offers[3], MatchStatus.APPROVED, 0.375)
    for offer in offers[:3]:
        offer.status = SolutionStatus.WITHDRAWN
    db.session.commit()
    ids = {dismissed.id, reconsidered.id, kept.id}
    gone = undecided.id
    _suggest(thing)
    rows = {row.id: row for row in db.session.query(Match)}
    assert set(rows) == ids
    assert gone not in rows
    assert rows[kept.id].score == 0.375
    assert rows[kept.id].version == 1


def test_only_a_published_challenge_gets_suggestions(people):
    solution(people.startup())
    for status in (ChallengeStatus.DRAFT, ChallengeStatus.CANCELLED, ChallengeStatus.MATCHED):
        assert _suggest(challenge(people.city(), status)) == []


def test_jobs_suggest_and_reindex(people, run_jobs):
    first, second = challenge(people.city()), challenge(people.city())
    draft = challenge(people.city(), ChallengeStatus.DRAFT)
    offer = solution(people.startup())
    enqueue("matches.reindex", key=str(offer.id), solution=offer.id)
    db.session.commit()
    assert run_jobs() == 3
    assert [_suggested(thing) for thing in (first, second, draft)] == [[offer.id], [offer.id], []]
    assert {job.state for job in db.session.query(Job)} == {"done"}


def test_jobs_about_things_that_are_gone_do_nothing(people, run_jobs):
    for kind, payload in (
        ("matches.suggest", {"challenge": 99}),
        ("matches.expire", {"match": 99}),
        ("matches.offer", {"challenge": 99}),
    ):
        enqueue(kind, **payload)
    db.session.commit()
    assert run_jobs() == 3
