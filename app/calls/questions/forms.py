"""A question about a call, and its answer."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.web.forms import Form, paragraph

LONGEST_QUESTION, LONGEST_ANSWER = 1500, 6000


class QuestionForm(Form):
    """What somebody wants to know."""

    question = paragraph(
        _l("Your question"),
        LONGEST_QUESTION,
        required=True,
        hint=_l("It is published with its answer, without your name. Leave out what is personal."),
    )


class AnswerForm(Form):
    """The answer, and the question as everybody will read it."""

    question = paragraph(
        _l("The question as it will be published"),
        LONGEST_QUESTION,
        required=True,
        hint=_l("Take out names of people and cities."),
    )
    answer = paragraph(_l("Answer"), LONGEST_ANSWER, required=True)
    private = BooleanField(
        _l("Answer only the person who asked; do not publish it"),
        description=_l("For what concerns one case alone. What helps all must be public."),
    )
