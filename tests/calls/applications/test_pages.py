"""The pages of an application, as each reader meets them."""

import re

import pytest

from app.calls.applications import service
from app.calls.applications.contents import contents
from app.domain.call_states import ApplicationStatus
from app.domain.call_vocabulary import CallPhase
from app.extensions import db
from tests.calls.applications.conftest import close, pdf_part
from tests.files import pdfs


def _at(application, *more):
    return "/".join(("/applications", application.public_id, *more))


def _version(page):
    return re.search(r'name="version"[^>]*value="([^"]*)"', page.text)[1]


def test_the_page_of_the_call_leads_to_the_application(scene, browser):
    place = scene()
    page = f"/calls/{place.call.public_id}"
    owner = browser(place.owner)
    assert ">Apply</button>" in owner.get(page).text
    begun = owner.post(f"/applications/begin/{place.call.public_id}")
    assert begun.status_code == 302
    assert owner.get(begun.location).status_code == 200
    assert "Go on with the application" in owner.get(page).text
    again = browser(place.editor).post(f"/applications/begin/{place.call.public_id}")
    assert again.location == begun.location
    assert "Sign in to apply" in browser().get(page).text


@pytest.mark.parametrize(
    ("phase", "words"),
    [(CallPhase.UPCOMING, "Applications open on"), (CallPhase.CLOSED, "your city did not apply")],
)
def test_why_nothing_can_be_sent_now(scene, browser, phase, words):
    place = scene(phase)
    text = browser(place.owner).get(f"/calls/{place.call.public_id}").text
    assert words in text
    assert ">Apply</button>" not in text


def test_who_may_begin(scene, browser, people):
    place = scene()
    address = f"/applications/begin/{place.call.public_id}"
    for person in (place.viewer, place.coordinator, people.startup()):
        assert browser(person).post(address).status_code == 403
    assert browser().post(address).status_code == 401


def test_a_section_is_saved_and_leads_to_the_next(scene, draft, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    owner = browser(place.owner)
    page = owner.get(_at(application, "sections", "plan"))
    sent = {"version": _version(page), "plan_title": "Plan 😀 =1+1", "go": "next"}
    answer = owner.post(_at(application, "sections", "plan"), sent)
    assert answer.location == _at(application, "sections", "experience")
    assert db.session.get(type(application), application.id).plan_title == "Plan 😀 =1+1"
    for button, leads_to in (("here", "sections/plan"), ("list", None)):
        version = _version(owner.get(_at(application, "sections", "plan")))
        answer = owner.post(
            _at(application, "sections", "plan"), {"version": version, "go": button}
        )
        assert answer.location == _at(application, *([leads_to] if leads_to else []))


def test_nothing_typed_is_lost_when_a_colleague_was_faster(scene, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    mine, theirs = browser(place.owner), browser(place.editor)
    page = _at(application, "sections", "challenges")
    seen = _version(mine.get(page))
    theirs.post(page, {"version": seen, "challenges": "El agua", "capacity": ""})
    answer = mine.post(page, {"version": seen, "challenges": "La basura", "capacity": "Dos"})
    assert answer.status_code == 422
    assert "La basura" in answer.text
    assert "Saved meanwhile: El agua" in answer.text
    assert "Dos" in answer.text
    again = mine.post(
        page, {"version": _version(answer), "challenges": "El agua y la basura", "capacity": "Dos"}
    )
    assert again.status_code == 302
    assert contents(application)["challenges"] == "El agua y la basura"


@pytest.mark.parametrize(
    ("section", "field", "typed", "words"),
    [
        ("identity", "tax_id", "30-99900158-1", "check digit"),
        ("identity", "official_code", "990007", "No municipality has such a code"),
        ("identity", "contact_email", "nadie", "not an e-mail"),
        ("identity", "website", "javascript:alert(1)", "address of a web page"),
        ("identity", "population", "-1", "between"),
        ("plan", "plan_title", "x" * 201, "200"),
        ("challenges", "challenges", "a\x00b", "cannot be kept"),
        ("letter", "letter_date", "31/12/2025", "valid date"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(scene, browser, section, field, typed, words):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    page = _at(application, "sections", section)
    owner = browser(place.owner)
    answer = owner.post(page, {"version": _version(owner.get(page)), field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text


def test_numbers_are_kept_plain_and_shown_as_written(scene, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    page = _at(application, "sections", "identity")
    owner = browser(place.owner)
    sent = {"version": _version(owner.get(page)), "tax_id": "30999001587", "official_code": "60007"}
    assert owner.post(page, sent).status_code == 302
    assert contents(application)["tax_id"] == "30999001587"
    assert contents(application)["official_code"] == "060007"
    assert "30-99900158-7" in owner.get(page).text
    assert "30-99900158-7" in browser(place.viewer).get(_at(application)).text


def test_a_document_is_added_with_the_text_replaced_and_removed(scene, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    owner = browser(place.owner)
    document = place.call.documents[0]
    page = _at(application, "sections", "letter")
    sent = {
        "version": _version(owner.get(page)),
        "letter_signer": "María Pérez",
        f"document_{document.id}": pdf_part(pdfs.pdf(2), "../carta ñ.pdf"),
    }
    assert owner.post(page, sent).status_code == 302
    shown = owner.get(page)
    assert "carta ñ.pdf" in shown.text
    assert "2 pages" in shown.text
    assert contents(application)["letter_signer"] == "María Pérez"
    url = re.search(r'href="(/applications/[^"]+/files/[^"]+)"', shown.text)[1]
    assert owner.get(url).get_data() == pdfs.pdf(2)
    sent = {
        "version": _version(shown),
        "letter_signer": "Otra",
        "remove": f"document:{document.id}",
    }
    assert owner.post(page, sent).status_code == 302
    assert contents(application)["letter_signer"] == "Otra"
    assert contents(application)[f"document:{document.id}"] is None
    assert owner.get(url).status_code == 404


def _multipart(fields, name, content):
    """Return the body of a form with one file, as a browser sends it."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="a.pdf"\r\n\r\n'
    return b"".join([*parts, head.encode(), content, b"\r\n--edge--\r\n"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: pdfs.pdf(3), "has 3 pages; at most 2"),
        (lambda: b"MZ" + pdfs.pdf(), "not a PDF"),
        (pdfs.encrypted, "protected"),
        (lambda: b"", "is empty"),
    ],
)
def test_a_bad_document_is_refused_and_the_text_stays(scene, browser, content, words):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    page = _at(application, "sections", "letter")
    owner = browser(place.owner)
    name = f"document_{place.call.documents[0].id}"
    sent = {
        "version": _version(owner.get(page)),
        "letter_signer": "María",
        name: pdf_part(content()),
    }
    answer = owner.post(page, sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="María"' in answer.text
    assert f'href="#{name}"' in answer.text


def test_large_files_pass_only_where_files_are_taken(scene, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    owner = browser(place.owner)
    page = _at(application, "sections", "letter")
    version = _version(owner.get(page))
    name = f"document_{place.call.documents[0].id}"
    megabytes = 1024 * 1024
    file = _multipart({"version": version}, name, b"%PDF-1.7" + b"x" * (14 * megabytes))
    text = _multipart({"version": version, "letter_signer": "x" * (3 * megabytes)}, name, b"")
    token = {"X-CSRFToken": owner.token()}

    def send(address, body, **environment):
        options = {"data": body, "content_type": "multipart/form-data; boundary=edge"}
        options["environ_overrides"] = environment
        return owner._send(owner.client.post, address, headers=token, **options)

    assert "larger than 10 MB" in send(page, file).text
    assert send(_at(application, "acts", "submit"), file).status_code == 413
    assert send(page, text).status_code == 413
    assert send(page, text[:-10], CONTENT_LENGTH=str(50 * megabytes)).status_code == 413


def test_only_fields_of_the_section_are_written(scene, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    page = _at(application, "sections", "unit")
    owner = browser(place.owner)
    sent = {
        "version": _version(owner.get(page)),
        "team": "Cuatro",
        "status": "selected",
        "number": "AR-2026-0001",
        "organization_id": "1",
        "results": "otra sección",
        "submitted_at": "2020-01-01",
    }
    assert owner.post(page, sent).status_code == 302
    kept = db.session.get(type(application), application.id)
    assert (kept.team, kept.status, kept.number) == ("Cuatro", ApplicationStatus.DRAFT, None)
    assert (kept.results, kept.submitted_at) == ("", None)
    assert kept.organization_id == place.owner.organization.id


def test_the_preview_names_what_is_missing_with_links(scene, browser):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    page = browser(place.owner).get(_at(application, "preview"))
    requirement = place.call.requirements[0].id
    assert f"{_at(application, 'sections', 'requirements')}#requirement_{requirement}" in page.text
    assert "parts are missing" in page.text
    assert "/acts/submit" not in page.text


def test_sent_from_the_preview_with_a_receipt(scene, draft, browser):
    place = scene()
    application = draft(place)
    owner = browser(place.owner)
    preview = owner.get(_at(application, "preview"))
    assert "/acts/submit" in preview.text
    answer = owner.post(_at(application, "acts", "submit"), {"version": _version(preview)})
    assert answer.location == _at(application, "receipt")
    twice = owner.post(_at(application, "acts", "submit"), {"version": _version(preview)})
    assert twice.location == _at(application, "receipt")
    colleague = browser(place.editor).post(_at(application, "acts", "submit"), {"version": "1"})
    assert colleague.location == _at(application, "receipt")
    receipt = owner.get(answer.location)
    version = db.session.get(type(application), application.id).versions
    assert len(version) == 1
    for words in (version[0].digest, "AR-2026-0001", "documento-0.pdf"):
        assert words in receipt.text


def test_the_receipt_as_a_document(sent, browser):
    import io

    from pypdf import PdfReader

    place, application = sent()
    answer = browser(place.owner).get(_at(application, "receipt.pdf"))
    assert answer.mimetype == "application/pdf"
    document = PdfReader(io.BytesIO(answer.get_data()))
    words = " ".join("".join(page.extract_text() for page in document.pages).split())
    assert document.root_object["/Lang"] == "es"
    digest = application.versions[0].digest
    for expected in (application.number, "30-99900158-7", "documento-1.pdf", digest[:8], "UTC"):
        assert expected in words


def test_before_it_is_sent_it_is_the_citys_alone(scene, draft, browser, people):
    place = scene()
    application = draft(place)
    pages = ("", "preview", "sections/plan", "versions", "receipt", "receipt.pdf", "examination")
    others = (place.neighbour, place.coordinator, people.startup(), people.coordinator())
    for person in others:
        reader = browser(person)
        for page in pages:
            address = _at(application, *([page] if page else []))
            assert reader.get(address).status_code == 404, (person.name, page)
        for action in ("submit", "withdraw", "admit"):
            assert reader.post(_at(application, "acts", action)).status_code == 404
    assert browser(place.viewer).get(_at(application)).status_code == 200
    assert browser(place.viewer).get(_at(application, "sections", "plan")).status_code == 403
    assert browser(place.viewer).post(_at(application, "acts", "submit")).status_code == 403
    assert "login" in browser().get(_at(application)).location


def test_the_coordination_sees_of_drafts_the_city_and_the_moment(scene, draft, browser):
    place = scene()
    draft(place, results="Texto secreto")
    page = browser(place.coordinator).get(f"/applications/of/{place.call.public_id}").text
    assert "Villa del Ejemplo" in page
    assert "last written in on" in page
    for secret in ("Texto secreto", "documento-0.pdf", "30-99900158-7", "María José"):
        assert secret not in page


def test_a_link_to_a_document_dies_with_the_withdrawal(sent, browser, act, people):
    place, application = sent(closed=False)
    coordinator = browser(place.coordinator)
    shown = coordinator.get(_at(application)).text
    url = re.search(r'href="(/applications/[^"]+/files/[^"]+)"', shown)[1]
    assert coordinator.get(url).status_code == 200
    for person in (place.neighbour, people.startup(), people.coordinator()):
        assert browser(person).get(url).status_code == 404
    assert "login" in browser().get(url).location
    act(application, "withdraw", place.owner)
    assert coordinator.get(url).status_code == 404
    assert browser(place.owner).get(url).status_code == 200
    act(application, "revise", place.owner)
    assert coordinator.get(url).status_code == 404


def test_what_is_written_while_correcting_is_the_citys_until_it_is_sent(sent, browser):
    place, application = sent()
    coordinator, owner = browser(place.coordinator), browser(place.owner)
    asked = {
        "version": str(application.version),
        "items": ["team"],
        "note": "Más detalle",
        "due_at": "2031-01-01T12:00",
    }
    assert coordinator.post(_at(application, "correction"), asked).status_code == 302
    page = owner.get(_at(application, "sections", "unit"))
    assert 'name="team"' in page.text
    assert 'name="unit_name"' not in page.text
    assert "Secretaría de Modernización" in page.text
    sent_back = {"version": _version(page), "team": "Cinco personas.", "unit_name": "Otra"}
    assert owner.post(_at(application, "sections", "unit"), sent_back).status_code == 302
    assert owner.get(_at(application, "sections", "plan")).status_code == 404
    for page in ("", "examination", "versions"):
        assert "Cinco" not in coordinator.get(_at(application, *([page] if page else []))).text
    owner.post(_at(application, "acts", "resubmit"), {"version": str(_seen(application))})
    changed = coordinator.get(_at(application, "versions")).text
    assert "<del>" in changed
    assert re.search(r"<ins>.*Cinco.*</ins>", changed)
    kept = db.session.get(type(application), application.id)
    assert (kept.team, kept.unit_name) == ("Cinco personas.", "Secretaría de Modernización")


def _seen(application):
    return db.session.get(type(application), application.id).version


def test_the_examination_is_saved_and_decided(sent, browser):
    place, application = sent()
    coordinator = browser(place.coordinator)
    page = coordinator.get(_at(application, "examination"))
    assert "Ordenanza 12/2020" in page.text
    names = re.findall(r'name="(verdict_[a-z]+_\d+)"', page.text)
    assert len(set(names)) == 4
    said = dict.fromkeys(names, "passed") | {"version": _version(page)}
    assert "/acts/admit" not in page.text
    assert coordinator.post(_at(application, "examination"), said).status_code == 302
    assert coordinator.post(_at(application, "examination"), said).status_code == 422
    page = coordinator.get(_at(application, "examination"))
    assert "/acts/admit" in page.text
    sent_act = {"version": str(_seen(application)), "confirm": "yes"}
    done = coordinator.post(_at(application, "acts", "admit"), sent_act)
    assert done.location == _at(application, "examination")
    shown = browser(place.owner).get(_at(application)).text
    assert "Eligible" in shown
    assert "Examined" not in shown


def test_late_entries_are_permitted_on_a_page(scene, draft, browser):
    place = scene()
    application = draft(place)
    close(place.call)
    coordinator, owner = browser(place.coordinator), browser(place.owner)
    address = f"/applications/late/{place.call.public_id}"
    city = place.owner.organization
    asked = {"city": city.slug, "until": "2031-01-01T12:00", "reason": "Corte de luz"}
    assert owner.post(address, asked).status_code == 403
    assert coordinator.post(address, asked).status_code == 302
    assert "Corte de luz" in coordinator.get(f"/applications/of/{place.call.public_id}").text
    assert "Corte de luz" in coordinator.get(f"/calls/{place.call.public_id}/desk").text
    assert "individual permission" in owner.get(f"/calls/{place.call.public_id}").text
    answer = owner.post(_at(application, "acts", "submit"), {"version": str(_seen(application))})
    assert answer.location == _at(application, "receipt")
    assert "Corte de luz" in owner.get(answer.location).text


def test_work_names_what_waits(sent, scene, draft, browser):
    open_place = scene()
    draft(open_place)
    assert "Finish and send the application" in browser(open_place.owner).get("/work").text
    assert "Finish and send" not in browser(open_place.viewer).get("/work").text
    place, _application = sent()
    assert "Examine the application" in browser(place.coordinator).get("/work").text
