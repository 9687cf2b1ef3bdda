"""Whatever is typed into any field of any form: a refusal or a plain value, never a failure."""

import re
from functools import partial
from html.parser import HTMLParser

import pytest
from jinja2 import Template

from app.domain.states import ChallengeStatus, PilotStatus, SolutionStatus, SubmissionStatus
from app.extensions import db, limiter

TEXTS = {
    "nul": "a\x00b",
    "surrogate": b"a\xed\xa0\x80b",
    "not utf-8": b"\xff\xfe",
    "bidi": "a\u202egnp.exe",
    "invisible": "\u200b\u200d\ufeff",
    "combining": "a" + "\u0301" * 900,
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈",
    "formula": "=1+1",
    "template": "{{7*7}}%(status)s %s %d",
    "tag": "<script>alert(1)</script>\"'>",
    "long": "x" * 9000,
    "spaces": " \t\r\n ",
    "nothing": "",
    "header": "a\r\nBcc: x@evil.example",
    "unknown": "no-such-choice",
    "half": "1,5",
    "infinite": "1e400",
    "deep": "1e-400",
    "huge": "9" * 5000,
    "too much": "999999999999",
    "null": "None",
    "not a number": "NaN",
    "signalling": "sNaN",
    "minus": "-1",
    "two to the 63": str(2**63),
    "wide digits": "１２",
    "superscript": "²",
    "year one": "0001-01-01",
    "year one hour": "0001-01-01T00:00",
    "last day": "9999-12-31",
    "last hour": "9999-12-31T23:59",
    "no such day": "2026-02-30",
    "gap": "2026-09-06T00:30",
    "week": "2026-W10-1",
}
SINGLY = {
    "number": ("1,5", "1e400", "1e-400", "NaN", "sNaN", "-1", str(2**63), "²", "999999999999"),
    "date": ("0001-01-01", "9999-12-31", "1582-10-10", "x"),
    "datetime-local": ("0001-01-01T00:00", "9999-12-31T23:59", "2026-09-06T00:30", "x"),
    "select": ("no-such-choice", "", "None", "0"),
}
TAMPERED = {
    "status": "published",
    "id": "1",
    "public_id": "222222222222",
    "organization_id": "1",
    "version_id": "1",
    "created_at": "2001-01-01",
    "founder": "1",
    "criteria-99999999999999-name": "x",
    "criteria-²-name": "x",
    "criteria-²-unit": "x",
    "endpoint": "x",
    "_method": "DELETE",
    "_scheme": "javascript",
}


class Fields(HTMLParser):
    """Reads the fields of the main form of a page: name to (kind, value)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, tuple[str, str]] = {}
        self._forms = 0
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        name = known.get("name")
        if tag == "option" and self._open and "selected" in known:
            self.fields[self._open] = ("select", known.get("value", ""))
        if not name or tag not in ("input", "select", "textarea") or name == "lang-switch":
            return
        kind = known.get("type", "text") if tag == "input" else tag
        number = known.get("inputmode") in ("decimal", "numeric")
        if kind in ("checkbox", "radio") and "checked" not in known:
            self.fields.setdefault(name, (kind, ""))
            return
        self.fields[name] = ("number" if number else kind, known.get("value", "") or "")
        self._open = name if tag in ("select", "textarea") else ""

    def handle_data(self, data):
        if self._open and self.fields[self._open][0] == "textarea":
            kind, value = self.fields[self._open]
            self.fields[self._open] = (kind, value + data)

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self._open = ""


def _of(world, kind, status):
    return next(t for t in world.things[kind] if t.status is status and _owned(t))


def _owned(thing):
    return getattr(thing, "organization_id", 1) is not None


def _forms(world):
    """Return who may open which form."""
    draft = _of(world, "challenge", ChallengeStatus.DRAFT).public_id
    published = _of(world, "challenge", ChallengeStatus.PUBLISHED).public_id
    solution = _of(world, "solution", SolutionStatus.DRAFT).public_id
    live = _of(world, "solution", SolutionStatus.PUBLISHED).public_id
    started = _of(world, "submission", SubmissionStatus.DRAFT).public_id
    pilots = {pilot.status: f"/pilots/{pilot.public_id}" for pilot in world.things["pilot"]}
    preparing, running = pilots[PilotStatus.PREPARING], pilots[PilotStatus.RUNNING]
    milestone = world.things["milestone"][0].public_id
    report = world.things["report"][0].public_id
    slug = world.people["city owner"].organization.slug
    reading = world.things["indicator"][0].readings[0].id
    return [
        ("visitor", "/login"),
        ("visitor", "/register"),
        ("visitor", "/reset"),
        ("visitor", "/confirm"),
        ("newcomer", "/organizations/new"),
        ("newcomer", "/change-email"),
        ("newcomer", "/profile"),
        ("city owner", f"/organizations/{slug}/edit"),
        ("city owner", f"/organizations/{slug}/people"),
        ("city owner", "/challenges/new"),
        ("city owner", f"/challenges/{draft}/edit"),
        ("startup owner", "/solutions/new"),
        ("startup owner", f"/solutions/{solution}/edit"),
        ("startup owner", f"/solutions/{live}/edit"),
        ("startup owner", f"/challenges/{published}/submissions/new"),
        ("startup owner", f"/submissions/{started}/edit"),
        ("city owner", f"{preparing}/agreement"),
        ("city owner", f"{preparing}/indicators/new"),
        ("city owner", f"{preparing}/milestones/new"),
        ("city owner", f"{pilots[PilotStatus.CLOSING]}/closing"),
        ("city owner", f"{running}/not-carried-out"),
        ("startup owner", f"{running}/indicators/1/readings"),
        ("startup owner", f"{running}/indicators/1/readings/{reading}"),
        ("startup owner", f"{running}/reports/new"),
        ("startup owner", f"/pilots/reports/{report}/edit"),
        ("city owner", f"/pilots/milestones/{milestone}/edit"),
        ("startup owner", f"/pilots/milestones/{milestone}/deliver"),
    ]


def _tries(fields):
    """Yield what to send, and whether the page that answers is worth drawing.

    One value in every field first. Then one odd value in one good form, which reaches the database
    if the form lets it through; how a form shows the same value has been seen by then.
    """
    typed = {name: value for name, (_, value) in fields.items()}
    free = [name for name in typed if name not in ("csrf_token", "version", "next")]
    for name, value in TEXTS.items():
        yield name, {**typed, **dict.fromkeys(free, value)}, True
    for name in free:
        kind = fields[name][0]
        for value in SINGLY.get(kind, ()):
            yield f"{name}={value!r}", {**typed, name: value}, False
    yield "missing", {key: typed[key] for key in typed if key not in free}, True
    yield "repeated", {**typed, **{name: [typed[name], "other", "1"] for name in free}}, True
    yield "unknown fields", {**TAMPERED, **typed}, True
    yield "odd version", {**typed, "version": "9" * 30}, True


@pytest.fixture(scope="module")
def forms(world):
    return _forms(world)


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch):
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.mark.parametrize("number", range(27))
def test_any_form_takes_anything(world, reader, forms, number, nothing_stays, monkeypatch):
    name, address = forms[number]
    browser = reader(name)
    page = browser.get(address)
    assert page.status_code == 200, f"{address}: {page.status_code}"
    fields = Fields(page.text).fields
    assert len(fields) > 1
    token, wrong = browser.token(), []
    for what, data, drawn in _tries(fields):
        if address.endswith("/people"):
            address = f"{address}/invite"
        with monkeypatch.context() as undrawn:
            if not drawn:
                undrawn.setattr(Template, "render", lambda *_context: "")
            try:
                answer = browser.post(address, {**data, "csrf_token": token}).status_code
            except Exception as failure:  # noqa: BLE001 - each is told with what caused it
                answer = f"{type(failure).__name__}: {failure}"[:160]
                db.session.rollback()
        if answer not in (200, 302, 303, 400, 409, 422):
            wrong.append(f"{address} {what}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_what_was_typed_is_shown_again(world, reader, forms, nothing_stays):
    browser = reader("city owner")
    typed = {"title": "", "problem": "Keep {{this}} <b>", "lang": "es", "size_value": "1e400"}
    answer = browser.post("/challenges/new", typed)
    assert answer.status_code == 422
    assert "Keep {{this}} &lt;b&gt;" in answer.text
    assert 'value="1e400"' in answer.text


def test_nothing_moves_by_fields_that_no_form_has(world, reader, bare_app, nothing_stays):
    draft = _of(world, "challenge", ChallengeStatus.DRAFT)
    before = (draft.status, draft.organization_id, draft.public_id)
    other = world.people["neighbour city"].organization.id
    seen = []
    forged = {"title": "x", "lang": "es", "sector": "waste", "pilot_weeks": "8"}
    forged |= {"status": "published", "organization_id": str(other), "id": "99", "public_id": "x"}
    answer = reader("city owner").post(f"/challenges/{draft.public_id}/edit", forged)
    assert answer.status_code in (302, 422)
    db.session.refresh(draft)
    seen = (draft.status, draft.organization_id, draft.public_id)
    assert seen == before


def test_too_much_is_refused_before_it_is_read(world, reader):
    browser = reader("city owner")
    token = browser.token()
    long, longer = "x" * 5_000_000, b"title=" + b"x" * 13_000_000
    plain = "application/x-www-form-urlencoded"
    part = f"--b\r\nContent-Disposition: form-data; name=title\r\n\r\n{long}\r\n--b--\r\n"
    parts = "multipart/form-data; boundary=b"
    send = partial(browser._send, browser.client.post)
    assert browser.post("/challenges/new", {"title": long, "csrf_token": token}).status_code == 422
    assert send("/challenges/new", data=longer, content_type=plain).status_code == 413
    assert send("/challenges/new", data=part, content_type=parts).status_code == 413
    assert send("/challenges/new", json={"title": "x"}).status_code == 400


ODD_ADDRESSES = [
    "?endpoint=x",
    "?_scheme=javascript&_external=1",
    "?_anchor=x&_method=POST",
    "?q=%00&phase=%00&kind=%00&country=%00&sector=%00&status=%00&sort=%00&trl=%00&language=%00",
    "?q=%ED%A0%80%FF&page=%FF",
    "?page=10000000000000000000",
    "?page=-1&sort=password&lang=xx",
    "?page=%D9%A3&trl=99999999999999999999&year=9999999999",
    "?q=%25_%5C'%20OR%201=1--",
    "?" + "&".join(f"a{number}={number}" for number in range(1000)),
    "?q=" + "a%20" * 3000,
]


def test_any_list_takes_any_query(world, reader):
    lists = ("/", "/challenges/", "/solutions/", "/organizations/", "/pilots/", "/mailbox/")
    inside = ("/matches/", "/matches/desk", "/commitments/", "/submissions/", "/work")
    coordinator, visitor = reader("coordinator"), reader("visitor")
    for query in ODD_ADDRESSES:
        for page in lists:
            assert visitor.get(page + query).status_code == 200, page + query
        for page in inside:
            assert coordinator.get(page + query).status_code == 200, page + query
    answer = visitor.get("/challenges/?_scheme=javascript&_external=1").text
    assert not re.search(r'href="(javascript|[a-z]+:)', answer)


HEADERS = [
    {"Referer": "http://[::1"},
    {"Origin": "http://[x"},
    {"Cookie": "session=garbage; remember_token=x|y"},
    {"Cookie": "session=" + "x" * 8000},
    {"Accept-Language": "x" * 8000},
    {"Host": "good:evil@x"},
    {"X-HTTP-Method-Override": "DELETE"},
]


@pytest.mark.parametrize("headers", HEADERS, ids=lambda h: next(iter(h)))
def test_any_header_is_taken(world, reader, headers):
    browser = reader("visitor")
    assert browser.get("/", headers=headers).status_code == 200
    assert browser.get("/nothing", headers=headers).status_code == 404
    assert browser._send(browser.client.post, "/login", headers=headers).status_code == 400


def test_two_slashes_are_no_way_out(world, reader):
    headers = {"Referer": "http://localhost//evil.example/x"}
    assert "evil.example" not in reader("visitor").get("/nothing", headers=headers).text


def test_other_methods_are_refused_everywhere(world, reader, bare_app):
    visitor = reader("visitor")
    paths = {rule.rule for rule in bare_app.url_map.iter_rules() if not rule.arguments}
    for path in sorted(paths):
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "FOO"):
            assert (
                visitor._send(partial(visitor.client.open, method=method), path).status_code == 405
            )
