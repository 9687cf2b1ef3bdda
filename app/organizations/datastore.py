"""People as the sign-in library stores them: in our transaction, with our audit trail."""

from typing import Any

from flask_security import SQLAlchemyUserDatastore, Totp
from sqlalchemy import inspect
from werkzeug.local import LocalProxy

from app import audit
from app.extensions import db
from app.notifications.service import Recipient, send
from app.organizations.models import User

_AUDITED = {"email": "change_email", "password": "change_password", "confirmed_at": "confirm_email"}


class Datastore(SQLAlchemyUserDatastore):
    """People without the library's roles (ours are memberships) and without its own commits."""

    def commit(self) -> None:
        """Leave the commit to the end of the request; only make errors appear now."""
        db.session.flush()

    def put(self, model: Any) -> Any:
        """Store a person, and record what changed of what matters for their safety."""
        user: User = model._get_current_object() if isinstance(model, LocalProxy) else model
        is_new = not inspect(user).persistent
        old_email = _old_value(user, "email")
        acts = [] if is_new else _changes(user)
        db.session.add(user)
        db.session.flush()
        for act in ["register"] if is_new else acts:
            audit.record(user, act, user.actor)
        if old_email and "change_email" in acts:
            _warn_old_address(user, old_email)
        return model

    def tf_set(self, user: Any, *arguments: Any, **options: Any) -> None:
        """Switch the second factor on, or renew it."""
        before = user.tf_totp_secret
        super().tf_set(user, *arguments, **options)
        if user.tf_totp_secret != before:
            audit.record(user, "set_two_factor", user.actor)

    def tf_reset(self, user: Any) -> None:
        """Switch the second factor off; its recovery codes go with it."""
        super().tf_reset(user)
        user.tf_last_counter = None
        user.mf_recovery_codes = None
        audit.record(user, "disable_two_factor", user.actor)

    def mf_set_recovery_codes(self, user: Any, rcs: list[str] | None) -> None:
        """Replace the recovery codes."""
        super().mf_set_recovery_codes(user, rcs)
        audit.record(user, "new_recovery_codes", user.actor)

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Spend a recovery code."""
        audit.record(user, "use_recovery_code", user.actor)
        return super().mf_delete_recovery_code(user, idx)

    def _prepare_create_user_args(self, **kwargs: Any) -> dict[str, Any]:
        arguments: dict[str, Any] = super()._prepare_create_user_args(  # type: ignore[no-untyped-call]  # untyped there
            **kwargs
        )
        arguments.pop("roles", None)
        return arguments


class SingleUseTotp(Totp):
    """Codes of authenticator apps; each one is accepted once."""

    def get_last_counter(self, user: Any) -> int | None:
        """Return the moment of the last code that was accepted."""
        return user.tf_last_counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember the moment of the code that is accepted now."""
        user.tf_last_counter = tmatch.counter


def _changes(user: User) -> list[str]:
    changed = [name for name in _AUDITED if inspect(user).attrs[name].history.has_changes()]
    if "email" in changed and "confirmed_at" in changed:
        changed.remove("confirmed_at")
    return [_AUDITED[name] for name in changed]


def _old_value(user: User, name: str) -> Any:
    deleted = inspect(user).attrs[name].history.deleted
    return deleted[0] if deleted else None


def _warn_old_address(user: User, old_email: str) -> None:
    recipient = Recipient(old_email, user.language.value, user.name)
    send([recipient], "account_email_changed", email=user.email)
