"""What strangers must not learn or reach: addresses, other sites, too many tries."""

import pytest

from app.domain.permissions import Permission
from app.domain.vocabulary import Role
from app.extensions import limiter
from app.organizations.next_page import is_local_path
from app.organizations.security import OPEN
from app.web.access import declared_access
from tests.organizations.accounts import is_signed_in, register, sign_in, with_password
from tests.organizations.mail import mails


def _same(one, other, first, second):
    """Two answers are equal but for the address, which the sender knows."""
    assert (one.status_code, one.location) == (other.status_code, other.location)
    for name in ("Content-Type", "Cache-Control", "Set-Cookie"):
        assert (name in one.headers) == (name in other.headers)
    assert _plain(one.text, first) == _plain(other.text, second)


def _plain(text, address):
    lines = (line for line in text.replace(address, "X").splitlines() if "csrf_token" not in line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/login", {"password": "not the password"}),
        ("/register", {"name": "Ana", "password": "a long password", "language": "en"}),
        ("/reset", {}),
        ("/confirm", {}),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer(people, browser, path, more):
    known, unknown = with_password(people).email, "someone-9@test.example"
    answers = [browser().post(path, {"email": email, **more}) for email in (known, unknown)]
    _same(*answers, known, unknown)


@pytest.mark.parametrize("path", ["/register", "/reset", "/confirm"])
def test_the_page_that_follows_is_the_same_too(people, browser, path):
    known, unknown = with_password(people).email, "someone-9@test.example"
    more = {"name": "Ana", "password": "a long password", "language": "en"}
    answers = [
        browser().post(path, {"email": email, **more}, follow_redirects=True)
        for email in (known, unknown)
    ]
    _same(*answers, known, unknown)


def test_an_unconfirmed_account_is_not_told_from_none(people, browser):
    waiting = with_password(people, confirmed_at=None).email
    for path in ("/reset", "/login"):
        fields = {"password": "not the password"}
        one = browser().post(path, {"email": waiting, **fields})
        other = browser().post(path, {"email": "someone-9@test.example", **fields})
        _same(one, other, waiting, "someone-9@test.example")


def test_who_registers_a_known_address_again_warns_its_owner(people, browser):
    ana = with_password(people)
    before = ana.password
    register(browser(), ana.email, name="Somebody else")
    assert [mail.subject for mail in mails(ana.email)] == ["You already have an account on Puente"]
    assert (ana.name, ana.password) != ("Somebody else", None)
    assert ana.password == before


EVIL = [
    "//evil.example",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "//localhost@evil.example",
    "http://localhost@evil.example",
    "evil.example",
    "/\u2028/evil.example",
    "/a\r\nSet-Cookie: x=1",
]


@pytest.mark.parametrize("target", EVIL)
def test_next_never_leaves_the_site(people, browser, target):
    ana = with_password(people)
    assert not is_local_path(target)
    here = browser()
    assert here.get("/login", query_string={"next": target}).status_code == 400
    assert sign_in(here, ana.email, next=target).status_code == 400
    answer = here.post(
        "/login", {"email": ana.email, "password": "x"}, query_string={"next": target}
    )
    assert answer.status_code == 400
    assert not is_signed_in(here)


@pytest.mark.parametrize("target", ["/challenges/?q=agua%20potable", "/profile", "/a/b?c=d#e"])
def test_next_brings_back_to_a_page_of_the_site(people, browser, target):
    ana = with_password(people)
    assert is_local_path(target)
    assert sign_in(browser(), ana.email, next=target).location == target


def test_a_page_that_needs_an_account_is_reached_after_signing_in(people, browser):
    with_password(people)
    here = browser()
    asked = here.get("/profile")
    assert asked.location == "/login?next=/profile"
    page = here.get(asked.location)
    assert 'name="next" type="hidden" value="/profile"' in page.text


def test_json_is_not_a_way_around_the_forms(people, browser):
    ana = with_password(people)
    here = browser()
    headers = {"X-CSRFToken": here.token()}
    for body in ({"email": ana.email, "password": "x"}, [1]):
        assert here.client.post("/login", json=body, headers=headers).status_code == 415


def test_pages_of_the_library_say_who_may_call_them(app):
    ours = [name for name in app.view_functions if name.startswith("security.")]
    public = {name for name in ours if declared_access(app, name) == "public"}
    assert public == set(OPEN)
    assert {declared_access(app, name) for name in ours} == {"public", Permission.ACCOUNT_USE}


def test_pages_of_the_library_that_need_an_account_send_visitors_to_sign_in(app, browser):
    for path in ("/change", "/change-email", "/tf-setup", "/mf-recovery-codes", "/verify"):
        answer = browser().get(path)
        assert (answer.status_code, answer.location) == (302, f"/login?next={path}")


def test_roles_are_read_anew_on_each_request(people, browser):
    city = people.city()
    here = browser(city)
    path = f"/organizations/{city.organization.slug}/edit"
    assert here.get(path).status_code == 200
    city.membership.role = Role.VIEWER
    assert here.get(path).status_code == 403


@pytest.fixture
def counted(app):
    """The rate limits as in production, on a store of their own."""
    from limits.storage import MemoryStorage
    from limits.strategies import FixedWindowRateLimiter

    before = limiter.enabled, limiter._limiter
    limiter.enabled, limiter._limiter = True, FixedWindowRateLimiter(MemoryStorage())
    yield
    limiter.enabled, limiter._limiter = before


def _tries(times, post):
    return [post().status_code for _ in range(times)]


def test_an_account_can_be_tried_only_so_often_from_anywhere(counted, people, browser):
    ana, other = with_password(people), with_password(people)

    def attempt(address):
        here = browser()
        fields = {"email": ana.email, "password": "wrong", "csrf_token": here.token()}
        where = {"REMOTE_ADDR": address}
        return here.post("/login", fields, environ_overrides=where).status_code

    answers = [attempt(f"10.0.0.{number}") for number in range(31)]
    assert answers == [422] * 30 + [429]
    assert sign_in(browser(), other.email).status_code == 302


@pytest.mark.parametrize("path", ["/reset", "/confirm", "/register"])
def test_an_address_gets_only_so_many_mails(counted, people, browser, path):
    ana = with_password(people, confirmed_at=None)
    fields = {"name": "Ana", "password": "a long password", "language": "en"}
    answers = _tries(7, lambda: browser().post(path, {"email": ana.email, **fields}))
    assert answers[:6] == [answers[0]] * 6
    assert answers[6] == 429
    assert len(mails(ana.email)) <= 6


def test_a_forged_forwarding_header_does_not_reset_the_count(counted, people, browser):
    def attempt(number):
        here = browser()
        fields = {"email": f"a{number}@test.example", "csrf_token": here.token()}
        headers = {"X-Forwarded-For": f"10.1.{number}.1"}
        return here.post("/reset", fields, headers=headers).status_code

    assert [attempt(number) for number in range(41)][-1] == 429
