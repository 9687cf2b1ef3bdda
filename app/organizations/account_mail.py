"""Mail about accounts: addresses in one spelling, and the library's mails through our outbox."""

from typing import Any
from urllib.parse import urlsplit

import email_validator
from flask import current_app
from flask_babel import gettext as _
from flask_security import MailUtil
from flask_security.mail_util import EmailValidateException

from app.domain.vocabulary import Language
from app.notifications.service import Recipient, send
from app.organizations.models import User

_LINKS = ("link", "confirmation_link", "reset_link", "recovery_link")


class BadAddress(ValueError):
    """What was written is no e-mail address that the platform accepts."""


def clean_address(email: str) -> str:
    """Return the one spelling of an address: lower case, ASCII.

    Two people must never tell addresses apart that a mail server takes for one, nor see two alike:
    so letters outside ASCII are refused before the @ and converted after it.

    Raises:
        BadAddress: it is no such address.
    """
    try:
        valid = email_validator.validate_email(
            email.strip(), check_deliverability=False, allow_smtputf8=False
        )
    except ValueError as problem:
        raise BadAddress from problem
    return str(valid.ascii_email).lower()


class OutboxMail(MailUtil):
    """Puts the library's mails into our outbox, in the recipient's language."""

    def normalize(self, email: str) -> str:
        """Return the one spelling of an address that somebody signs in with."""
        try:
            return clean_address(email)
        except BadAddress:
            raise EmailValidateException(_("This is not an e-mail address.")) from None

    def validate(self, email: str) -> str:
        """Return the one spelling of an address that will get mail."""
        return self.normalize(email)

    def send_mail(
        self,
        template: str,
        subject: Any,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        """Write the mail from our own template, with links to the configured address only."""
        user: User = context["user"]
        links = {name: _our_link(context[name]) for name in _LINKS if context.get(name)}
        send([_recipient(recipient, user)], template, user=user, **links)


def _recipient(email: str, user: User) -> Recipient:
    if email != user.email:
        ours = email == current_app.config["SETTINGS"].contact_email
        return Recipient(email, Language.SPANISH.value if ours else user.language.value)
    # Whoever registered may not own the address: words they chose must not reach its owner.
    return Recipient(email, user.language.value, user.name if user.confirmed_at else "")


def _our_link(link: str) -> str:
    # The library builds links from the Host header, which the sender of a request chooses.
    return str(current_app.config["SETTINGS"].base_url) + urlsplit(link).path
