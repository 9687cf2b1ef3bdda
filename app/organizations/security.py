"""Accounts: Flask-Security, bound to our people, our transaction and our texts."""

from typing import Any

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from app.domain.permissions import Permission
from app.extensions import db
from app.organizations.models import User
from app.web.access import declare
from app.web.transaction import let_get_write
from config import Settings


class Datastore(SQLAlchemyUserDatastore):
    """People without the library's roles (ours are memberships) and without its own commits."""

    def commit(self) -> None:
        """Leave the commit to the end of the request; only make errors appear now."""
        db.session.flush()

    def _prepare_create_user_args(self, **kwargs: Any) -> dict[str, Any]:
        arguments: dict[str, Any] = super()._prepare_create_user_args(  # type: ignore[no-untyped-call]
            **kwargs
        )
        arguments.pop("roles", None)
        return arguments


OPEN = (
    "security.login",
    "security.register",
    "security.send_confirmation",
    "security.confirm_email",
    "security.forgot_password",
    "security.reset_password",
    "security.two_factor_token_validation",
    "security.two_factor_rescue",
    "security.two_factor_select",
    "security.mf_recovery",
    "security.verify",
    "security.change_email_confirm",
)


def security_config(settings: Settings) -> dict[str, Any]:
    """Return the library's settings."""
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_REGISTERABLE": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_EMAIL": True,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_BASE_URL": settings.base_url,
    }


def init_security(app: Flask) -> None:
    """Set up accounts and declare who may call the library's pages."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(security_config(settings))
    # Roles are memberships of ours, so the library is given no model for them.
    Security(app, Datastore(db, User, None))  # type: ignore[arg-type]
    for endpoint in list(app.view_functions):
        if endpoint.startswith("security."):
            declare(app, endpoint, None if endpoint in OPEN else Permission.ACCOUNT_USE)
    let_get_write(app, "security.confirm_email", "security.change_email_confirm")
