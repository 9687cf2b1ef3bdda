"""Entrusting applications to members: a plan by rule that a person looks at, then applies."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app import audit
from app.calls.applications.models import ENTRUSTED, Application
from app.calls.committee.assigning import Pair, Problem, Solution
from app.calls.committee.assigning import assign as solve
from app.calls.committee.hints import HARD, HINTS
from app.calls.committee.models import Review
from app.calls.committee.phase import require_evaluation
from app.calls.committee.queries import admitted, may_read_scores
from app.calls.committee.telling import tell_assigned
from app.calls.locking import hold
from app.calls.models import Call, CommitteeMember
from app.domain.actors import SYSTEM, Actor
from app.domain.call_states import ReviewAction, ReviewStatus
from app.domain.call_vocabulary import ConflictHint
from app.domain.errors import RuleBroken, SomeoneWasFaster
from app.domain.permissions import Permission, can
from app.extensions import db
from app.lifecycle import advance
from app.organizations.models import User

Hinted = Mapping[Pair, tuple[ConflictHint, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """What the plan says of one application.

    ``kept`` are its reviews that stay, ``added`` the people to come, ``missing`` how many reviews
    it still lacks then, and ``hindered`` why people could not take it: a code and how many.
    """

    application: Application
    kept: tuple[Review, ...]
    added: tuple[CommitteeMember, ...]
    missing: int
    hindered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would review what; ``digest`` tells two plans apart, ``without`` sits out."""

    lines: tuple[Line, ...]
    members: tuple[CommitteeMember, ...]
    hints: Hinted
    without: frozenset[int]
    digest: str

    @property
    def pairs(self) -> list[tuple[Application, CommitteeMember]]:
        """The new pairs."""
        return [(line.application, member) for line in self.lines for member in line.added]


def preview_assignment(call: Call, without: Collection[int] = ()) -> Plan:
    """Return who would review what; nothing is changed.

    Args:
        call: what is evaluated.
        without: the ids of members who get nothing new.
    """
    applications = admitted(call)
    sitting = tuple(one for one in call.members if one.sits)
    hints = HINTS.of(sitting, applications)
    refusals = _refusals(applications, sitting, hints)
    takers = [one for one in sitting if one.id not in without]
    answer = solve(_problem(call, applications, takers, refusals, hints))
    named = {one.user_id: one for one in sitting}
    lines = tuple(_line(one, answer, named, refusals) for one in applications)
    return Plan(lines, sitting, hints, frozenset(without), _digest(answer.added))


def _problem(
    call: Call,
    applications: Sequence[Application],
    takers: Sequence[CommitteeMember],
    refusals: Mapping[Pair, str],
    hints: Hinted,
) -> Problem:
    kept = {
        (one.id, review.user_id)
        for one in applications
        for review in one.reviews
        if review.status in ENTRUSTED
    }
    return Problem(
        items=frozenset(one.id for one in applications),
        people=frozenset(one.user_id or 0 for one in takers),
        each=call.reviews_each,
        kept=frozenset(kept),
        barred=frozenset(refusals),
        avoided={pair: len(kinds) for pair, kinds in hints.items() if pair not in refusals},
    )


def _refusals(
    applications: Sequence[Application], members: Sequence[CommitteeMember], hints: Hinted
) -> dict[Pair, str]:
    """Return who cannot review what, and why."""
    found = {}
    for application in applications:
        for member in members:
            pair = (application.id, member.user_id or 0)
            if code := refusal(application, member, hints.get(pair, ())):
                found[pair] = code
    return found


def refusal(
    application: Application, member: CommitteeMember, hints: Collection[ConflictHint]
) -> str:
    """Return why a member cannot be asked to review an application, or nothing.

    Who may read what others said of it before saying anything themselves cannot judge it any more.
    """
    if member.user is None or not member.sits:
        return "member_left"
    if member.user_id in application.barred_ids:
        return "conflict"
    if HARD & set(hints):
        return "same_organization"
    past = {one.user_id: one.status for one in application.reviews}
    if past.get(member.user.id) is ReviewStatus.RECUSED:
        return "recused"
    entrusted = past.get(member.user.id) in ENTRUSTED
    said = any(one.counts for one in application.reviews)
    reads = said and not entrusted and may_read_scores(member.user.actor, application)
    return "reads_scores" if reads else ""


def _line(
    application: Application,
    answer: Solution,
    named: Mapping[int | None, CommitteeMember],
    refusals: Mapping[Pair, str],
) -> Line:
    missing = answer.missing.get(application.id, 0)
    hindered = Counter(code for (item, _), code in refusals.items() if item == application.id)
    return Line(
        application,
        tuple(one for one in application.reviews if one.status in ENTRUSTED),
        tuple(named[person] for item, person in answer.added if item == application.id),
        missing,
        hindered if missing else {},
    )


def _digest(added: Sequence[Pair]) -> str:
    return hashlib.sha256(repr(list(added)).encode()).hexdigest()


def assign(call: Call, plan: Plan, actor: Actor) -> int:
    """Entrust what ``plan`` says, unless it would be another one by now; tell each person.

    Returns:
        How many reviews were entrusted.

    Raises:
        SomeoneWasFaster: a conflict, a recusal or a member came or went since.
        RuleBroken: the evaluation is not under way.
    """
    hold(call)
    require_evaluation(call)
    db.session.expire_all()
    fresh = preview_assignment(call, plan.without)
    if fresh.digest != plan.digest:
        raise SomeoneWasFaster
    counts: Counter[User] = Counter()
    for application, member in fresh.pairs:
        if member.user is not None:
            _entrust(application, member.user, actor)
            counts[member.user] += 1
    tell_assigned(call, counts)
    return sum(counts.values())


def entrust(application: Application, member: CommitteeMember, actor: Actor) -> Review:
    """Entrust one application to one member by hand, whatever the load.

    Raises:
        RuleBroken: ``cannot_review_<why>``, ``reviews_already``, or the evaluation is not on.
    """
    require_evaluation(application.call)
    pair = (application.id, member.user_id or 0)
    hints = HINTS.of([member], [application]).get(pair, ())
    code = refusal(application, member, hints)
    if code:
        raise RuleBroken(f"cannot_review_{code}")
    if member.user is None or _standing(application, member.user) in ENTRUSTED:
        raise RuleBroken("reviews_already")
    review = _entrust(application, member.user, actor)
    tell_assigned(application.call, {member.user: 1})
    return review


def _standing(application: Application, user: User) -> ReviewStatus | None:
    known = next((one for one in application.reviews if one.user_id == user.id), None)
    return None if known is None else ReviewStatus(known.status)


def _entrust(application: Application, user: User, actor: Actor) -> Review:
    former = next((one for one in application.reviews if one.user_id == user.id), None)
    if former is not None:
        known = can(actor, Permission.REVIEW_OVERSEE, former.subject)
        advance(former, ReviewAction.REASSIGN, actor if known else SYSTEM)
        return former
    review = Review(application=application, user=user)
    audit.record(review, "assign", actor, to_status=review.status)
    return review
