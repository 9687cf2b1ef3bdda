"""The committee: invited, joined, entrusted with applications, recused and entrusted again."""

from app.calls.applications.models import ENTRUSTED
from app.calls.committee import service
from app.calls.committee.models import Review
from app.domain.call_states import ReviewAction
from app.lifecycle import Act
from app.organizations.queries import by_email
from seeds import cast
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.content import Row
from seeds.organizations import account


def plan(calendar: Calendar) -> None:
    """Let people be invited and join, and applications be assigned to them."""
    for call in story.calls(calendar):
        for one in call.get("members", ()):
            calendar.at(story.when(calendar, call, one["invited_at"]), _invite, call, one)
            if "joined_at" in one:
                calendar.at(story.when(calendar, call, one["joined_at"]), _join, call, one)
        for name in ("at", "again_at"):
            if name in call.get("assignment", {}):
                said = call["assignment"][name]
                calendar.at(story.when(calendar, call, said), _assign, call)
        for one in call.get("recusals", ()):
            calendar.at(story.when(calendar, call, one["at"]), _recuse, call, one)


def _invite(call: Row, one: Row) -> None:
    details = (one["email"], one["name"], one["affiliation"], one.get("chair", False))
    service.invite(story.call(call), *details, cast.coordinator(call["country"]))


def _join(call: Row, one: Row) -> None:
    """Take the seat, with an account opened for it where the person has none yet."""
    person = by_email(one["email"])
    if person is None:
        person = account({**one, "language": call["lang"]})
    service.join(story.member(call, one["email"]), person)


def _assign(call: Row) -> None:
    found = story.call(call)
    service.assign(found, service.preview_assignment(found), cast.coordinator(call["country"]))


def _recuse(call: Row, one: Row) -> None:
    review = _first_of(call, one)
    sent = Act(ReviewAction.RECUSE, one["note"], one["reason"])
    service.act(review, sent, story.user(one["who"]).actor)


def _first_of(call: Row, one: Row) -> Review:
    """Return the first review, of the applications that the content names, that the person has.

    Raises:
        LookupError: none of them was entrusted to the person.
    """
    person = story.user(one["who"])
    for slug in one["among"]:
        for review in story.application(call, slug).reviews:
            if review.user_id == person.id and review.status in ENTRUSTED:
                return review
    raise LookupError(one["who"])
