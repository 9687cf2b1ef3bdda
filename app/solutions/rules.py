"""When a solution is complete, and how well it is told: one list for the meter and for the gate.

Without AI the AI card needs only its purpose and the kind of model; a public good needs a licence,
its code and somebody who looks after it.
"""

from flask_babel import lazy_gettext as _l

from app.domain.errors import RuleBroken
from app.domain.vocabulary import ModelFamily
from app.solutions.models import Solution
from app.web import completeness
from app.web.completeness import Check, Part


def has_ai(solution: Solution) -> bool:
    """It uses AI, as far as its card says."""
    return solution.model_family is not ModelFamily.NO_AI


def _public_good(solution: Solution) -> bool:
    return solution.is_public_good


def _needs_licence(solution: Solution) -> bool:
    return solution.is_public_good or bool(solution.repository_url)


PARTS: tuple[Part[Solution], ...] = (
    Part("summary", _l("A summary"), True, lambda s: bool(s.summary)),
    Part("description", _l("What it does"), True, lambda s: bool(s.description)),
    Part(
        "use_cases", _l("The line of use cases, in plain words"), True, lambda s: bool(s.use_cases)
    ),
    Part("trl", _l("How mature it is (TRL)"), True, lambda s: s.trl is not None),
    Part("languages", _l("At least one language"), True, lambda s: bool(s.languages)),
    Part("countries", _l("At least one country"), True, lambda s: bool(s.countries)),
    Part("ai_purpose", _l("AI card: its purpose"), True, lambda s: bool(s.ai_purpose)),
    Part(
        "model_family", _l("AI card: the kind of model"), True, lambda s: s.model_family is not None
    ),
    Part(
        "decision_role",
        _l("AI card: its part in decisions"),
        True,
        lambda s: s.decision_role is not None,
        has_ai,
    ),
    Part(
        "data_origin",
        _l("AI card: where its data come from"),
        True,
        lambda s: bool(s.data_origin),
        has_ai,
    ),
    Part(
        "human_oversight",
        _l("AI card: how people oversee it"),
        True,
        lambda s: bool(s.human_oversight),
        has_ai,
    ),
    Part("hosting", _l("AI card: where it runs"), True, lambda s: s.hosting is not None, has_ai),
    Part("limits", _l("AI card: its limits"), True, lambda s: bool(s.limits), has_ai),
    Part("licence", _l("The licence of the code"), True, lambda s: bool(s.licence), _needs_licence),
    Part(
        "repository", _l("Where the code is"), True, lambda s: bool(s.repository_url), _public_good
    ),
    Part("steward", _l("Who looks after it"), True, lambda s: bool(s.steward), _public_good),
    Part("problems", _l("The problems it solves"), False, lambda s: bool(s.problems_solved)),
    Part("references", _l("Where it is used already"), False, lambda s: bool(s.references)),
    Part("website", _l("A page with more about it"), False, lambda s: bool(s.website)),
)


def missing_parts(solution: Solution) -> list[Part[Solution]]:
    """Return the required parts that are not filled yet."""
    return completeness.missing_parts(PARTS, solution)


def quality_meter(solution: Solution) -> list[Check]:
    """Return, for each part of a well told solution, whether it is there."""
    return completeness.quality_meter(PARTS, solution)


def check_complete(solution: Solution) -> None:
    """Refuse an incomplete solution.

    Raises:
        RuleBroken: ``incomplete_solution`` with the missing parts.
    """
    missing = missing_parts(solution)
    if missing:
        raise RuleBroken("incomplete_solution", parts=completeness.names(missing))
