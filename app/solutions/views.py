"""Pages of solutions."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.domain.errors import OutOfOrder
from app.domain.permissions import Permission
from app.domain.predicates import coordination
from app.domain.states import SolutionAction
from app.domain.vocabulary import Country, Language, ModelFamily, OrganizationKind, Sector
from app.organizations.models import Organization
from app.organizations.queries import happenings
from app.organizations.sections import ORGANIZATION_PAGE
from app.search_text import text_of
from app.solutions import queries, service
from app.solutions.forms import SolutionForm, form_for, sections_for
from app.solutions.maturity import BANDS, LEVELS, band_column
from app.solutions.models import Solution
from app.solutions.rules import has_ai, missing_parts, quality_meter
from app.solutions.sections import SECTIONS, of_organization
from app.web.access import allow, public
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.form_sections import tasks_of
from app.web.forms import save_or_conflict
from app.web.labels import choices, label
from app.web.listing import FacetSpec, ListQuery, ManyFacetSpec, SortSpec
from app.web.timeline import timeline

blueprint = Blueprint("solutions", __name__, url_prefix="/solutions")
ORGANIZATION_PAGE.register(of_organization)
KINDS = {"startup": _l("Of a startup"), "public_good": _l("Digital public good")}
CONFIRMATIONS: dict[StrEnum, Any] = {
    SolutionAction.WITHDRAW: _l(
        "It leaves the catalogue and is no longer suggested to cities. You can take it up again "
        "later as a draft."
    )
}
add_sentences(
    {
        "incomplete_solution": _l("The solution is not complete yet. Still missing: %(parts)s."),
    }
)


def _catalogue() -> ListQuery:
    return ListQuery(
        rows=queries.published(),
        searched=text_of(Solution.search_text, Organization.search_text),
        facets=(
            FacetSpec("sector", _l("Sector"), Solution.sector, lambda v: label(Sector(v))),
            ManyFacetSpec("country", _l("Country"), Country, label, queries.serves),
            FacetSpec("kind", _l("Kind"), queries.kind_column(), KINDS),
            FacetSpec("maturity", _l("Maturity"), band_column(), BANDS),
            ManyFacetSpec("language", _l("Language"), Language, label, queries.speaks),
            FacetSpec(
                "model",
                _l("Kind of model"),
                Solution.model_family,
                lambda v: label(ModelFamily(v)),
            ),
        ),
        sorts=(
            SortSpec("new", _l("Newest first"), (Solution.published_at.desc(), Solution.id)),
            SortSpec("updated", _l("Last updated"), (Solution.updated_at.desc(), Solution.id)),
            SortSpec("mature", _l("Most mature"), (Solution.trl.desc(), Solution.id)),
            SortSpec("title", _l("By title"), (Solution.title, Solution.id)),
        ),
    )


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the published solutions."""
    kept_back = queries.kept_back(current_actor())
    listing = _catalogue().listing()
    return render_template("solutions/index.html", listing=listing, kept_back=kept_back)


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Permission.SOLUTION_CREATE)
def new() -> ResponseReturnValue:
    """Start a draft."""
    organization = current_user.organization
    public_good = organization.kind is not OrganizationKind.STARTUP
    form = form_for(None, public_good, lang=organization.lang)
    if form.validate_on_submit():
        solution = service.create(form.values(), current_actor())
        flash(_("The draft is saved."), "success")
        return redirect(url_for(".show", solution_id=solution.public_id))
    return _form_page(form, public_good=public_good)


@blueprint.get("/<pid:solution_id>")
@allow(Permission.SOLUTION_VIEW, queries.SOLUTION)
def show(solution: Solution) -> ResponseReturnValue:
    """Show a solution with what the reader may do."""
    actor = current_actor()
    missing, trail = missing_parts(solution), happenings(solution)
    own = actor.organization_id is not None and actor.organization_id == solution.organization_id
    return render_template(
        "solutions/show.html",
        solution=solution,
        insider=own or coordination(actor, None),
        steps=stepper(solution, happenings=trail),
        actions=action_bar(
            solution,
            actor,
            lambda name: url_for(".act", solution_id=solution.public_id, act=name),
            without=service.NEEDS_ALL_PARTS if missing else (),
            confirmations=CONFIRMATIONS,
        ),
        missing=missing,
        meter=quality_meter(solution),
        levels=LEVELS,
        language_names=choices(Language),
        country_names=choices(Country),
        has_ai=has_ai(solution),
        entries=timeline(solution.workflow, trail),
        sections=SECTIONS.of(solution, actor),
    )


@blueprint.route("/<pid:solution_id>/edit", methods=["GET", "POST"])
@allow(Permission.SOLUTION_EDIT, queries.SOLUTION)
def edit(solution: Solution) -> ResponseReturnValue:
    """Rewrite a solution."""
    if not solution.is_editable:
        raise OutOfOrder("edit", solution.status)
    form = form_for(solution, solution.is_public_good)

    def save() -> None:
        service.edit(solution, form.values(), current_actor(), form.seen_version())

    if save_or_conflict(form, solution, save):
        flash(_("Your changes are saved."), "success")
        return redirect(url_for(".show", solution_id=solution.public_id))
    return _form_page(
        form,
        solution=solution,
        public_good=solution.is_public_good,
        meter=quality_meter(solution),
    )


@blueprint.post("/<pid:solution_id>/acts/<name:act>")
@allow(Permission.SOLUTION_VIEW, queries.SOLUTION)
def act(solution: Solution, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(solution, posted(solution, act), current_actor())
    flash(_("Done: the solution is now “%(status)s”.", status=label(solution.status)), "success")
    return redirect(url_for(".show", solution_id=solution.public_id))


def _form_page(form: SolutionForm, **context: object) -> ResponseReturnValue:
    errors, tasks = form.errors, tasks_of(form, sections_for(form))
    html = render_template(
        "solutions/form.html", form=form, form_errors=errors, tasks=tasks, **context
    )
    return html, 422 if errors else 200
