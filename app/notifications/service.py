"""Writing mail in the recipient's language, in the transaction of the act that causes it."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.extensions import db
from app.jobs.service import enqueue
from app.notifications.models import Message
from app.web.language import LOCALES
from config import Settings


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address and the language its person reads."""

    email: str
    language: str
    name: str = ""


def send(recipients: list[Recipient], template: str, **context: Any) -> None:
    """Put one mail a recipient into the outbox.

    The template ``mail/<template>.txt`` starts with the subject on a line of its own; the rest is
    the text. Nothing in it is HTML, so nothing that a person typed can become a link or a tag.
    """
    settings: Settings = current_app.config["SETTINGS"]
    for recipient in recipients:
        with force_locale(LOCALES[recipient.language]):
            body = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
                recipient=recipient,
                base_url=settings.base_url,
                contact=settings.contact_email,
                url_for=path_to,
                **context,
            )
        subject, _, text = body.strip().partition("\n")
        post(recipient.email, recipient.language, subject, text.strip() + "\n")


def path_to(endpoint: str, **values: Any) -> str:
    """Return the path of a page, also outside a request; mails put our own address before it.

    The address never comes from the request, whose Host header anybody can write.
    """
    return current_app.url_map.bind("").build(endpoint, values)


def post(email: str, language: str, subject: str, text: str, html: str = "") -> None:
    """Put one ready mail into the outbox and ask the worker to send it."""
    one_line = " ".join(subject.split())[:300]
    message = Message(
        message_id=f"<{uuid.uuid4().hex}@puente>",
        recipient=email,
        language=language,
        subject=one_line,
        text=text,
        html=html,
    )
    db.session.add(message)
    db.session.flush()
    enqueue("mail.send", key=str(message.id), message=message.id)
