"""Members accept, write and send their reviews; the chair records what the committee agrees on."""

from collections.abc import Sequence
from decimal import Decimal

from app.calls.applications.models import ENTRUSTED, Application
from app.calls.committee import service
from app.calls.committee.models import Review
from app.calls.committee.queries import consensus_of
from app.domain.call_states import ReviewAction, ReviewStatus
from app.lifecycle import Act
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.content import Row

_UNSENT = frozenset({ReviewStatus.ASSIGNED, ReviewStatus.ACCEPTED})


def plan(calendar: Calendar) -> None:
    """Let each member work on some days, and the committee settle what they differ on."""
    for call in story.calls(calendar):
        for one in call.get("members", ()):
            days = one.get("reviews_at", ())
            for place, said in enumerate(days):
                moment = story.when(calendar, call, said)
                calendar.at(moment, _review_share, call, one["email"], len(days) - place)
        for one in call.get("consensuses", ()):
            calendar.at(story.when(calendar, call, one["opened_at"]), _open, call, one)
            calendar.at(story.when(calendar, call, one["agreed_at"]), _agree, call, one)
        if "reviewing" in call:
            _plan_half(calendar, call, call["reviewing"])


def _plan_half(calendar: Calendar, call: Row, said: Row) -> None:
    """Let some of the reviews be sent, and one be begun."""
    for place, moment in enumerate(said["at"]):
        calendar.at(story.when(calendar, call, moment), _review_some, call, place)
    calendar.at(story.when(calendar, call, said["draft_at"]), _begin_one, call, said["draft_of"])


def _evaluated(call: Row) -> list[tuple[Row, Application]]:
    """Return the applicants that get scores with their applications, by number."""
    scored = [row for row in story.applicants_of(call) if "scores" in row]
    found = [(row, story.application(call, row["slug"])) for row in scored]
    return sorted(found, key=lambda pair: pair[1].number or "")


def _in_order(call: Row, application: Application) -> list[Review]:
    """Return the reviews of an application, those of the most generous member first."""
    emails = [one["email"] for one in call["members"]]
    standing = [one for one in application.reviews if one.status in ENTRUSTED]
    return sorted(standing, key=lambda review: emails.index(review.user.email))


def _review_share(call: Row, email: str, days_left: int) -> None:
    """Send the part of one's reviews that falls on this day."""
    waiting = [
        (review, row["scores"][place])
        for row, application in _evaluated(call)
        for place, review in enumerate(_in_order(call, application))
        if review.user.email == email and review.status in _UNSENT
    ]
    for review, scores in waiting[: -(-len(waiting) // days_left)]:
        _write(review, scores, call)
        service.submit(review, review.user.actor)


def _review_some(call: Row, place: int) -> None:
    """Send the reviews of one round: the content says how many of each application are in."""
    draft_of = call["reviewing"]["draft_of"]
    for row, application in _evaluated(call):
        reviews = _in_order(call, application)
        reviews.sort(key=lambda review: review.user.email == draft_of)
        if place < min(row["sent"], len(reviews)):
            _write(reviews[place], row["scores"][place], call)
            service.submit(reviews[place], reviews[place].user.actor)


def _begin_one(call: Row, email: str) -> None:
    """Leave a review half written."""
    for row, application in _evaluated(call):
        for review in application.reviews:
            if review.user.email == email and review.status is ReviewStatus.ASSIGNED:
                _write(review, row["scores"][0][:2], call)
                return
    raise LookupError(email)


def _write(review: Review, scores: Sequence[int], call: Row) -> None:
    actor = review.user.actor
    service.act(review, Act(ReviewAction.ACCEPT), actor)
    criteria = review.application.call.criteria
    given = {one.id: Decimal(score) for one, score in zip(criteria, scores, strict=False)}
    feedback = _feedback(call, scores, review.id) if len(scores) == len(criteria) else ""
    opinion = service.Opinion(scores=given, feedback=feedback)
    service.save_scores(review, opinion, actor, None)


def _feedback(call: Row, scores: Sequence[int], turn: int) -> str:
    """Return what the city will read: what stands out, and what is worth working on."""
    shares = [-score for score in scores]
    best, worst = shares.index(min(shares)), len(shares) - 1 - shares[::-1].index(max(shares))
    strong, weak = call["criteria"][best]["strong"], call["criteria"][worst]["weak"]
    return f"Se destaca {strong[turn % len(strong)]}. Conviene {weak[turn % len(weak)]}."


def _open(call: Row, one: Row) -> None:
    service.open_consensus(story.application(call, one["of"]), story.chair(call))


def _agree(call: Row, one: Row) -> None:
    application = story.application(call, one["of"])
    consensus = consensus_of(application)
    if consensus is None:
        raise LookupError(one["of"])
    criteria = application.call.criteria
    scores = {c.id: Decimal(score) for c, score in zip(criteria, one["scores"], strict=True)}
    service.agree(consensus, scores, one["reasons"], one["dissent"], story.chair(call))
