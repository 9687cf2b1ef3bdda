"""The words that people read for each value of the closed lists, states and acts.

Keyed by the enumeration and its value, since different tables may use one value ("draft") with
different words or genders.
"""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.web.labels_calls import CALL_LABELS
from app.web.labels_states import STATE_LABELS
from app.web.labels_vocabulary import VOCABULARY_LABELS

Labels = Mapping[type[StrEnum], Mapping[str, LazyString]]
LABELS: Labels = {**VOCABULARY_LABELS, **STATE_LABELS, **CALL_LABELS}
TONES = {
    "neutral": {
        "draft",
        "withdrawn",
        "archived",
        "cancelled",
        "released",
        "planned",
        "dismissed",
        "expired",
        "replaced",
        "discarded",
        "not_chosen",
        "not_selected",
        "ended",
        "lapsed",
    },
    "waiting": {
        "in_review",
        "changes_requested",
        "returned",
        "pending",
        "submitted",
        "proposed",
        "signing",
        "delivered",
        "suggested",
        "trial",
        "paused",
        "preparing",
        "upcoming",
        "correcting",
        "waitlisted",
        "assigned",
        "reopened",
        "offered",
        "signed",
        "filed",
        "to_correct",
    },
    "info": {
        "published",
        "open",
        "shortlisted",
        "approved",
        "running",
        "in_progress",
        "piloting",
        "closing",
        "alternate",
        "verified",
        "evaluating",
        "preliminary",
        "admitted",
    },
    "success": {"confirmed", "matched", "chosen", "accepted", "selected", "agreed", "passed"},
    "done": {"finished", "resolved", "closed", "final", "active", "upheld"},
}
ICONS = {
    "neutral": "circle",
    "waiting": "hourglass-split",
    "info": "arrow-right-circle",
    "success": "check-circle",
    "done": "check-circle-fill",
    "danger": "exclamation-triangle",
}


def label(value: StrEnum) -> LazyString | str:
    """Return the words for ``value`` in the reader's language."""
    return LABELS[type(value)][value.value]


def choices(kind: type[StrEnum], blank: bool = False) -> list[tuple[str, LazyString | str]]:
    """Return ``(value, words)`` for a select field, in the order of the enumeration."""
    first: list[tuple[str, LazyString | str]] = [("", _l("Choose…"))] if blank else []
    return first + [(member.value, label(member)) for member in kind]


def tone(status: StrEnum | str) -> str:
    """Return the tone of the chip for a state; what is not listed is in danger."""
    return next((name for name, values in TONES.items() if str(status) in values), "danger")
