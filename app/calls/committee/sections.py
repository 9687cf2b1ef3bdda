"""What the committee adds to the page of a call and to the desk of who runs it."""

from app.calls.committee import progress, seats
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.web.sections import Section


def of_desk(call: Call, actor: Actor) -> Section | None:
    """The committee in figures, without what the reader has a conflict in."""
    members = seats.present(call)
    return Section(
        "committee/section_desk.html",
        {
            "call": call,
            "made": progress.progress(call, actor),
            "sitting": sum(1 for one in members if one.sits),
            "invited": sum(1 for one in members if not one.sits),
            "chair": next((one.name for one in members if one.chair and one.sits), ""),
            "oversees": can(actor, Permission.REVIEW_OVERSEE, call.subject),
        },
        25,
    )


def of_call(call: Call, actor: Actor) -> Section | None:
    """For a member: what waits for them in this call."""
    if actor.id not in call.committee_ids:
        return None
    own = progress.own_reviews(call, actor)
    pending = sum(1 for one in own if not one.counts)
    return Section("committee/section_member.html", {"pending": pending}, 10)
