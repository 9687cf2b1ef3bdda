"""Security headers: a strict content policy, nothing from another host, nothing inline."""

from flask import Flask, Response, session
from flask_talisman import Talisman

from config import Settings

_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def init_headers(app: Flask, settings: Settings) -> None:
    """Send the headers with every answer."""
    Talisman(
        app,
        content_security_policy=_POLICY,
        force_https=settings.secure_cookies,
        strict_transport_security=settings.secure_cookies,
        session_cookie_secure=settings.secure_cookies,
        referrer_policy="same-origin",
        permissions_policy={"geolocation": "()", "camera": "()", "microphone": "()"},
    )
    app.after_request(_isolate)


def _isolate(response: Response) -> Response:
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if session.get("_user_id"):
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response
