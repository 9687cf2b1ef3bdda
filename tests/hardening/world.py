"""One platform with every kind of thing in every state, and a secret word in each private text."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import String, Text, inspect

from app import audit
from app.calls.enrolments.models import Enrolment
from app.calls.questions.models import CallQuestion
from app.calls.results.counting import entries_of, kept_rules, placements, rules_of
from app.calls.results.models import Appeal, Result, ResultLetter, ResultVote
from app.domain.actors import ANONYMOUS, Actor
from app.domain.call_states import ApplicationStatus, CallStatus, EnrolmentStatus, ReviewStatus
from app.domain.call_vocabulary import Ballot, CallPhase, ResultStage
from app.domain.ranking import rank
from app.domain.states import (
    ChallengeStatus,
    MatchStatus,
    MilestoneStatus,
    OrganizationStatus,
    PilotStatus,
    ReportStatus,
    SolutionStatus,
    SubmissionStatus,
    TuningStatus,
)
from app.domain.vocabulary import OrganizationKind, PilotDecision, Role
from app.extensions import Base, db, utcnow
from app.matches.fits.models import Fit
from app.matches.similar.models import Resemblance
from app.matches.tuning.models import Tuning
from app.organizations.models import Invitation, Membership, Organization, User
from app.pilots.indicators.models import Reading
from app.pilots.reports.models import ProgressReport
from tests.calls.build import application, call, member, review
from tests.challenges.build import challenge
from tests.matches.build import match
from tests.pilots.build import pilot
from tests.solutions.build import solution
from tests.submissions.build import submission

CITY, STARTUP = OrganizationKind.CITY, OrganizationKind.STARTUP
_PLAIN = {"public_id", "slug", "timezone", "search_text", "token_hash", "text_hash", "currency"}
_PLAIN |= {"website", "repository_url", "evidence_url", "subdivision", "cohort", "matcher_version"}
_PLAIN |= {"subdivision_name", "fs_uniquifier", "password", "tf_primary_method", "tf_totp_secret"}
_PLAIN |= {"lot_seed", "value"}
_PLAIN |= {
    "fingerprint",
    "licence",
    "subject_type",
    "action",
    "reason_code",
    "from_status",
    "to_status",
}


@dataclass
class World:
    """The actors by name, the things by kind, and whose each secret word is."""

    people: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, list] = field(default_factory=dict)
    secrets: dict[str, tuple] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        user = self.people[name]
        return ANONYMOUS if user is None else user.actor

    def all_things(self) -> list:
        return [thing for kind in self.things.values() for thing in kind]


def build(people) -> World:
    """Make the world; the neighbours have nothing in common with the two sides."""
    world = World()
    _make_people(world, people)
    _make_things(world)
    _plant_secrets(world)
    db.session.commit()
    world.keys = {name: user.fs_uniquifier for name, user in world.people.items() if user}
    return world


def _make_people(world: World, people) -> None:
    city, startup = people.city(), people.startup()
    people.person(city.organization, Role.OWNER)
    people.person(startup.organization, Role.OWNER)
    halted = people.organization(STARTUP, status=OrganizationStatus.SUSPENDED)
    world.people = {
        "visitor": None,
        "newcomer": people.person(),
        "city owner": city,
        "city editor": people.person(city.organization, Role.EDITOR),
        "city viewer": people.person(city.organization, Role.VIEWER),
        "neighbour city": people.city(),
        "startup owner": startup,
        "startup viewer": people.person(startup.organization, Role.VIEWER),
        "rival startup": people.startup(),
        "halted startup": people.person(halted),
        "coordinator": people.coordinator(),
    }
    office = world.people["coordinator"].organization
    world.people["coordination viewer"] = people.person(office, Role.VIEWER)
    pending = people.organization(CITY, status=OrganizationStatus.PENDING)
    people.person(pending)
    world.things["organization"] = [
        city.organization,
        startup.organization,
        halted,
        pending,
        office,
    ]


def _make_things(world: World) -> None:
    city, startup = world.people["city owner"], world.people["startup owner"]
    challenges = [challenge(city, status) for status in ChallengeStatus]
    solutions = [solution(startup, status) for status in SolutionStatus]
    solutions.append(solution(None))
    offers = [solution(startup) for _ in SubmissionStatus]
    open_one = next(c for c in challenges if c.status is ChallengeStatus.PUBLISHED)
    submissions = [
        submission(open_one, offer, status)
        for offer, status in zip(offers, SubmissionStatus, strict=True)
    ]
    soon = utcnow() + timedelta(days=5)
    matches = [
        match(
            challenge(city, closes_at=soon),
            solutions[list(SolutionStatus).index(SolutionStatus.PUBLISHED)],
            status,
            respond_by=soon,
        )
        for status in MatchStatus
    ]
    pilots = [pilot(city, startup, status, **_ended(status)) for status in PilotStatus]
    running = next(p for p in pilots if p.status is PilotStatus.RUNNING)
    milestones, indicators, reports = _inside(running)
    world.things |= {
        "challenge": challenges,
        "solution": solutions,
        "submission": submissions,
        "match": matches,
        "pilot": pilots,
        "milestone": milestones,
        "indicator": indicators,
        "report": reports,
        "tuning": [Tuning(status=status) for status in TuningStatus],
        "call": _calls(world),
    }
    _evaluation(world)
    _results(world)
    db.session.add_all(world.things["tuning"])
    _what_the_matcher_found(world)
    for thing in [*submissions, *matches, *pilots, *milestones, *reports]:
        audit.record(thing, "edit", startup.actor, reason="")
    db.session.commit()


def _calls(world: World) -> list:
    """Return a draft, an open, a suspended call and one in evaluation; the first is asked about."""
    office, asker = world.people["coordinator"], world.people["neighbour city"]
    states = (CallStatus.PUBLISHED, CallStatus.DRAFT, CallStatus.SUSPENDED, CallStatus.EVALUATING)
    phases = (CallPhase.OPEN, CallPhase.UPCOMING, CallPhase.OPEN, CallPhase.CLOSED)
    made = [call(office, *pair) for pair in zip(states, phases, strict=True)]
    db.session.add(CallQuestion(call_id=made[0].id, asked_by_id=asker.id, question="x"))
    return made


def _evaluation(world: World) -> None:
    """Let two cities be judged by a committee: who presides it has sent one of two reviews."""
    evaluated = world.things["call"][3]
    chair, other = world.people["newcomer"], world.people["rival startup"]
    member(evaluated, chair, chair=True)
    member(evaluated, other)
    cities = [world.people["city owner"], world.people["neighbour city"]]
    judged = [application(evaluated, city, ApplicationStatus.ADMITTED) for city in cities]
    world.things["application"] = judged
    world.things["review"] = [
        review(judged[0], chair, ReviewStatus.ACCEPTED, (1, 2, 3)),
        review(judged[0], other, ReviewStatus.SUBMITTED, (1, 2, 3), comment="x", feedback="x"),
        review(judged[1], chair, ReviewStatus.SUBMITTED, (1, 2, 3), comment="x", feedback="x"),
        review(judged[1], other, ReviewStatus.RECUSED, (1, 2, 3), comment="x", feedback="x"),
    ]


def _results(world: World) -> None:
    """Let a result be proposed, with a vote and a letter, an appeal filed and a seat offered."""
    evaluated, judged = world.things["call"][3], world.things["application"]
    rules, entries = rules_of(evaluated), entries_of(evaluated)
    kept = kept_rules(evaluated, rules)
    result = Result(call=evaluated, stage=ResultStage.PRELIMINARY, rules=kept)
    result.placements = placements(rank(rules, entries), entries, evaluated)
    voter, office = world.people["rival startup"], world.people["coordinator"].organization
    against = ResultVote(result=result, user=voter, ballot=Ballot.AGAINST, opinion="x")
    letter = ResultLetter(result=result, application=judged[0], subject="x", body="x")
    appeal = Appeal(application=judged[0], criteria=[1], grounds="x", answer="x")
    seats = [
        Enrolment(
            organization=world.people[name].organization,
            coordination_id=office.id,
            cohort="2026",
            status=status,
        )
        for name, status in (
            ("city owner", EnrolmentStatus.OFFERED),
            ("neighbour city", EnrolmentStatus.ENDED),
        )
    ]
    db.session.add_all([result, against, letter, appeal, *seats])
    world.things |= {"result": [result], "appeal": [appeal], "enrolment": seats}


def _what_the_matcher_found(world: World) -> None:
    """Let it have found a fit, and what resembles a draft and a thing that is no longer public."""
    by_status = {thing.status: thing for thing in world.things["challenge"]}
    open_one, draft = by_status[ChallengeStatus.PUBLISHED], by_status[ChallengeStatus.DRAFT]
    cancelled = by_status[ChallengeStatus.CANCELLED]
    offered = next(s for s in world.things["solution"] if s.status is SolutionStatus.PUBLISHED)
    part = {"term": "c:x", "need": "x", "offer": "x", "field": "uses", "score": 0.5}
    fit = Fit(challenge_id=open_one.id, solution_id=offered.id, score=0.5, parts=[part])
    pairs = ((draft, open_one), (open_one, cancelled), (open_one, by_status["resolved"]))
    db.session.add_all(
        [fit, *(Resemblance(challenge_id=a.id, other_id=b.id, score=0.5) for a, b in pairs)]
    )
    db.session.flush()


def _ended(status: PilotStatus) -> dict:
    if status is not PilotStatus.FINISHED:
        return {}
    return {"finished_at": utcnow(), "decision": PilotDecision.SCALE}


def _inside(running) -> tuple[list, list, list]:
    from app.pilots import queries

    milestones = queries.milestones(running)
    states = (MilestoneStatus.PLANNED, MilestoneStatus.DELIVERED, MilestoneStatus.RETURNED)
    for milestone, status in zip(milestones, states, strict=True):
        milestone.status = status
    indicators = queries.indicators(running)
    today = utcnow().date()
    reading = Reading(indicator=indicators[0], on=today, value=300, note="x")
    db.session.add(reading)
    reports = [
        ProgressReport(pilot=running, period_from=today, period_to=today, status=status)
        for status in ReportStatus
    ]
    db.session.add_all(reports)
    db.session.commit()
    return milestones, indicators, reports


def _plant_secrets(world: World) -> None:
    """Write a word that occurs nowhere else into each text column of each row."""
    inviter = world.people["city owner"]
    db.session.add(
        Invitation(
            token_hash="0" * 64,
            email="x@x.example",
            organization=inviter.organization,
            role=Role.EDITOR,
            invited_by_id=inviter.id,
            expires_at=utcnow() + timedelta(days=3),
        )
    )
    db.session.flush()
    for mapper in Base.registry.mappers:
        for row in db.session.query(mapper.class_).all():
            for column in inspect(mapper.class_).columns:
                if _is_free_text(column):
                    _plant(world, row, column)
    for pair in world.things["match"]:
        word = f"zqmatch{pair.id}partsqz"
        world.secrets[word] = (pair, "parts")
        part = {"term": "c:x", "need": word, "offer": word, "field": "uses", "score": 0.5}
        pair.parts = [part]
    for fit in db.session.query(Fit):
        word = f"zqfit{fit.id}partsqz"
        world.secrets[word] = (fit, "parts")
        fit.parts = [{**fit.parts[0], "need": word, "offer": word}]
        fit.missing = [word]
    for row in db.session.query(Resemblance):
        word = f"zqresemblance{row.id}sharedqz"
        world.secrets[word] = (row, "shared")
        row.shared = [[word, word]]
    db.session.flush()


def _is_free_text(column) -> bool:
    free = type(column.type) in (String, Text)
    return free and column.key not in _PLAIN and column.table.name not in ("message", "job")


def _plant(world: World, row, column) -> None:
    """Write a word that stands nowhere else into a column, a short one where there is no room."""
    name = column.key
    word = f"zq{type(row).__name__.lower()}{row.id}{name.replace('_', '')}qz"
    if column.type.length is not None and len(word) > column.type.length:
        word = f"zq{len(world.secrets)}qz"
    world.secrets[word] = (row, name)
    setattr(row, name, f"{word}@test.example" if name == "email" else word)


__all__ = ["Membership", "Organization", "World", "build"]
