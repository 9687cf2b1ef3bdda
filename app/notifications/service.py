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
    _put([_written(recipient, template, context) for recipient in recipients])


def _written(recipient: Recipient, template: str, context: dict[str, Any]) -> Message:
    settings: Settings = current_app.config["SETTINGS"]
    with force_locale(LOCALES[recipient.language]):
        body = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
            recipient=recipient,
            base_url=settings.base_url,
            contact=settings.contact_email,
            url_for=path_to,
            **context,
        )
    subject, _, text = body.strip().partition("\n")
    return _message(recipient.email, recipient.language, subject, text.strip() + "\n")


def path_to(endpoint: str, **values: Any) -> str:
    """Return the path of a page, also outside a request; mails put our own address before it.

    The address never comes from the request, whose Host header anybody can write.
    """
    return current_app.url_map.bind("").build(endpoint, values)


def post(email: str, language: str, subject: str, text: str, html: str = "") -> None:
    """Put one ready mail into the outbox and ask the worker to send it."""
    _put([_message(email, language, subject, text, html)])


def _message(email: str, language: str, subject: str, text: str, html: str = "") -> Message:
    return Message(
        message_id=f"<{uuid.uuid4().hex}@puente>",
        recipient=email,
        language=language,
        subject=" ".join(subject.split())[:300],
        text=text,
        html=html,
    )


def _put(messages: list[Message]) -> None:
    db.session.add_all(messages)
    db.session.flush()
    for message in messages:
        enqueue("mail.send", message=message.id)
