"""Pages of organizations: the list, the page of each, its profile, its acts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.vocabulary import Country, OrganizationKind
from app.organizations import (  # noqa: F401 - they add their pages to the blueprint
    queries,
    service,
    views_account,
    views_people,
)
from app.organizations.blueprint import blueprint
from app.organizations.forms import NewOrganizationForm, OrganizationForm
from app.organizations.models import Organization
from app.organizations.sections import ORGANIZATION_PAGE
from app.web.access import allow, public
from app.web.actions import Action, action_bar, posted
from app.web.actor import current_actor, forget_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.language import current_language
from app.web.listing import FacetSpec, ListQuery, SortSpec
from app.web.timeline import timeline

__all__ = ["blueprint"]
add_sentences(
    {
        "already_member": _l("You already belong to an organization. Leave it before you join."),
        "name_taken": _l("Too many organizations have this name. Add the place to it."),
    }
)


@blueprint.get("/organizations/")
@public
def index() -> ResponseReturnValue:
    """Show the verified cities and startups."""
    listing = ListQuery(
        rows=queries.public_organizations(),
        searched=Organization.search_text,
        facets=(
            FacetSpec("kind", _l("Kind"), Organization.kind, lambda v: label(OrganizationKind(v))),
            FacetSpec("country", _l("Country"), Organization.country, lambda v: label(Country(v))),
        ),
        sorts=(
            SortSpec("name", _l("By name"), (Organization.name, Organization.id)),
            SortSpec("new", _l("Newest first"), (Organization.created_at.desc(), Organization.id)),
        ),
    ).listing()
    waiting = queries.awaiting_verification() if _verifies(current_actor()) else []
    return render_template("organizations/index.html", listing=listing, waiting=waiting)


def _verifies(actor: Actor) -> bool:
    return actor.kind is OrganizationKind.COORDINATION and actor.verified


@blueprint.route("/organizations/new", methods=["GET", "POST"])
@allow(Permission.ORGANIZATION_CREATE)
def new() -> ResponseReturnValue:
    """Register an organization."""
    form = NewOrganizationForm(lang=current_language())
    if form.validate_on_submit():
        founder = current_user._get_current_object()
        organization = service.create(form.details(), founder)
        forget_actor()
        flash(_("Your organization is registered. The coordination verifies it now."), "success")
        return redirect(url_for(".show", slug=organization.slug))
    status = 422 if form.errors else 200
    invited = queries.open_invitations_for(current_user.email)
    html = render_template(
        "organizations/form.html", form=form, form_errors=form.errors, invited=invited
    )
    return html, status


@blueprint.get("/organizations/<slug:slug>")
@allow(Permission.ORGANIZATION_VIEW, queries.ORGANIZATION)
def show(organization: Organization) -> ResponseReturnValue:
    """Show a city or startup with what the features above add."""
    actor = current_actor()
    insider = actor.organization_id == organization.id or _verifies(actor)
    return render_template(
        "organizations/show.html",
        organization=organization,
        insider=insider,
        made=ORGANIZATION_PAGE.of(organization, actor),
        members=queries.members(organization.id) if insider else [],
        actions=_actions(organization, actor),
        entries=timeline(organization.workflow, queries.happenings(organization))
        if insider
        else [],
    )


def _actions(organization: Organization, actor: Actor) -> list[Action]:
    return action_bar(
        organization, actor, lambda name: url_for(".act", slug=organization.slug, act=name)
    )


@blueprint.route("/organizations/<slug:slug>/edit", methods=["GET", "POST"])
@allow(Permission.ORGANIZATION_EDIT, queries.ORGANIZATION)
def edit(organization: Organization) -> ResponseReturnValue:
    """Change what an organization says of itself."""
    form = OrganizationForm(obj=organization, kind=organization.kind)

    def save() -> None:
        service.edit(organization, form.details(), current_actor(), form.seen_version())

    if save_or_conflict(form, organization, save):
        flash(_("The profile is saved."), "success")
        return redirect(url_for(".show", slug=organization.slug))
    status = 422 if form.errors else 200
    html = render_template(
        "organizations/form.html", form=form, form_errors=form.errors, organization=organization
    )
    return html, status


@blueprint.post("/organizations/<slug:slug>/acts/<name:act>")
@allow(Permission.ORGANIZATION_VIEW, queries.ORGANIZATION)
def act(organization: Organization, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(organization, posted(organization, act), current_actor())
    status = label(organization.status)
    flash(_("Done: the organization is now “%(status)s”.", status=status), "success")
    return redirect(url_for(".show", slug=organization.slug))
