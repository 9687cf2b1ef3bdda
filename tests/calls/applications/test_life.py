"""The life of an application: written by several, sent once, withdrawn, sent again, or late."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.calls.applications import late, queries, service, versions
from app.calls.applications.contents import contents, fingerprint
from app.calls.applications.models import Application, ApplicationVersion
from app.calls.applications.rules import missing, names_agree
from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.call_vocabulary import CallPhase
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken, SomeoneWasFaster
from app.extensions import as_of, db, utcnow
from app.files.models import StoredFile
from app.notifications.models import Message
from tests.calls import build
from tests.calls.applications.conftest import close, said, upload


def _mails(subject):
    query = select(Message.recipient).where(Message.subject.startswith(subject))
    return set(db.session.scalars(query))


def test_one_application_a_city_prefilled_with_what_is_known(scene):
    place = scene()
    first, made = service.begin(place.call, place.owner.actor)
    again, made_again = service.begin(place.call, place.editor.actor)
    other, _made = service.begin(place.call, place.neighbour.actor)
    assert (made, made_again, first) == (True, False, again)
    assert other is not first
    assert (first.region, first.contact_email) == ("AR-B", place.owner.email)
    assert first.status is ApplicationStatus.DRAFT


@pytest.mark.parametrize("phase", [CallPhase.UPCOMING, CallPhase.CLOSED])
def test_nothing_begins_outside_the_window(scene, phase):
    place = scene(phase)
    with pytest.raises(RuleBroken, match="application_closed"):
        service.begin(place.call, place.owner.actor)


def test_what_is_missing_is_listed_with_its_place(scene):
    place = scene()
    application, _made = service.begin(place.call, place.owner.actor)
    lacking = {(one.section, one.item.key) for one in missing(application)}
    documents = [document.id for document in place.call.documents]
    assert ("identity", "tax_id") in lacking
    assert ("letter", f"document:{documents[0]}") in lacking
    assert ("documents", f"document:{documents[1]}") in lacking
    assert ("commitments", "accepts_commitments") in lacking
    assert ("identity", "website") not in lacking
    with pytest.raises(RuleBroken, match="incomplete_application"):
        service.act(application, _submit(), place.owner.actor)


def _submit(version=None):
    from app.domain.call_states import ApplicationAction
    from app.lifecycle import Act

    return Act(ApplicationAction.SUBMIT, version=version)


def test_a_receipt_has_a_number_a_digest_and_a_mail(scene, draft, act):
    place = scene(year=2026)
    application = draft(place)
    assert missing(application) == []
    act(application, "submit", place.editor)
    assert application.number == "AR-2026-0001"
    version = application.versions[-1]
    assert version.digest == versions.digest_of(version.content)
    assert version.content["items"] == contents(application)
    assert version.content["organization"] == "Villa del Ejemplo"
    assert _mails("Received, number AR-2026-0001") == {place.owner.email, place.editor.email}
    other = draft(place, place.neighbour)
    act(other, "submit", place.neighbour)
    assert other.number == "AR-2026-0002"


def test_numbers_go_on_across_the_calls_of_a_year_and_beyond_four_digits(scene, draft, act):
    first, second = scene(year=2026), scene(year=2026)
    build.application(first.call, first.neighbour, number="AR-2026-9999")
    application = draft(second)
    act(application, "submit", second.owner)
    other = draft(second, second.neighbour)
    act(other, "submit", second.neighbour)
    assert (application.number, other.number) == ("AR-2026-10000", "AR-2026-10001")


def test_withdrawn_taken_up_again_and_sent_again(scene, draft, act):
    place = scene()
    application = draft(place)
    act(application, "submit", place.owner)
    number, digest = application.number, application.versions[0].digest
    assert queries.of_call(place.call, place.coordinator.actor) == [application]
    act(application, "withdraw", place.owner)
    assert queries.of_call(place.call, place.coordinator.actor) == []
    act(application, "revise", place.owner)
    service.save(application, {"results": "Más y mejor."}, place.owner.actor)
    act(application, "submit", place.owner)
    assert application.number == number
    assert [one.number for one in application.versions] == [1, 2]
    assert application.versions[1].digest != digest
    assert versions.received(application)["results"] == "Más y mejor."


def test_what_was_sent_stands(scene, draft, act):
    place = scene()
    application = draft(place)
    act(application, "submit", place.owner)
    document = place.call.documents[0].id
    for change in (
        lambda: service.save(application, {"results": "x"}, place.owner.actor),
        lambda: service.attach(application, document, upload(), place.owner.actor),
        lambda: service.remove(application, document, place.owner.actor),
    ):
        with pytest.raises(OutOfOrder):
            change()


def test_a_draft_is_written_by_colleagues_and_only_a_true_clash_is_told(scene, draft):
    place = scene()
    application = draft(place)
    before = fingerprint(contents(application), ["team"])
    service.save(application, {"results": "Otro."}, place.editor.actor)
    service.save(application, {"team": "Cinco."}, place.owner.actor, before)
    with pytest.raises(SomeoneWasFaster):
        service.save(application, {"team": "Seis."}, place.editor.actor, before)
    assert (application.team, application.results) == ("Cinco.", "Otro.")


def test_saving_after_the_closing_keeps_the_text_and_sends_nothing(scene, draft, act):
    place = scene()
    application = draft(place)
    close(place.call)
    service.save(application, {"results": "A último momento."}, place.owner.actor)
    assert application.results == "A último momento."
    with pytest.raises(RuleBroken, match="application_closed"):
        act(application, "submit", place.owner)


def test_documents_are_replaced_and_kept_where_a_version_names_them(scene, draft, act):
    place = scene()
    application = draft(place)
    document = place.call.documents[1].id
    service.attach(application, document, upload("nuevo.pdf", b"%PDF- 2"), place.owner.actor)
    db.session.commit()
    assert _count(StoredFile) == 2
    act(application, "submit", place.owner)
    act(application, "withdraw", place.owner)
    act(application, "revise", place.owner)
    service.attach(application, document, upload("otro.pdf", b"%PDF- 3"), place.owner.actor)
    db.session.commit()
    assert _count(StoredFile) == 3
    assert contents(application)[f"document:{document}"]["name"] == "otro.pdf"
    service.remove(application, document, place.owner.actor)
    assert contents(application)[f"document:{document}"] is None
    assert [one.item.key for one in missing(application)] == [f"document:{document}"]


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_document_of_another_call_is_refused(scene, draft):
    place, other = scene(), scene()
    application = draft(place)
    with pytest.raises(RuleBroken, match="piece_closed"):
        service.attach(application, other.call.documents[0].id, upload(), place.owner.actor)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"tax_id": "30999001580"}, "tax_id"),
        ({"official_code": "990007"}, "official_code"),
        ({"letter_date": "2031-01-01"}, "letter_date"),
        ({"letter_signer": "Juan Gómez"}, "letter_signer"),
        ({"accepts_commitments": False}, "accepts_commitments"),
        ({"team": ""}, "team"),
    ],
)
def test_wrong_pieces_keep_it_from_being_sent(scene, draft, act, changes, key):
    place = scene()
    application = draft(place, **changes)
    assert [one.item.key for one in missing(application)] == [key]
    with pytest.raises(RuleBroken):
        act(application, "submit", place.owner)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("María José Pérez", "Perez, Maria", True),
        ("Juan Gómez", "María Pérez", False),
        ("J. Pérez", "María Pérez", True),
        ("X Y", "X Y", False),
    ],
)
def test_names_that_could_be_one_person(one, other, same):
    assert names_agree(one, other) is same


def test_limits_that_changed_since_count(scene, draft):
    place = scene()
    application = draft(place)
    place.call.documents[1].max_pages = 1
    assert [one.item.id for one in missing(application)] == [place.call.documents[1].id]


def test_the_register_fills_what_it_knows(scene):
    from app.calls.municipalities.register import take_in
    from app.domain.vocabulary import Country

    place = scene()
    take_in(["id,nombre,poblacion", "300112,La Prueba,1500"], Country.ARGENTINA)
    application, _made = service.begin(place.call, place.owner.actor)
    application.population = None
    service.save(application, {"official_code": "300112"}, place.owner.actor)
    assert (application.region, application.region_name) == ("AR-E", "Entre Ríos")
    assert application.population == 1500
    service.save(application, said(place.call), place.owner.actor)
    assert "official_code" in {one.item.key for one in missing(application)}


def test_late_only_by_a_permission_that_is_logged(scene, draft, act):
    place = scene()
    application = draft(place)
    close(place.call)
    until = utcnow() + timedelta(days=1)
    city = place.owner.organization
    with pytest.raises(NotAllowed):
        late.permit_late(place.call, city, until, "Por favor", place.owner.actor)
    late.permit_late(place.call, city, until, "Corte de luz", place.coordinator.actor)
    db.session.commit()
    [one] = late.late_ones(place.call)
    assert (one.permission.reason, one.application) == ("Corte de luz", None)
    act(application, "submit", place.owner)
    assert application.versions[-1].content["late"] == "Corte de luz"
    assert late.late_ones(place.call)[0].application is application
    assert _mails("Your city may hand in late") == {place.owner.email, place.editor.email}
    with pytest.raises(RuleBroken, match="application_closed"):
        service.begin(place.call, place.neighbour.actor)
    act(application, "withdraw", place.owner)
    with as_of(until + timedelta(seconds=1)), pytest.raises(RuleBroken, match="closed"):
        act(application, "revise", place.owner)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("late_unexplained", {"reason": "  "}),
        ("late_before_closing", {"until": -1}),
        ("late_twice", {"twice": True}),
        ("late_not_now", {"status": CallStatus.CANCELLED}),
        ("no_city_of_the_call", {"foreign": True}),
    ],
)
def test_permissions_that_make_no_sense(scene, people, code, changes):
    place = scene()
    close(place.call)
    place.call.status = changes.get("status", place.call.status)
    city = people.startup().organization if "foreign" in changes else place.owner.organization
    until = utcnow() + timedelta(days=changes.get("until", 1))
    ask = (place.call, city, until, changes.get("reason", "Motivo"), place.coordinator.actor)
    if "twice" in changes:
        late.permit_late(*ask)
    with pytest.raises(RuleBroken, match=code):
        late.permit_late(*ask)


def test_suspended_calls_receive_nothing(scene, draft, act):
    place = scene()
    application = draft(place)
    place.call.status = CallStatus.SUSPENDED
    db.session.commit()
    with pytest.raises(RuleBroken, match="application_closed"):
        act(application, "submit", place.owner)
    assert db.session.scalar(select(func.count()).select_from(ApplicationVersion)) == 0
    assert db.session.scalar(select(Application.number)) is None
