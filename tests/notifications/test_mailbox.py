"""The mailbox of the demonstration."""

import pytest

from app.extensions import db
from app.factory import create_app
from app.notifications.models import Message
from app.notifications.service import post
from app.notifications.views import with_links
from config import load_settings

BASE = "http://localhost"


def _write(*recipients, text="Hola\n"):
    for number, recipient in enumerate(recipients):
        post(recipient, "es", f"Mail {number} <b>", text)
    db.session.commit()


def test_everybody_reads_the_mails_newest_first(app, browser):
    _write("ana@test.example", "bea@test.example")
    page = browser().get("/mailbox/").text
    assert "exists only in the demonstration" in page
    assert page.index("Mail 1 &lt;b&gt;") < page.index("Mail 0 &lt;b&gt;")
    only = browser().get("/mailbox/?q=ana@").text
    assert "Mail 0" in only
    assert "Mail 1" not in only


def test_an_empty_mailbox_says_so(app, browser):
    assert "No mail here" in browser().get("/mailbox/").text


def test_one_mail_has_links_that_work(app, browser):
    _write("ana@test.example", text="<script>x</script>\nhttp://localhost/login?a=1&b=2\n")
    key = db.session.query(Message).one().id
    assert f'href="/mailbox/{key}"' in browser().get("/mailbox/").text
    page = browser().get(f"/mailbox/{key}").text
    assert '<a href="/login?a=1&amp;b=2">' in page
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize("key", ["0", "999999", "99999999999", "x", "-1"])
def test_a_mail_that_does_not_exist_is_404(app, browser, key):
    assert browser().get(f"/mailbox/{key}").status_code == 404


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://localhost", '<a href="/">http://localhost</a>'),
        ("see http://localhost/a now", 'see <a href="/a">http://localhost/a</a> now'),
        ("http://localhost.evil.example/a", "http://localhost.evil.example/a"),
        ("http://localhost@evil.example/", "http://localhost@evil.example/"),
        ("http://localhost//evil.example", '<a href="/">http://localhost//evil.example</a>'),
        ("http://localhost/\\evil", '<a href="/">http://localhost/\\evil</a>'),
        ('http://localhost/"x', '<a href="/&#34;x">http://localhost/&#34;x</a>'),
        ("http://evil.example/", "http://evil.example/"),
        ("javascript:alert(1) <i>", "javascript:alert(1) &lt;i&gt;"),
    ],
)
def test_only_addresses_of_the_site_become_links(text, expected):
    assert with_links(text, BASE) == expected


@pytest.mark.parametrize(
    "environ",
    [
        {"PUENTE_ENV": "production", "MAIL_SERVER": "mail.example"},
        {"PUENTE_ENV": "demo", "MAIL_SERVER": "mail.example"},
    ],
)
def test_where_mail_leaves_the_platform_there_is_no_mailbox(tmp_path, environ):
    common = {
        "SECRET_KEY": "only-for-tests-" + "x" * 32,
        "DATA_DIR": str(tmp_path),
        "BASE_URL": "https://puente.example",
    }
    app = create_app(load_settings({**common, **environ}))
    assert "notifications" not in app.blueprints
    client = app.test_client()
    assert client.get("/mailbox/", base_url="https://puente.example").status_code == 404
