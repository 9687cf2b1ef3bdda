"""Each language is complete: every string has its words, with the same places to fill."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("es", "pt")
PLACE = re.compile(r"%\((\w+)\)[sdf]")
EXTRACT = (
    *("-m", "babel.messages.frontend", "--quiet", "extract", "-F", "babel.cfg"),
    *("-k", "_l", "-k", "_lp:1c,2", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2"),
    *("-k", "lazy_pgettext:1c,2"),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The strings of the code as it is now."""
    path = tmp_path_factory.mktemp("messages") / "messages.pot"
    subprocess.run([sys.executable, *EXTRACT, "-o", str(path), "."], cwd=ROOT, check=True)
    with path.open("rb") as file:
        found = read_po(file)
    # With nothing extracted there would be nothing to miss.
    assert len(found) > 1000
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def catalog(request):
    path = ROOT / "app" / "translations" / request.param / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def forms(message) -> list[str]:
    """Return the translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def places(message) -> set[str]:
    ids = [message.id] if isinstance(message.id, str) else message.id
    return {name for text in ids for name in PLACE.findall(text)}


def test_every_string_has_its_words(template, catalog):
    missing = [
        message.id
        for message in template
        if message.id
        and (
            (found := catalog.get(message.id, message.context)) is None
            or found.fuzzy
            or not all(text.strip() for text in forms(found))
        )
    ]
    assert missing == [], f"{len(missing)} strings; run make messages and translate them"


def test_the_places_to_fill_are_the_same(template, catalog):
    for message in template:
        found = catalog.get(message.id, message.context) if message.id else None
        for text in forms(found) if found else ():
            assert set(PLACE.findall(text)) <= places(message), message.id
            # A plural form may leave the number out ("one day").
            if isinstance(message.id, str) and text:
                assert set(PLACE.findall(text)) == places(message), message.id


def test_words_for_formatting_are_doubled_percent_signs(template, catalog):
    for message in template:
        found = catalog.get(message.id, message.context) if message.id else None
        if found is None or not places(message):
            continue
        for text in forms(found):
            assert text % dict.fromkeys(places(message), 1) is not None
