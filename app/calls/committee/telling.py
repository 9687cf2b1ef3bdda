"""The mails of the committee. None of them names an application or a city."""

from datetime import datetime

from app.calls.models import Call, CommitteeMember
from app.notifications.service import Recipient, send
from app.organizations.models import User
from app.organizations.queries import by_email


def tell_invited(member: CommitteeMember, token: str, expires_at: datetime) -> None:
    """Send the link to who is invited, in their language where it is known."""
    known = by_email(member.email)
    language = known.language if known else member.call.lang
    send(
        [Recipient(member.email, language.value, member.name)],
        "committee_invitation",
        call=member.call,
        member=member,
        token=token,
        expires_at=expires_at,
    )


def tell_assigned(call: Call, reviews: dict[User, int]) -> None:
    """Tell each person how many applications were entrusted to them."""
    for user, count in reviews.items():
        send([_recipient(user)], "committee_assigned", call=call, count=count)


def tell_pending(call: Call, reviews: dict[User, int]) -> None:
    """Remind each person of how many reviews they have not sent yet."""
    for user, count in reviews.items():
        send([_recipient(user)], "committee_reminder", call=call, count=count)


def tell_reopened(call: Call, user: User, reason: str) -> None:
    """Tell a person that the chair asks them to look at a review again."""
    send([_recipient(user)], "committee_reopened", call=call, reason=reason)


def _recipient(user: User) -> Recipient:
    return Recipient(user.email, user.language.value, user.name)
