"""A call whose evaluation is over, with its committee and reviewed applications."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from app.calls.committee.models import Review, ReviewScore
from app.calls.results import service
from app.domain.call_states import ApplicationStatus, CallStatus, ResultAction, ReviewStatus
from app.domain.call_vocabulary import Ballot, CallPhase, ResultStage
from app.extensions import db, utcnow
from app.lifecycle import Act
from tests.calls import build

NAMES = ("Ana", "Beto", "Carla")
# Scores of 5, 5, 5 are 100 points; the criteria weigh 50, 30 and 20.
SCORES = {"Alfa": (5, 5, 5), "Beta": (4, 4, 4), "Gama": (3, 3, 3), "Delta": (3, 2, 2)}


class Story(SimpleNamespace):
    """A call with everybody in it, and what they do with its result."""

    def application(self, city):
        return self.applications[city]

    def propose(self, stage=ResultStage.PRELIMINARY):
        return service.propose(self.call, stage, self.coordinator.actor)

    def vote(self, result, ballots=(Ballot.IN_FAVOUR, Ballot.IN_FAVOUR, Ballot.IN_FAVOUR)):
        for person, ballot in zip(self.members, ballots, strict=False):
            service.vote(result, ballot, "", person.actor)

    def vote_of(self, result, person, ballot=Ballot.IN_FAVOUR):
        service.vote(result, ballot, "", person.actor)

    def approve(self, result):
        service.act(result, Act(ResultAction.APPROVE), self.chair.actor)
        db.session.commit()

    def approved(self, stage=ResultStage.PRELIMINARY):
        result = self.propose(stage)
        self.vote(result)
        self.approve(result)
        return result

    def move(self, **days):
        """Set dates of the call, in days from now."""
        for name, number in days.items():
            setattr(self.call, f"{name}_at", utcnow() + timedelta(days=number))
        db.session.commit()

    def publish_preliminary(self):
        """The preliminary result is public since an hour; appeals are open."""
        result = self.approved()
        self.move(evaluation_closes=-1, preliminary=-0.04)
        return result

    def end_appeals(self):
        self.move(preliminary=-0.04, appeals_close=-0.03)

    def publish_final(self):
        self.publish_preliminary()
        self.end_appeals()
        result = self.approved(ResultStage.FINAL)
        self.move(final=-0.02)
        return result


def make_story(people, scores=None, *, seats=2, waiting=1, quotas=(), places=None, **changes):
    """Ana presides; each of the three reviewed each application with the same scores."""
    coordinator = people.coordinator()
    known = {
        "seats": seats,
        "waiting_seats": waiting,
        "quotas": list(quotas),
        "reviews_each": 3,
        "consensus_spread": None,
        "cut_off": Decimal(40),
        "evaluation_closes_at": utcnow() - timedelta(days=1),
    }
    call = build.call(coordinator, CallStatus.EVALUATING, CallPhase.CLOSED, **{**known, **changes})
    members = [people.person(name=name) for name in NAMES]
    for place, person in enumerate(members):
        build.member(call, person, chair=place == 0)
    cities, applications = {}, {}
    for place, (name, given) in enumerate((scores or SCORES).items()):
        cities[name] = people.city(name=name)
        applications[name] = build.application(
            call,
            cities[name],
            ApplicationStatus.ADMITTED,
            submitted_at=utcnow() - timedelta(days=20, minutes=-place),
            **(places or {}).get(name, {}),
        )
        db.session.add_all(_review(applications[name], person, given) for person in members)
    db.session.commit()
    return Story(
        call=call,
        coordinator=coordinator,
        members=members,
        chair=members[0],
        cities=cities,
        applications=applications,
    )


def _review(application, person, given):
    scores = [
        ReviewScore(criterion_id=criterion.id, score=Decimal(score))
        for criterion, score in zip(application.call.criteria, given, strict=True)
    ]
    return Review(
        application=application,
        user=person,
        status=ReviewStatus.SUBMITTED,
        submitted_at=utcnow(),
        scores=scores,
    )
