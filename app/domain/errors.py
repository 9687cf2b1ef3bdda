"""What can go wrong when somebody acts, in words that a person can act on.

Each error carries a ``code``; ``app/web/errors.py`` turns it into a sentence in the reader's
language and into an HTTP answer. Nothing here knows about HTTP or languages.
"""

from typing import Any


class DomainError(Exception):
    """An act was refused. ``code`` names why; ``details`` fill the sentence."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class NotAllowed(DomainError):
    """The actor does not hold the permission that the act needs."""

    def __init__(self, permission: str) -> None:
        super().__init__("not_allowed", permission=permission)


class OutOfOrder(DomainError):
    """The state table has no such act from the present state."""

    def __init__(self, action: str, status: str) -> None:
        super().__init__("out_of_order", action=action, status=status)


class ReasonMissing(DomainError):
    """The state table asks for a reason and none, or an unknown one, was given."""

    def __init__(self, action: str) -> None:
        super().__init__("reason_missing", action=action)


class SomeoneWasFaster(DomainError):
    """The thing changed since the actor last saw it; nothing was applied."""

    def __init__(self) -> None:
        super().__init__("someone_was_faster")


class RuleBroken(DomainError):
    """A condition on the data does not hold yet (for example: a required part is empty)."""
