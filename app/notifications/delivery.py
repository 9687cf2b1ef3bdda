"""Handing a mail to the mail server, over a connection whose certificate is checked."""

import smtplib
import ssl
from typing import Any

from flask import current_app
from flask_mailman import EmailMultiAlternatives, Mail
from flask_mailman.backends.smtp import EmailBackend

from app.notifications.models import Message
from config import Settings

_TIMEOUT_SECONDS = 20
_IMPLICIT_TLS_PORT = 465


class _CheckedConnection(smtplib.SMTP):
    """A connection that speaks only to the server it was asked for."""

    def starttls(self, *_files: Any, **_options: Any) -> Any:
        """Encrypt; the library's own default would accept any certificate."""
        return super().starttls(context=ssl.create_default_context())


class CheckedBackend(EmailBackend):
    """The library's SMTP backend on checked connections."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the kind of connection to open."""
        return smtplib.SMTP_SSL if self.use_ssl else _CheckedConnection


def deliver(message: Message, settings: Settings) -> None:
    """Send one mail; the same ``Message-ID`` each time lets a server drop a repetition.

    Raises:
        OSError: the server could not be reached, or refused it.
    """
    backend = _backend(settings)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.mail_sender,
        to=[message.recipient],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
        connection=backend,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    with backend:
        mail.send()


def _backend(settings: Settings) -> CheckedBackend:
    implicit = settings.mail_port == _IMPLICIT_TLS_PORT
    return CheckedBackend(
        host=settings.mail_server,
        port=settings.mail_port,
        username=settings.mail_username,
        password=settings.mail_password,
        use_tls=settings.mail_use_tls and not implicit,
        use_ssl=implicit,
        timeout=_TIMEOUT_SECONDS,
        mailman=Mail().init_app(current_app),
    )
