"""Forms of the committee: members, conflicts, reviews and consensus."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectField
from wtforms.fields.core import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.calls.committee.conflicts import REASONS
from app.calls.committee.models import Consensus, Review
from app.calls.committee.reviews import Opinion
from app.calls.models import Call
from app.calls.rulebook.models import Criterion
from app.domain.call_vocabulary import RecusalReason
from app.organizations.forms import is_address
from app.organizations.naming import without_link
from app.web.forms import Form, NumberField, options, paragraph, text
from app.web.labels import label

LONGEST_NOTE = 2000
LONGEST_COMMENT = 6000


class MemberForm(Form):
    """Whom to invite to the committee."""

    email = EmailField(_l("E-mail address"), [InputRequired(), Length(max=255), is_address])
    name = text(_l("Name"), 160, required=True)
    affiliation = text(
        _l("Institution"), 200, hint=_l("For example “City of Rosario” or “National University”.")
    )
    chair = BooleanField(_l("Presides the committee"))

    def validate_name(self, field: Field) -> None:
        """Keep links out of what the mails will quote."""
        without_link(self, field)

    def validate_affiliation(self, field: Field) -> None:
        """Keep links out of what the mails will quote."""
        without_link(self, field)


class ConflictForm(Form):
    """Which application somebody has a conflict in, and why. ``person`` is asked of others only."""

    application = SelectField(_l("Application"), [InputRequired()])
    person = SelectField(_l("Person"), [InputRequired()])
    reason = SelectField(
        _l("Reason"),
        [InputRequired()],
        choices=lambda: [("", _l("Choose…")), *((one.value, label(one)) for one in REASONS)],
        coerce=lambda value: RecusalReason(value) if value else None,
    )
    note = paragraph(_l("Explanation"), LONGEST_NOTE, hint=_l("Who runs the call reads it."))

    def __init__(
        self,
        applications: Iterable[tuple[str, Any]],
        people: Iterable[tuple[str, Any]] | None,
        **known: Any,
    ) -> None:
        super().__init__(**known)
        self.application.choices = _chosen_from(applications)
        if people is None:
            del self.person
        else:
            self.person.choices = _chosen_from(people)


def _chosen_from(pairs: Iterable[tuple[str, Any]]) -> Any:
    return options([("", _("Choose…")), *pairs])


class ReviewForm(Form):
    """What a reviewer says besides the scores; :func:`review_form` adds those."""

    comment = paragraph(
        _l("Comment for the committee"),
        LONGEST_COMMENT,
        hint=_l("The city never reads it."),
    )
    feedback = paragraph(
        _l("Feedback for the city"),
        LONGEST_COMMENT,
        hint=_l("The city reads it once a result is published, without your name."),
    )

    def opinion(self, call: Call) -> Opinion:
        """Return the clean values."""
        said = self.data
        return Opinion(
            {one.id: _decimal(said[score_name(one)]) for one in call.criteria},
            {one.id: said[note_name(one)] for one in call.criteria},
            said["comment"],
            said["feedback"],
        )


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def score_name(criterion: Criterion) -> str:
    """Return the name of the field for the score of a criterion."""
    return f"score_{criterion.id}"


def note_name(criterion: Criterion) -> str:
    """Return the name of the field for the note to a score."""
    return f"note_{criterion.id}"


def review_form(review: Review) -> ReviewForm:
    """Return the form of a review: for each criterion its labelled scale and a note."""
    fields: dict[str, Any] = {}
    for criterion in review.application.call.criteria:
        fields[score_name(criterion)] = _scale(criterion)
        fields[note_name(criterion)] = paragraph(
            _l("Note on “%(name)s”", name=criterion.name), LONGEST_NOTE
        )
    kind: Any = type("ReviewForm", (ReviewForm,), fields)
    said: dict[str, Any] = {
        "comment": review.comment,
        "feedback": review.feedback,
        "version": review.version,
    }
    for one in review.scores:
        said[score_name(one.criterion)] = int(one.score)
        said[note_name(one.criterion)] = one.comment
    form: ReviewForm = kind(data=said)
    return form


def _scale(criterion: Criterion) -> RadioField:
    names = dict(enumerate(criterion.labels))
    marks = [
        (str(score), f"{score} · {names[score]}" if names.get(score) else str(score))
        for score in range(criterion.scale + 1)
    ]
    return RadioField(
        criterion.name,
        [Optional()],
        choices=lambda: options([("", _("Not scored yet")), *marks]),
        coerce=lambda value: None if value in (None, "", "None") else int(value),
        description=criterion.help,
    )


class ConsensusForm(Form):
    """What the committee agreed on besides the scores; :func:`consensus_form` adds those."""

    reasons = paragraph(_l("Reasons"), LONGEST_COMMENT, required=True)
    dissent = paragraph(
        _l("Dissent"),
        LONGEST_COMMENT,
        hint=_l("The opinion of those who do not share it. It goes into the minutes."),
    )

    def scores(self, call: Call) -> dict[int, Decimal | None]:
        """Return the agreed scores by the id of their criterion."""
        return {one.id: self.data[score_name(one)] for one in call.criteria}


def consensus_form(consensus: Consensus, suggested: dict[int, Decimal]) -> ConsensusForm:
    """Return the form of a consensus; without agreed scores it starts from ``suggested``."""
    call = consensus.application.call
    fields = {
        score_name(one): NumberField(
            one.name,
            [InputRequired(), NumberRange(0, one.scale)],
            places=None,
            description=_l("From 0 to %(scale)s, with decimals where needed.", scale=one.scale),
        )
        for one in call.criteria
    }
    kind: Any = type("ConsensusForm", (ConsensusForm,), fields)
    agreed = {one.criterion_id: one.score for one in consensus.scores}
    said: dict[str, Any] = {
        score_name(one): agreed.get(one.id, suggested.get(one.id)) for one in call.criteria
    }
    said |= {"reasons": consensus.reasons, "dissent": consensus.dissent}
    form: ConsensusForm = kind(data=said | {"version": consensus.version})
    return form
