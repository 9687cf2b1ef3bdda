"""The controls written in the template say what the library's own widgets say."""

from html.parser import HTMLParser

import pytest
from flask import get_template_attribute
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField
from wtforms.validators import Length

from app.domain.vocabulary import Country
from app.web import forms


class Every(forms.Form):
    """One field of each kind."""

    email = forms.text("Address", 40, required=True)
    story = forms.paragraph("Story", 900)
    website = forms.web_address("Page")
    country = forms.choice("Country", Country)
    open_question = forms.yes_no("Yes?")
    share = forms.number("Share", smallest=-3)
    weeks = forms.integer("Weeks", 1, 52, required=True)
    at = forms.moment("At")
    on = forms.day("On")
    secret = PasswordField("Secret", [Length(min=12)])


NAMES = [name for name in dir(Every) if hasattr(getattr(Every, name), "field_class")]
TYPED = [
    {},
    dict.fromkeys(NAMES, "\"<b>&'"),
    dict.fromkeys(NAMES, "\nfirst line"),
    {"country": "UY", "open_question": "no", "share": "0.50", "weeks": "99", "email": "a"},
    {"at": "2026-03-04T05:06", "on": "2026-03-04", "story": " two\r\nlines ", "website": "x.ex"},
]


class Elements(HTMLParser):
    """What a browser makes of a piece of HTML: elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.found.append(data)


def _by_the_library(field, marks, rows):
    own = {
        "class": "input",
        "maxlength": False,
        "required": bool(field.flags.required),
        "rows": rows if type(field.widget).__name__ == "TextArea" else False,
        "autocomplete": {"email": "email"}.get(field.short_name, False),
        "aria-describedby": marks or False,
        "aria-invalid": "true" if field.errors else False,
    }
    return Elements(str(field(**own)).replace("\r\n", "\n")).found


@pytest.mark.parametrize("name", NAMES)
def test_a_control_is_what_the_library_would_make(app, name):
    with app.test_request_context("/?lang=pt"):
        control = get_template_attribute("parts/inputs.html", "control")
        for typed in TYPED:
            form = Every(MultiDict(typed), meta={"csrf": False})
            form.validate()
            for marks, rows in (("", 4), ("email-hint", 9)):
                written = Elements(str(control(form[name], marks, rows)).strip()).found
                assert written == _by_the_library(form[name], marks, rows), typed
