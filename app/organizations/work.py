"""What organizations ask of the coordination."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.organizations import queries
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the organizations to verify."""
    if not can(actor, Permission.ORGANIZATION_VERIFY):
        return
    for organization in queries.awaiting_verification():
        url = url_for("organizations.show", slug=organization.slug)
        since = organization.created_at
        yield Task(_l("Verify the organization"), organization.name, organization.lang, url, since)
