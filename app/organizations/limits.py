"""How often doors may be tried: by address of the network and by account."""

from collections.abc import Callable

from flask import Flask, abort, request, session
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits import parse

from app.extensions import limiter

Key = Callable[[], str]


def _network() -> str:
    return f"network {get_remote_address()}"


def _account() -> str:
    return f"account {request.form.get('email', '').strip().lower()[:255]}"


def _half_signed_in() -> str:
    return f"account {session.get('tf_user_id', '')}"


def _person() -> str:
    return f"person {current_user.get_id() if current_user.is_authenticated else ''}"


_MAILS = (("40 per hour", _network), ("6 per hour", _account))
_CODES = (("60 per minute", _network), ("12 per 15 minutes", _half_signed_in))
LIMITS: dict[str, tuple[tuple[str, Key], ...]] = {
    "security.login": (("60 per minute", _network), ("30 per 15 minutes", _account)),
    "security.register": (("40 per hour", _network), ("6 per hour", _account)),
    "security.forgot_password": _MAILS,
    "security.send_confirmation": _MAILS,
    "security.reset_password": (("60 per hour", _network),),
    "security.two_factor_token_validation": _CODES,
    "security.two_factor_rescue": _CODES,
    "security.mf_recovery": _CODES,
    "security.verify": (("12 per 15 minutes", _person),),
    "security.change_password": (("12 per 15 minutes", _person),),
    "security.change_email": (("6 per hour", _person),),
    "organizations.invite": (("60 per hour", _person),),
    "organizations.resend_invitation": (("60 per hour", _person),),
    "organizations.invitation": (("60 per hour", _network),),
    "committee.invite": (("60 per hour", _person),),
    "committee.resend": (("60 per hour", _person),),
    "committee.invitation": (("60 per hour", _network),),
}


def init_limits(app: Flask) -> None:
    """Count each try at the doors of ``LIMITS``."""
    app.before_request(_count)


def _count() -> None:
    if request.method != "POST" or not limiter.enabled:
        return
    for rate, key in LIMITS.get(str(request.endpoint), ()):
        if not limiter.limiter.hit(parse(rate), str(request.endpoint), key()):
            abort(429)
