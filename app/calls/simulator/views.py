"""The simulator of a call; what is tried is in the form alone and saved nowhere."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.calls import queries
from app.calls.models import Call
from app.calls.rulebook.filling import rules_of_call
from app.calls.rulebook.forms import EXPLANATION, CallForm, form_for
from app.calls.simulator.dummies import MOST_ENTRIES, dummies
from app.calls.simulator.forms import PREFIX, TableForm, table
from app.calls.simulator.saying import Words, findings
from app.calls.simulator.trial import entries_from, rules_from, run
from app.domain.permissions import Permission
from app.domain.ranking import RankingRules
from app.organizations.places import PLACES
from app.web.access import allow

blueprint = Blueprint("call_simulator", __name__, url_prefix="/calls")
_SEED, _LARGEST_SEED = 1, 9999
_MORE_THAN_SEATS, _FEWEST = 8, 16


@blueprint.route("/<pid:call_id>/simulator", methods=["GET", "POST"])
@allow(Permission.CALL_OVERSEE, queries.CALL)
def show(call: Call) -> ResponseReturnValue:
    """Rank invented applications by the saved rules, or by those that the form carries."""
    form = _typed_rules(call)
    if form is not None and not form.validate():
        return _page(call, form=form, form_errors=form.errors), 422
    said = rules_of_call(call) if form is None else form.said()
    if not said["criteria"]:
        return _page(call)
    return _tried(call, said)


def _tried(call: Call, said: dict[str, Any]) -> ResponseReturnValue:
    rules = rules_from(said)
    # As a rule more apply than there is room for.
    usual = max(_FEWEST, rules.seats + rules.waiting + _MORE_THAN_SEATS)
    seed = _asked("seed", _SEED, _LARGEST_SEED)
    number = _asked("number", min(usual, MOST_ENTRIES), MOST_ENTRIES)
    scores = _table(call, rules, seed, number)
    context: dict[str, Any] = {"scores": scores, "seed": seed, "number": number, "rules": rules}
    names = {str(place): one["name"] for place, one in enumerate(said["criteria"], 1)}
    if request.form.get("do") == "rank" and not scores.validate():
        return _page(call, names=names, wrong=True, **context), 422
    rows = scores.dummies(rules)
    trial = run(rules, entries_from(rules, rows))
    words = Words(names, {str(place): row.name for place, row in enumerate(rows, 1)})
    found = findings(rules, trial, words)
    return _page(call, names=names, trial=trial, words=words, findings=found, **context)


def _table(call: Call, rules: RankingRules, seed: int, number: int) -> TableForm:
    regions = sorted(PLACES[call.country].items(), key=lambda pair: pair[1])
    drawn = dummies(rules, [code for code, _name in regions], seed, number)
    typed = request.form if request.form.get("do") == "rank" else None
    return table(rules, regions, drawn, typed)


def _typed_rules(call: Call) -> CallForm | None:
    """Return the rules that are not saved yet, where the form of the call sent them here."""
    if "seats" not in request.form:
        return None
    form = form_for(call)
    for name in EXPLANATION:
        if name in form:
            del form[name]
    return form


def _asked(name: str, usual: int, most: int) -> int:
    value = request.values.get(f"{PREFIX}-{name}", "")
    return min(max(1, int(value)), most) if value.isascii() and value[:5].isdigit() else usual


def _carried() -> list[tuple[str, str]]:
    """Return the unsaved rules as hidden fields, so that another try has them too."""
    if "seats" not in request.form:
        return []
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not name.startswith(f"{PREFIX}-") and name not in ("csrf_token", "do")
    ]


def _page(call: Call, **context: Any) -> str:
    return render_template("calls/simulator.html", call=call, carried=_carried(), **context)
