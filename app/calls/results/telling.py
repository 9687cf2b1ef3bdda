"""Whom to tell what about a result. No mail names a city, a score or a place: only letters do."""

from collections.abc import Iterable

from sqlalchemy import select

from app.calls.results.models import Result
from app.calls.results.rules import voters
from app.domain.call_states import ResultAction
from app.extensions import db
from app.lifecycle import Act
from app.notifications.service import Recipient, send
from app.organizations.models import User
from app.organizations.queries import members_to_tell


def tell_proposed(result: Result) -> None:
    """Ask those who vote for their vote."""
    send(_people(_voting(result)), "result_proposed", result=result, call=result.call)


def tell_settled(result: Result, sent: Act) -> None:
    """Tell those who vote, and the coordination, that it was approved or taken back."""
    template = "result_approved" if sent.action is ResultAction.APPROVE else "result_withdrawn"
    people = _people(_voting(result)) + members_to_tell(result.call.organization_id)
    send(unique(people), template, result=result, call=result.call, reason=sent.reason)


def _voting(result: Result) -> list[int]:
    return [one.user_id for one in voters(result.call) if one.user_id is not None]


def _people(ids: Iterable[int]) -> list[Recipient]:
    people = db.session.scalars(select(User).where(User.id.in_(list(ids)), User.active))
    found = sorted(people.unique(), key=lambda user: user.id)
    return [Recipient(user.email, user.language.value, user.name) for user in found]


def unique(people: Iterable[Recipient]) -> list[Recipient]:
    """Return each address once."""
    return list({one.email: one for one in people}.values())
