"""The library's forms with our words, our limits and the fields that a person here has."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import (
    ChangeEmailForm,
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    hash_password,
)
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.fields.core import Field

from app.domain.vocabulary import Language
from app.organizations.naming import without_link
from app.organizations.passwords import LONGEST_PASSWORD
from app.web.forms import choice, text

LABELS = {
    "email": _l("E-mail address"),
    "password": _l("Password"),
    "password_confirm": _l("The same password again"),
    "new_password": _l("New password"),
    "new_password_confirm": _l("The new password again"),
    "remember": _l("Stay signed in on this device"),
    "code": _l("Code"),
}


class Worded(FlaskForm):
    """Puts our words on a form of the library and bounds the work that one password can cause."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            if field.short_name in LABELS:
                field.label.text = LABELS[field.short_name]

    def validate(self, **kwargs: Any) -> bool:
        """Refuse a password that nobody types before it is hashed."""
        for field in self:
            if isinstance(field, PasswordField) and len(field.data or "") > LONGEST_PASSWORD:
                field.errors = [_("At most %(limit)s characters.", limit=LONGEST_PASSWORD)]
                return False
        return bool(super().validate(**kwargs))


class SignIn(Worded, LoginForm):
    """Sign in. Only whoever knew the password reads why the account cannot be used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""
        # Else the library would go on to the second step with the whole address of this page.
        self.next.data = self.next.data or "/welcome"

    def validate(self, **kwargs: Any) -> bool:
        """Keep the true reason in sight once the password was right."""
        valid = super().validate(**kwargs)
        if self.user_authenticated and not valid:
            self.form_errors.extend(self.email.errors)
            self.email.errors = []
        return valid


class Register(Worded, RegisterFormV2):
    """Open an account."""

    name = text(_l("Your name"), 120, required=True)
    language = choice(_l("Language of the mails we send you"), Language)

    def validate_name(self, field: Field) -> None:
        """Keep links out of what the mails to others will quote."""
        without_link(self, field)


class Forgot(Worded, ForgotPasswordForm):
    """Ask for a link to set a new password."""

    def validate(self, **kwargs: Any) -> bool:
        """Take as long for an address that is known as for one that is not."""
        valid = super().validate(**kwargs)
        if valid:
            hash_password("as long as for an unknown address")
        return valid


class Reset(Worded, ResetPasswordForm):
    """Set a new password through a link."""


class ChangePassword(Worded, ChangePasswordForm):
    """Change the password."""


class ChangeEmail(Worded, ChangeEmailForm):
    """Change the address."""


class SendConfirmation(Worded, SendConfirmationForm):
    """Ask for the link that confirms an address again."""


class Verify(Worded, VerifyForm):
    """Give the password again before something delicate."""


class Code(Worded, TwoFactorVerifyCodeForm):
    """Give the code of the authenticator app."""


class RecoveryCode(Worded, MfRecoveryForm):
    """Give one of the recovery codes."""


FORMS: dict[str, Any] = {
    "login_form": SignIn,
    "register_form": Register,
    "forgot_password_form": Forgot,
    "reset_password_form": Reset,
    "change_password_form": ChangePassword,
    "change_email_form": ChangeEmail,
    "send_confirmation_form": SendConfirmation,
    "verify_form": Verify,
    "two_factor_verify_code_form": Code,
    "mf_recovery_form": RecoveryCode,
}
