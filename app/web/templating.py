"""What every template may use besides its own context."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import get_locale

from app.domain.permissions import Permission, can
from app.lifecycle import Lifecycle
from app.web.actor import current_actor
from app.web.formats import FILTERS
from app.web.labels import ICONS, label, tone
from app.web.labels_goals import goals
from app.web.language import LOCALES, NAMES, current_language, url_for_language


def may(permission: str, thing: Lifecycle | None = None) -> bool:
    """Tell whether the reader holds a permission: ``can("challenge:edit", challenge)``."""
    return can(current_actor(), Permission(permission), None if thing is None else thing.subject)


@cache
def _digest(path: str, _changed: float) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def init_templating(app: Flask) -> None:
    """Register filters and globals."""
    static = str(app.static_folder)

    def asset(name: str) -> str:
        """Return the address of a static file, changing whenever its bytes do."""
        path = f"{static}/{name}"
        # A page has dozens of them, mostly icons: the router would take a tenth of its time.
        root = request.script_root if has_request_context() else ""
        version = _digest(path, os.stat(path).st_mtime)
        return f"{root}{app.static_url_path}/{name}?v={version}"

    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update({**FILTERS, "goals": goals, "label": label, "tone": tone})
    app.jinja_env.globals.update(asset=asset, can=may, tone_icons=ICONS)
    settings = app.config["SETTINGS"]

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "current_language": current_language(),
            "current_locale": str(get_locale()),
            "languages": NAMES,
            "locales": LOCALES,
            "url_for_language": url_for_language,
            "demo": settings.demo,
            "settings": settings,
        }
