"""What the worker does for mail."""

from flask import current_app

from app.extensions import db, utcnow
from app.jobs.service import handles, reading
from app.notifications.delivery import deliver
from app.notifications.models import Message
from config import Settings


@handles("mail.send")
def send_mail(message: int) -> None:
    """Send a mail of the outbox once; without a mail server it is delivered to the mailbox page.

    Raises:
        OSError: the mail server did not take it; the job is tried again.
    """
    settings: Settings = current_app.config["SETTINGS"]
    with reading():
        # The server may take its time: meanwhile nobody is kept from writing.
        waiting = db.session.get(Message, message)
        if waiting is None or waiting.sent_at is not None:
            return
        if settings.mail_server:
            deliver(waiting, settings)
    sent = db.session.get_one(Message, message)
    sent.sent_at = utcnow()
