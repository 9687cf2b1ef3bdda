"""The pages of memberships: signing with a document, the list, the page of the city."""

import io
from datetime import date

import pytest

from app.calls.enrolments import queries
from app.calls.enrolments.offering import offer
from app.domain.call_states import ApplicationStatus, EnrolmentStatus
from app.domain.vocabulary import Role
from app.extensions import db
from tests.calls import build
from tests.calls.enrolments.build import member
from tests.files.pdfs import pdf


@pytest.fixture
def offered(people):
    """A coordinator, the owner of a city, and the seat that the city was offered."""
    coordinator, city = people.coordinator(), people.city(name="Laguna Brava")
    call = build.call(coordinator)
    enrolment = offer(build.application(call, city, ApplicationStatus.SELECTED), city.actor)
    db.session.commit()
    return coordinator, city, enrolment


def sent(**changes):
    known = {"signer": "Intendenta de prueba", "role": "Intendenta", "signed_on": "2026-01-05"}
    return {**known, **changes}


def document(content=None):
    return (io.BytesIO(content or pdf()), "adhesión.pdf")


def test_the_city_signs_and_the_coordination_confirms(offered, browser):
    coordinator, city, enrolment = offered
    page = f"/enrolments/{enrolment.public_id}"
    owner = browser(city)
    assert "Sign the adhesion" in owner.get("/work").text
    assert "Sign the adhesion" in owner.get(page).text
    answer = owner.post(f"{page}/sign", sent(document=document()))
    assert (answer.status_code, answer.location) == (302, page)
    assert enrolment.status is EnrolmentStatus.SIGNED
    desk = browser(coordinator)
    assert "Confirm the signed adhesion" in desk.get("/work").text
    paper = desk.get(f"{page}/adhesion")
    assert paper.data.startswith(b"%PDF-")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert desk.post(f"{page}/acts/confirm").status_code == 302
    assert "Member" in browser().get(f"/organizations/{city.organization.slug}").text
    assert "Laguna Brava" in desk.get("/enrolments/").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Choose the signed document."),
        ({"document": b"MZ not a pdf"}, "This file is not a PDF"),
        ({"document": pdf(), "signer": ""}, "This field is required."),
        ({"document": pdf(), "signed_on": "2099-01-01"}, "cannot have been signed after today"),
    ],
)
def test_what_is_not_in_order_is_told_and_what_was_typed_stays(offered, browser, changes, words):
    _, city, enrolment = offered
    fields = sent(**changes)
    if "document" in fields:
        fields["document"] = document(fields["document"])
    answer = browser(city).post(f"/enrolments/{enrolment.public_id}/sign", fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Intendenta"' in answer.text
    assert enrolment.status is EnrolmentStatus.OFFERED


def test_strangers_find_no_membership_and_colleagues_only_read(offered, browser, people):
    _, city, enrolment = offered
    page = f"/enrolments/{enrolment.public_id}"
    editor = people.person(city.organization, Role.EDITOR)
    for reader in (people.city(), people.startup(), people.coordinator()):
        for part in ("", "/sign", "/adhesion"):
            assert browser(reader).get(f"{page}{part}").status_code in (403, 404)
    assert browser(editor).get(page).status_code == 200
    assert browser(editor).get(f"{page}/sign").status_code == 403
    assert browser(editor).post(f"{page}/acts/decline", {"reason": "No"}).status_code == 403
    # That a seat was offered is nobody else's business.
    address = f"/organizations/{city.organization.slug}"
    assert "Membership of the coalition" not in browser().get(address).text
    assert "Membership of the coalition" in browser(editor).get(address).text


def test_the_coordination_enrols_suspends_and_finds_its_members(browser, people):
    coordinator, city = people.coordinator(), people.city(name="Puerto Nuevo")
    desk = browser(coordinator)
    fields = {
        "organization": city.organization.slug,
        "cohort": "2024",
        "since": "2024-11-27",
        "founder": "yes",
        "reason": "Firmó el acuerdo.",
    }
    assert desk.post("/enrolments/new", {**fields, "cohort": "24"}).status_code == 422
    assert desk.post("/enrolments/new", {**fields, "organization": "nadie"}).status_code == 422
    assert desk.post("/enrolments/new", fields).status_code == 302
    enrolment = queries.living(city.organization.id)
    address = f"/organizations/{city.organization.slug}"
    assert "founding member" in browser().get(address).text
    page = f"/enrolments/{enrolment.public_id}"
    assert desk.post(f"{page}/acts/suspend", {"reason": "Sin informes."}).status_code == 302
    text = browser().get(address).text
    assert "the yearly commitments do not count" in text
    assert "Sin informes." not in text
    assert "Sin informes." in browser(city).get(page).text
    member(people.city(name="Ajena"), since=date(2026, 1, 1))
    found = desk.get("/enrolments/?q=puerto").text
    assert ("Puerto Nuevo" in found, "Ajena" in found) == (True, False)
    assert "Ajena" not in desk.get("/enrolments/").text
    for reader in (city, people.startup()):
        assert browser(reader).get("/enrolments/").status_code == 403
