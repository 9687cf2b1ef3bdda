"""The site's navigation: what the header and footer offer to each reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.web.actor import current_actor

_ACCOUNT_PAGES = frozenset(
    {"organizations.profile", "organizations.welcome", "organizations.check_mail"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu; ``method`` is ``post`` for what changes something."""

    label: str
    url: str
    active: bool = False
    method: str = "get"


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, and their menu."""

    name: str
    organization: str
    links: list[Link]


def main_menu(actor: Actor) -> list[Link]:
    """Return the entries of the header for ``actor``."""
    entries: list[tuple[str, str]] = []
    if actor.id is not None:
        entries.append((_("My work"), "pages.work"))
    if can(actor, Permission.MATCH_DESK):
        entries.append((_("Match desk"), "match_desk.index"))
    entries += [
        (_("Calls"), "calls.index"),
        (_("Challenges"), "challenges.index"),
        (_("Solutions"), "solutions.index"),
        (_("Pilots"), "pilots.index"),
        (_("Organizations"), "organizations.index"),
    ]
    if can(actor, Permission.COMMITMENT_OVERSEE):
        entries.append((_("Commitments"), "commitments.index"))
    return [_link(label, endpoint) for label, endpoint in entries]


def footer_menu() -> list[Link]:
    """Return the entries of the footer."""
    entries = [
        (_("How matching works"), "pages.how_matching_works"),
        (_("Accessibility"), "pages.accessibility"),
        (_("Privacy"), "pages.privacy"),
    ]
    links = [_link(label, endpoint) for label, endpoint in entries]
    if current_app.config["SETTINGS"].shows_mailbox:
        links.append(_link(_("Mailbox of the demonstration"), "notifications.mailbox"))
    return links


def account_menu() -> Account | None:
    """Return the menu of the signed-in person, if any."""
    if not current_user.is_authenticated:
        return None
    organization = current_user.organization
    links = [_link(_("My profile"), "organizations.profile")]
    if organization is not None:
        url = url_for("organizations.show", slug=organization.slug)
        links.append(Link(organization.name, url, request.path == url))
    links.append(Link(_("Sign out"), url_for("security.logout"), method="post"))
    return Account(current_user.name or current_user.email, _organization_name(), links)


def _organization_name() -> str:
    organization = current_user.organization
    return organization.name if organization is not None else ""


def _link(label: str, endpoint: str) -> Link:
    feature = endpoint.partition(".")[0]
    here = (request.endpoint or "").partition(".")[0]
    own_account = (request.endpoint or "") in _ACCOUNT_PAGES
    within = feature == here and feature != "pages" and not own_account
    active = request.endpoint == endpoint or within
    return Link(label, url_for(endpoint), active)


def init_navigation(app: Flask) -> None:
    """Give every page its menus."""
    context: Callable[[], dict[str, Any]] = _context
    app.context_processor(context)


def _context() -> dict[str, Any]:
    return {
        "nav_items": main_menu(current_actor()),
        "footer_items": footer_menu(),
        "account": account_menu(),
        "sign_in_url": url_for("security.login"),
        "sign_up_url": url_for("security.register"),
        "home_url": url_for("pages.home"),
    }
