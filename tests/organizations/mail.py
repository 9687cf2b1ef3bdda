"""Reading the outbox, as people read their mail."""

import re

from app.extensions import db
from app.notifications.models import Message


def mails(to=None):
    """Return the mails of the outbox, oldest first."""
    query = db.session.query(Message).order_by(Message.id)
    return query.filter_by(recipient=to).all() if to else query.all()


def link_in(mail) -> str:
    """Return the path of the first link of a mail that is not the bare address of the site."""
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


def last_link(to) -> str:
    """Return the path of the link in the newest mail to an address."""
    return link_in(mails(to)[-1])
