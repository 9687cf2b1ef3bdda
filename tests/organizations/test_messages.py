"""What the sign-in library says is said in each language, and nothing of it is left out."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_security import core

from app.organizations.security_messages import MESSAGES

FOLDER = Path(__file__).parents[2] / "app" / "translations_security"
# What belongs to parts of the library that are switched off here.
SWITCHED_OFF = re.compile(
    r"^(US_|USE_|USERNAME_|WEBAUTHN_|OAUTH_|PHONE_|REFRESH|GENERIC_US|GENERIC_RECOVERY|LOGIN|"
    r"PASSWORDLESS|IDENTITY_|PASSWORD_BREACHED|PASSWORD_TOO_SIMPLE|INVALID_LOGIN|FORGOT_|"
    r"CODE_HAS|FAILED_TO|INVALID_INPUT|INVALID_PASSWORD_CODE|PASSWORD_MISMATCH|PASSWORD_RESET$)"
)


def _catalogue(language):
    with (FOLDER / language / "LC_MESSAGES" / "flask_security.po").open("rb") as file:
        return read_po(file, locale=language)


def test_each_sentence_that_can_appear_is_ours():
    shown = {name for name in core._default_messages if not SWITCHED_OFF.match(name)}
    assert shown == set(MESSAGES)


@pytest.mark.parametrize("language", ["es", "pt_BR"])
def test_each_sentence_is_translated_with_its_values(language, tmp_path):
    catalogue = _catalogue(language)
    assert {sentence for sentence, _ in MESSAGES.values()} == {m.id for m in catalogue if m.id}
    for message in catalogue:
        if message.id:
            assert not message.fuzzy
            assert sorted(re.findall(r"%\(\w+\)s", message.string)) == sorted(
                re.findall(r"%\(\w+\)s", message.id)
            )
    with (tmp_path / "x.mo").open("wb") as file:
        write_mo(file, catalogue)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_each_sentence_takes_the_values_that_the_library_gives(name):
    theirs = re.findall(r"%\(\w+\)s", str(core._default_messages[name][0]))
    assert set(re.findall(r"%\(\w+\)s", MESSAGES[name][0])) <= set(theirs)
