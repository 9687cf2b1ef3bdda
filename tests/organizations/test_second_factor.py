"""Two-step sign-in: setting it up, giving codes, losing the phone."""

import re
import time
from contextvars import Context
from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.domain.errors import RuleBroken
from app.extensions import db, utcnow
from app.organizations.models import User
from tests.conftest import _remember
from tests.organizations.accounts import is_signed_in, sign_in, with_password
from tests.organizations.at_once import at_once
from tests.organizations.mail import mails


class Phone:
    """An authenticator app."""

    def __init__(self, app, key: str) -> None:
        from passlib.totp import TOTP

        self.totp = TOTP(key=key.replace("-", ""))

    def code(self, later: int = 0) -> str:
        return self.totp.generate(time=time.time() + later).token


def set_up(app, people, browser):
    """Return a person with two-step sign-in, their phone and the browser they used."""
    ana = with_password(people)
    here = browser()
    sign_in(here, ana.email)
    page = here.post("/tf-setup", {"setup": "authenticator"})
    assert page.status_code == 200
    assert "data:image/svg+xml;base64," in page.text
    phone = Phone(app, re.search(r"<code>([A-Z0-9-]+)</code>", page.text)[1])
    action = re.search(r'action="(/tf-setup/[^"]+)"', page.text)[1]
    assert here.post(action, {"code": phone.code(-30)}).location == "/profile"
    return ana, phone, here


@pytest.fixture
def half_way(app, people, browser):
    """A person who has given the password and not yet the code."""
    ana, phone, _ = set_up(app, people, browser)
    here = browser()
    answer = sign_in(here, ana.email)
    assert answer.location == "/tf-validate?next=/welcome"
    assert "six digits" in here.get(answer.location).text
    return ana, phone, here


def test_the_password_alone_no_longer_signs_in(half_way):
    _ana, phone, here = half_way
    assert not is_signed_in(here)
    assert here.post("/tf-validate", {"code": "000000"}).status_code == 422
    assert not is_signed_in(here)
    assert here.post("/tf-validate", {"code": phone.code()}).location == "/welcome"
    assert is_signed_in(here)


def test_a_code_counts_once(half_way, browser):
    ana, phone, here = half_way
    code = phone.code()
    assert here.post("/tf-validate", {"code": code}).status_code == 302
    again = browser()
    sign_in(again, ana.email)
    assert again.post("/tf-validate", {"code": code}).status_code == 422
    assert not is_signed_in(again)


def test_old_codes_are_refused(half_way):
    _ana, phone, here = half_way
    assert here.post("/tf-validate", {"code": phone.code(-120)}).status_code == 422
    assert not is_signed_in(here)


def test_a_code_without_the_password_opens_nothing(app, people, browser):
    _ana, phone, _ = set_up(app, people, browser)
    stranger = browser()
    for path in ("/tf-validate", "/mf-recovery", "/tf-rescue"):
        answer = stranger.post(path, {"code": phone.code(), "help_setup": "help"})
        assert (answer.status_code, answer.location) == (302, "/login")
    assert not is_signed_in(stranger)
    assert mails() == []


def test_next_survives_the_second_step(app, people, browser):
    ana, phone, _ = set_up(app, people, browser)
    here = browser()
    asked = sign_in(here, ana.email, next="/challenges/")
    answer = here.post(asked.location, {"code": phone.code()})
    assert answer.location == "/challenges/"


def test_the_secret_and_the_recovery_codes_are_not_readable_in_the_database(app, people, browser):
    ana, phone, here = set_up(app, people, browser)
    shown = here.post("/mf-recovery-codes", {"generate_new_codes": "1"}).text
    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", shown)
    assert len(codes) == 8
    db.session.refresh(ana)
    assert phone.totp.base32_key not in ana.tf_totp_secret
    assert not any(code in "".join(ana.mf_recovery_codes) for code in codes)


def test_a_recovery_code_replaces_the_phone_once(app, people, browser):
    ana, _, here = set_up(app, people, browser)
    shown = here.post("/mf-recovery-codes", {"generate_new_codes": "1"}).text
    code = re.findall(r"<code>([0-9a-f-]{14})</code>", shown)[0]
    answers = []
    for _try in range(2):
        lost = browser()
        sign_in(lost, ana.email)
        answers.append((lost.post("/mf-recovery", {"code": code}).status_code, is_signed_in(lost)))
    assert answers == [(302, True), (422, False)]
    acts = [entry.action for entry in entries_for(ana)]
    assert acts == ["set_two_factor", "new_recovery_codes", "use_recovery_code"]


def test_who_lost_everything_asks_the_coordination(half_way, app):
    ana, _, here = half_way
    page = here.post("/tf-rescue", {"help_setup": "help"})
    assert "We have told the coordination." in page.text
    mail = mails(app.config["SETTINGS"].contact_email)[-1]
    assert (mail.language, ana.email in mail.subject) == ("es", True)
    assert not is_signed_in(here)


def test_it_can_be_switched_off_and_takes_the_recovery_codes_along(app, people, browser):
    ana, _, here = set_up(app, people, browser)
    here.post("/mf-recovery-codes", {"generate_new_codes": "1"})
    assert here.post("/tf-setup", {"setup": "disable"}).location == "/profile"
    db.session.refresh(ana)
    assert (ana.tf_totp_secret, ana.tf_primary_method) == (None, None)
    assert not ana.mf_recovery_codes
    assert sign_in(browser(), ana.email).location == "/welcome"


def test_changing_the_second_step_asks_for_the_password_after_a_while(app, people, browser):
    ana, _, here = set_up(app, people, browser)
    long_ago = time.time() - timedelta(days=2).total_seconds()
    Context().run(_remember, here.client, {"fs_paa": long_ago, "fs_gexp": long_ago})
    answer = here.post("/tf-setup", {"setup": "disable"})
    assert answer.location.startswith("/verify?next=")
    assert here.get(answer.location).status_code == 200
    db.session.refresh(ana)
    assert ana.tf_primary_method == "authenticator"
    assert here.post("/verify", {"password": "wrong"}).status_code == 422


def test_a_set_up_that_took_too_long_starts_again(app, people, browser):
    ana = with_password(people)
    here = browser()
    sign_in(here, ana.email)
    page = here.post("/tf-setup", {"setup": "authenticator"})
    phone = Phone(app, re.search(r"<code>([A-Z0-9-]+)</code>", page.text)[1])
    action = re.search(r'action="(/tf-setup/[^"]+)"', page.text)[1]
    with time_machine.travel(utcnow() + timedelta(minutes=31)):
        assert here.post(action, {"code": phone.code()}).location == "/tf-setup"
    db.session.refresh(ana)
    assert ana.tf_totp_secret is None


def test_a_recovery_code_given_twice_at_once_counts_once(app, people, browser):
    ana, _, _ = set_up(app, people, browser)
    security, user_id = app.extensions["security"], ana.id
    util = security.mf_recovery_codes_util
    code = util.create_recovery_codes(ana)[0]
    db.session.commit()

    def spend():
        user = db.session.get_one(User, user_id)
        if not util.check_recovery_code(user, code):
            raise RuleBroken("spent")
        util.delete_recovery_code(user, code)

    results = at_once(app, spend, spend, spend)
    assert results.count("done") == 1
    assert set(results) <= {"done", "spent", "StaleDataError"}
