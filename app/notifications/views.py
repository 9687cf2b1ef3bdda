"""The mailbox of the demonstration: the mails that would have been sent, readable by everybody.

Registered only where no mail leaves the platform and nothing on it is real.
"""

import re

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from sqlalchemy import select

from app.domain.permissions import Permission
from app.domain.vocabulary import Language
from app.extensions import db
from app.notifications.models import Message
from app.web.access import allow
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec

blueprint = Blueprint("notifications", __name__, url_prefix="/mailbox")


@blueprint.get("/")
@allow(Permission.MAILBOX_VIEW)
def mailbox() -> ResponseReturnValue:
    """List the mails, newest first."""
    listing = ListQuery(
        rows=select(Message),
        searched=Message.recipient,
        facets=(
            FacetSpec("language", _l("Language"), Message.language, lambda v: label(Language(v))),
        ),
        sorts=(SortSpec("new", _l("Newest first"), (Message.id.desc(),)),),
        per_page=25,
    ).listing()
    return render_template("notifications/mailbox.html", listing=listing)


@blueprint.get("/<key:key>")
@allow(Permission.MAILBOX_VIEW)
def mail(key: int) -> ResponseReturnValue:
    """Show one mail with its links."""
    found = db.session.get(Message, key) or abort(404)
    body = with_links(found.text, current_app.config["SETTINGS"].base_url)
    return render_template("notifications/mail.html", mail=found, body=body)


def with_links(text: str, base_url: str) -> Markup:
    """Return plain text as HTML in which only addresses of this site are links.

    The links keep the path alone, so that they work under whatever name the reader uses.
    """
    ours = re.compile(re.escape(base_url) + r"(?P<path>/\S*)?(?=\s|$)")
    parts, end = [], 0
    for found in ours.finditer(text):
        parts.append(escape(text[end : found.start()]))
        path = found["path"] or "/"
        safe = path if not path.startswith("//") and "\\" not in path else "/"
        parts.append(Markup('<a href="{}">{}</a>').format(safe, found[0]))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
