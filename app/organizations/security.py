"""Accounts: Flask-Security, bound to our people, our transaction and our texts."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import Security
from sqlalchemy.exc import IntegrityError

from app.domain.permissions import Permission
from app.extensions import db, utcnow
from app.organizations.account_mail import OutboxMail
from app.organizations.datastore import Datastore, SingleUseTotp
from app.organizations.limits import init_limits
from app.organizations.models import User
from app.organizations.next_page import is_local_path
from app.organizations.passwords import hashing_config, second_factor_config
from app.organizations.security_forms import FORMS
from app.organizations.security_messages import MESSAGES
from app.web.access import declare
from app.web.transaction import let_get_write
from config import Settings

OPEN = (
    "security.login",
    "security.register",
    "security.send_confirmation",
    "security.confirm_email",
    "security.forgot_password",
    "security.reset_password",
    "security.two_factor_token_validation",
    "security.two_factor_rescue",
    "security.tf_select",
    "security.mf_recovery",
    "security.change_email_confirm",
)
_MAIL_TEMPLATES = {
    "REGISTER_EMAIL_TEMPLATE": "account_welcome",
    "REGISTER_EMAIL_EXISTING_TEMPLATE": "account_exists",
    "EMAIL_TEMPLATE_CONFIRM": "account_confirm",
    "EMAIL_TEMPLATE_PASSWORD_RESET": "account_reset",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "account_password_changed",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "account_password_changed",
    "CHANGE_EMAIL_EMAIL_TEMPLATE": "account_change_email",
}


def security_config(app: Flask, settings: Settings) -> dict[str, Any]:
    """Return the library's settings."""
    texts = str(Path(app.root_path) / "translations_security")
    return {
        **hashing_config(settings),
        **second_factor_config(settings),
        **{f"SECURITY_{name}": template for name, template in _MAIL_TEMPLATES.items()},
        **{f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()},
        "SECURITY_REGISTERABLE": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_EMAIL": True,
        "SECURITY_PASSWORD_CONFIRM_REQUIRED": False,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_DATETIME_FACTORY": utcnow,
        "SECURITY_I18N_DIRNAME": ["builtin", texts],
        # The mails are written from our own templates, so the library renders none.
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_POST_LOGIN_VIEW": "/welcome",
        "SECURITY_POST_REGISTER_VIEW": "/check-mail",
        "SECURITY_POST_CHANGE_VIEW": "/profile",
        "SECURITY_POST_CHANGE_EMAIL_VIEW": "/profile",
        "SECURITY_POST_VERIFY_VIEW": "/profile",
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
    }


def init_security(app: Flask) -> None:
    """Set up accounts and declare who may call the library's pages."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(security_config(app, settings))
    security = Security(
        app,
        Datastore(db, User, None),  # type: ignore[arg-type]  # roles are memberships of ours
        mail_util_cls=OutboxMail,
        totp_cls=SingleUseTotp,
        render_template=_render,  # type: ignore[arg-type]  # a page with errors answers 422
        **FORMS,
    )
    security.want_json(lambda _request: False)
    app.view_functions["security.register"] = _as_if_alone(app.view_functions["security.register"])
    for endpoint in list(app.view_functions):
        if endpoint.startswith("security."):
            declare(app, endpoint, None if endpoint in OPEN else Permission.ACCOUNT_USE)
    let_get_write(app, "security.confirm_email", "security.change_email_confirm")
    app.before_request(_refuse_traps)
    app.before_request(_stay_signed_in)
    init_limits(app)


def _as_if_alone(register: Callable[..., Any]) -> Callable[..., Any]:
    """Let the second of two who register one address at once read what the later of them would."""

    @wraps(register)
    def view() -> Any:
        try:
            return register()
        except IntegrityError:
            db.session.rollback()
            return register()

    return view


def _render(template: str, **context: Any) -> str | tuple[str, int]:
    forms = [value for name, value in context.items() if name.endswith("_form")]
    wrong = [form for form in forms if form.errors] if request.method == "POST" else []
    form = (wrong or forms or [None])[0]
    html = render_template(template, form=form, form_errors=bool(wrong), **context)
    return (html, 422) if wrong else html


def _refuse_traps() -> None:
    """Before the library's pages: only forms, and only pages of this site to go to afterwards."""
    if request.blueprint != "security":
        return
    if request.is_json:
        abort(415)
    targets = (*request.args.getlist("next"), *request.form.getlist("next"))
    if not all(target == "" or is_local_path(target) for target in targets):
        abort(400)


def _stay_signed_in() -> ResponseReturnValue | None:
    """Before the second step: who is in already goes on, where the library would sign them out.

    A link on another site could otherwise end somebody's session.
    """
    if request.endpoint != "security.two_factor_token_validation":
        return None
    if current_user.is_authenticated and session.get("tf_state") != "validating_profile":
        return redirect(url_for("organizations.welcome"))
    return None
