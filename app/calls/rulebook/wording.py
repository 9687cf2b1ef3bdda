"""The rules of a call in words, so that a change can say what they were before and after."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls.models import Call
from app.calls.rulebook.models import Criterion, Quota, RequiredDocument
from app.calls.rules import weights_in_percent
from app.domain.call_vocabulary import PopulationBand, QuotaField, TieBreak
from app.organizations.places import place_name
from app.web.formats import number
from app.web.labels import label
from app.web.language import LOCALES

TEXTS = ("title", "summary", "rules", "benefits", "contact_email")
FIGURES = ("seats", "waiting_seats", "cut_off", "reviews_each", "quorum", "consensus_spread")
NAMES = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "rules": _l("Terms and rules"),
    "benefits": _l("What members get"),
    "contact_email": _l("Contact address"),
    "seats": _l("Seats"),
    "waiting_seats": _l("Places on the waiting list"),
    "cut_off": _l("Cut-off score"),
    "reviews_each": _l("Reviews of each application"),
    "quorum": _l("Quorum of reviews"),
    "consensus_spread": _l("Difference that asks for a consensus"),
    "anonymous": _l("Evaluation without names"),
    "requirements": _l("Requirements"),
    "documents": _l("Documents"),
    "criteria": _l("Criteria and weights"),
    "tie_breaks": _l("Order of tie-breaks"),
    "quotas": _l("Quotas"),
}


def words_of(call: Call) -> dict[str, str]:
    """Return each part of the rules as text, in the language of the call."""
    with force_locale(LOCALES[call.lang]):
        texts = {name: str(getattr(call, name)) for name in TEXTS}
        figures = {name: number(getattr(call, name)) for name in FIGURES}
        return {**texts, **figures, **{name: words(call) for name, words in _PARTS.items()}}


def differences(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the parts that changed, each with what it said before and says now."""
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def document_words(one: RequiredDocument) -> str:
    """Return what is asked of a document besides its title."""
    parts = [label(one.kind), _("PDF"), _("at most %(size)s MB", size=one.max_megabytes)]
    if one.max_pages:
        parts.append(_("at most %(pages)s pages", pages=one.max_pages))
    parts.append(_("required") if one.required else _("optional"))
    return " · ".join(str(part) for part in parts)


def quota_words(one: Quota) -> str:
    """Return what a quota says: at least 2 seats, fewer than 50,000 inhabitants."""
    return f"{label(one.kind)} {one.seats} · {group_words(one)}"


def group_words(one: Quota) -> str:
    """Return the group that a quota is about, in words."""
    field = label(one.field)
    if not one.value:
        return str(_("%(field)s: each group", field=field))
    if one.field is QuotaField.POPULATION:
        return str(label(PopulationBand(one.value)))
    return f"{field}: {place_name(one.value) or one.value}"


def tie_break_words(call: Call, name: str) -> str:
    """Return one way of breaking ties in words."""
    names = {f"criterion:{one.id}": one.name for one in call.criteria}
    if name in names:
        return str(_("Higher score: %(criterion)s", criterion=names[name]))
    return str(label(TieBreak(name)))


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(f"{place}. {row}" for place, row in enumerate(rows, 1))


def _with_help(name: str, help_text: str) -> str:
    return f"{name}: {help_text}" if help_text else name


def _requirements(call: Call) -> str:
    return _lines(_with_help(one.title, one.help) for one in call.requirements)


def _documents(call: Call) -> str:
    return _lines(
        f"{_with_help(one.title, one.help)} · {document_words(one)}" for one in call.documents
    )


def _criteria(call: Call) -> str:
    shares = weights_in_percent(one.weight for one in call.criteria)
    pairs = zip(call.criteria, shares, strict=True)
    return _lines(_criterion(one, share) for one, share in pairs)


def _criterion(one: Criterion, share: Decimal) -> str:
    parts = [_with_help(one.name, one.help), f"{number(share)} %", f"0–{one.scale}"]
    if one.minimum is not None:
        parts.append(_("minimum %(score)s", score=number(one.minimum)))
    if one.labels:
        parts.append(" / ".join(one.labels))
    return " · ".join(parts)


def _quotas(call: Call) -> str:
    return _lines(f"{one.name}: {quota_words(one)}" for one in call.quotas)


def _tie_breaks(call: Call) -> str:
    return _lines(tie_break_words(call, name) for name in call.tie_breaks)


def _anonymous(call: Call) -> str:
    return str(_("yes") if call.anonymous else _("no"))


_PARTS: dict[str, Callable[[Call], str]] = {
    "anonymous": _anonymous,
    "requirements": _requirements,
    "documents": _documents,
    "criteria": _criteria,
    "tie_breaks": _tie_breaks,
    "quotas": _quotas,
}
