"""How far the evaluation is, and how far its members are from each other, for one reader.

What the reader has a conflict in is not there: not as a line, and not in any figure. Scores come
only from applications whose scores the reader may read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.calls.applications.models import ENTRUSTED, Application
from app.calls.committee.measures import Calibration, calibrate, spreads
from app.calls.committee.models import Consensus, Review
from app.calls.committee.queries import (
    admitted,
    asks_consensus,
    consensuses,
    is_complete,
    live_review,
    marks_of,
    may_read_scores,
    visible,
    wide_spreads,
)
from app.calls.models import Call, CommitteeMember
from app.domain.actors import Actor
from app.domain.call_states import ConsensusStatus, ReviewStatus
from app.organizations.models import User


@dataclass(frozen=True, slots=True)
class Item:
    """One application: its reviews, whether they reach the quorum, and its consensus."""

    application: Application
    reviews: tuple[Review, ...]
    sent: int
    quorum: int
    consensus: Consensus | None
    asks_consensus: bool | None

    @property
    def reaches_quorum(self) -> bool:
        """Enough reviews were sent."""
        return self.sent >= self.quorum

    @property
    def is_complete(self) -> bool:
        """Every review was sent."""
        return bool(self.reviews) and self.sent == len(self.reviews)

    @property
    def is_settled(self) -> bool:
        """The committee agreed."""
        return self.consensus is not None and self.consensus.status is ConsensusStatus.AGREED


@dataclass(frozen=True, slots=True)
class Person:
    """One member: how many reviews are theirs, by state."""

    member: CommitteeMember
    counts: Mapping[ReviewStatus, int]

    @property
    def entrusted(self) -> int:
        """Reviews that are, or were, theirs to write."""
        return sum(count for status, count in self.counts.items() if status in ENTRUSTED)

    @property
    def sent(self) -> int:
        """Reviews that were sent."""
        return self.counts.get(ReviewStatus.SUBMITTED, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """The evaluation of a call as one reader may know it."""

    items: tuple[Item, ...]
    people: tuple[Person, ...]

    @property
    def entrusted(self) -> int:
        """Reviews to write in all."""
        return sum(len(one.reviews) for one in self.items)

    @property
    def sent(self) -> int:
        """Reviews sent in all."""
        return sum(one.sent for one in self.items)

    @property
    def with_quorum(self) -> int:
        """Applications with enough reviews."""
        return sum(1 for one in self.items if one.reaches_quorum)


def progress(call: Call, actor: Actor) -> Progress:
    """Return how far the evaluation is, without scores."""
    applications = visible(admitted(call), actor)
    agreed = consensuses(call)
    items = tuple(_item(one, agreed.get(one.id), actor) for one in applications)
    sitting = [one for one in call.members if one.sits]
    return Progress(items, tuple(_person(one, applications) for one in sitting))


def _item(application: Application, consensus: Consensus | None, actor: Actor) -> Item:
    reviews = tuple(one for one in application.reviews if one.status in ENTRUSTED)
    reads = may_read_scores(actor, application)
    return Item(
        application,
        reviews,
        sum(1 for one in reviews if one.counts),
        application.call.quorum,
        consensus,
        asks_consensus(application) if reads else None,
    )


def _person(member: CommitteeMember, applications: Iterable[Application]) -> Person:
    counts = Counter(
        ReviewStatus(review.status)
        for one in applications
        for review in one.reviews
        if review.user_id == member.user_id
    )
    return Person(member, counts)


@dataclass(frozen=True, slots=True)
class Difference:
    """How far apart the reviews of one application are, by criterion, in percent of the scale.

    ``wide`` are the criteria on which they are too far; ``asks``: so that the rules ask for a
    consensus now.
    """

    application: Application
    spreads: Mapping[int, Fraction]
    wide: frozenset[int]
    asks: bool
    is_complete: bool
    consensus: Consensus | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences by application and by member; ``hidden`` counts what the reader may not read."""

    differences: Sequence[Difference]
    calibrations: Sequence[tuple[User, Calibration]]
    hidden: int


def comparison(call: Call, actor: Actor) -> Comparison:
    """Return how far members are from each other, on what the reader may read."""
    applications = visible(admitted(call), actor)
    readable = [one for one in applications if may_read_scores(actor, one)]
    agreed = consensuses(call)
    found = [_difference(one, agreed.get(one.id)) for one in readable]
    widest = sorted(found, key=lambda one: -max(one.spreads.values(), default=Fraction(0)))
    marks = [mark for one in readable for mark in marks_of(one)]
    named = {review.user_id: review.user for one in readable for review in one.reviews}
    lines = [(named[key], line) for key, line in calibrate(marks).items()]
    return Comparison(
        [one for one in widest if one.spreads],
        sorted(lines, key=lambda line: line[0].name),
        len(applications) - len(readable),
    )


def _difference(application: Application, consensus: Consensus | None) -> Difference:
    wide = frozenset(wide_spreads(application))
    found = spreads(marks_of(application))
    asks, complete = asks_consensus(application), is_complete(application)
    return Difference(application, found, wide, asks, complete, consensus)


def own_reviews(call: Call, actor: Actor) -> list[Review]:
    """Return the reviews entrusted to a person in a call, by the number of the application."""
    found = (live_review(one, actor.id) for one in visible(admitted(call), actor))
    return [one for one in found if one is not None]
