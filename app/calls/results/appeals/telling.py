"""Whom to tell of an appeal."""

from sqlalchemy import select

from app.calls.results.models import Appeal
from app.extensions import db
from app.notifications.service import Recipient, send
from app.organizations.models import User
from app.organizations.queries import members_to_tell


def tell_filed(appeal: Appeal) -> None:
    """Ask who presides the committee, without a conflict in it, to decide."""
    ids = sorted(appeal.application.subject.chair_ids)
    chairs = db.session.scalars(select(User).where(User.id.in_(ids), User.active)).unique()
    people = [Recipient(one.email, one.language.value, one.name) for one in chairs]
    send(people, "appeal_filed", appeal=appeal, call=appeal.application.call)


def tell_decided(appeal: Appeal) -> None:
    """Tell the city what was decided and why."""
    people = members_to_tell(appeal.application.organization_id)
    send(people, "appeal_decided", appeal=appeal, call=appeal.application.call)
