"""What happens between a challenge and a solution until both sides consent, or do not."""

from app.domain.states import MatchAction, MatchStatus, SubmissionAction
from app.domain.vocabulary import DismissalReason
from app.extensions import db
from app.lifecycle import Act
from app.matches import service as matches
from app.matches.queries import of_challenge
from app.submissions import service as submissions
from app.submissions.queries import of_pair
from seeds import cast, content
from seeds.calendar import Calendar
from seeds.content import Row

TEXTS = ("approach", "plan", "team", "needs_from_city")
DECIDED_AFTER = 3
"""Days from the end of a challenge to the coordination's decision."""

_APPROVED = ("proposed", "city_accepted", "confirmed", "declined", "expired", "alternate")


def plan(calendar: Calendar) -> None:
    """Let startups apply, the coordination decide and both sides answer."""
    for story in content.stories():
        dates = content.challenges()[story["challenge"]]
        opens, closes = dates["opens_in_days"], dates["closes_in_days"]
        if "approach" in story:
            last = min(closes, 0)
            calendar.add(opens + (last - opens) * 3 // 5, _submit, story)
        if "assess" in story:
            calendar.add(min(closes + 1, -1), _assess, story)
        decided = -story["decided_days_ago"] if "decided_days_ago" in story else None
        _decide(calendar, story, decided or closes + DECIDED_AFTER)


def _decide(calendar: Calendar, story: Row, day: int) -> None:
    expected = story.get("expect", "confirmed")
    if expected == "dismissed":
        calendar.add(min(day, -1), _dismiss, story)
    if expected not in _APPROVED:
        return
    calendar.add(day + (expected == "alternate"), _approve, story)
    if expected == "confirmed":
        calendar.add(day + 1, _clear_the_desk, story)
    if expected in ("city_accepted", "confirmed"):
        calendar.add(day + 2, _accept, story, cast.city_of(story["challenge"]))
    startup = cast.startup_of(story["solution"])
    if expected == "confirmed" and startup is not None:
        calendar.add(day + 3, _accept, story, startup)
    if expected == "declined":
        calendar.add(day + 4, _decline, story)


def _submit(story: Row) -> None:
    startup = cast.startup_of(story["solution"])
    if startup is None:
        raise LookupError(story["solution"])
    actor = cast.owner_of(startup)
    challenge, solution = cast.challenge(story["challenge"]), cast.solution(story["solution"])
    texts = {name: story[name] for name in TEXTS}
    submission, _made = submissions.start(challenge, solution, texts, actor)
    submissions.act(submission, Act(SubmissionAction.SUBMIT), actor)


def _assess(story: Row) -> None:
    challenge, solution = cast.challenge(story["challenge"]), cast.solution(story["solution"])
    submission = of_pair(challenge, solution)
    if submission is None:
        raise LookupError(story["solution"])
    sent = Act(SubmissionAction(story["assess"]), story.get("assess_reason", ""))
    submissions.act(submission, sent, cast.owner_of(cast.city_of(story["challenge"])))


def _approve(story: Row) -> None:
    _decide_at_the_desk(story, Act(MatchAction.APPROVE))


def _dismiss(story: Row) -> None:
    sent = Act(MatchAction.DISMISS, story.get("dismiss_note", ""), story["dismiss_reason"])
    _decide_at_the_desk(story, sent)


def _clear_the_desk(story: Row) -> None:
    """Dismiss what else was suggested for a challenge, unless another story needs it."""
    challenge = cast.challenge(story["challenge"])
    told = [other for other in content.stories() if other["challenge"] == story["challenge"]]
    kept = {cast.solution(other["solution"]).id for other in told}
    actor = cast.coordinator(challenge.organization.country)
    for match in of_challenge(challenge.id):
        if match.status is MatchStatus.SUGGESTED and match.solution_id not in kept:
            matches.act(match, Act(MatchAction.DISMISS, "", DismissalReason.OFF_TOPIC), actor)


def _decide_at_the_desk(story: Row, sent: Act) -> None:
    match = cast.match(story)
    actor = cast.coordinator(match.challenge.organization.country)
    matches.act(match, sent, actor)


def _accept(story: Row, slug: str) -> None:
    matches.accept(cast.match(story), None, cast.owner_of(slug))


def _decline(story: Row) -> None:
    startup = cast.startup_of(story["solution"])
    sent = Act(MatchAction.DECLINE_AS_STARTUP, story["decline_note"], story["decline_reason"])
    matches.act(cast.match(story), sent, cast.owner_of(str(startup)))
    db.session.flush()
