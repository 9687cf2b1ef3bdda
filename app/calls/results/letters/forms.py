"""Editing a letter as a form."""

from flask_babel import lazy_gettext as _l

from app.web.forms import Form, paragraph, text


class LetterForm(Form):
    """The subject and the text of a letter."""

    subject = text(_l("Subject"), 200, required=True)
    body = paragraph(_l("Text"), 12000, required=True)
