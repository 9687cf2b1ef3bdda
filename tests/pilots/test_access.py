"""Who reads what of a pilot: nothing internal leaves the two sides."""

import pytest

from app.domain.states import PilotStatus, ReportStatus
from app.domain.vocabulary import AbandonReason, PilotDecision, Role
from app.extensions import db, utcnow
from app.pilots import queries
from app.pilots.models import AgreementSignature
from app.pilots.reports.models import ProgressReport
from tests.pilots.build import milestone, pilot, reading, url

S = PilotStatus
SECRETS = (
    "secreto-acuerdo",
    "secreto-hito",
    "secreto-evidencia",
    "secreto-informe",
    "secreto-nota",
    "secreto-cierre",
    "Firmante Secreta",
)
AGREEMENT = (
    "objective",
    "scope",
    "city_duties",
    "startup_duties",
    "data_access",
    "privacy",
    "intellectual_property",
    "exit_plan",
    "continuation_route",
    "integration_owner",
    "paid_by",
)


@pytest.fixture
def sides(people):
    return people.city(name="Ciudad Pública"), people.startup(name="Startup Discreta")


def _full(people, sides, status):
    """A pilot with something that could leak in every internal place."""
    city, startup = sides
    closing = {} if status in (S.FINISHED, S.NOT_CARRIED_OUT) else {"lessons": "secreto-cierre"}
    ended = {"decision": PilotDecision.ADAPT, "finished_at": utcnow()}
    thing = pilot(
        city,
        startup,
        status,
        **dict.fromkeys(AGREEMENT, "secreto-acuerdo"),
        **closing,
        **(ended if status is S.FINISHED else {}),
        **({"abandon_reason": AbandonReason.DATA} if status is S.NOT_CARRIED_OUT else {}),
    )
    signer = people.person(city.organization, name="Firmante Secreta")
    db.session.add(
        AgreementSignature(pilot_id=thing.id, side="city", user_id=signer.id, text_hash="x" * 64)
    )
    milestone(thing, title="secreto-hito", evidence="secreto-evidencia")
    reading(queries.indicators(thing)[0], 250).note = "secreto-nota"
    db.session.add(
        ProgressReport(
            pilot=thing,
            period_from=utcnow().date(),
            period_to=utcnow().date(),
            done="secreto-informe",
            status=ReportStatus.ACCEPTED,
        )
    )
    db.session.commit()
    return thing


@pytest.mark.parametrize("status", list(S))
def test_nothing_internal_leaks_to_the_public_pages(people, browser, sides, status):
    thing = _full(people, sides, status)
    readers = (None, people.city(), people.startup())
    pages = [url(thing), "/pilots/?q=secreto", "/pilots/", url(thing, "indicators/1.svg")]
    pages += [f"/challenges/{thing.challenge.public_id}"]
    pages += [f"/organizations/{side.organization.slug}" for side in sides]
    for reader in readers:
        for page in pages:
            answer = browser(reader).get(page)
            found = [word for word in SECRETS if word in answer.text.replace("?q=secreto", "")]
            assert (page, found) == (page, [])


@pytest.mark.parametrize("status", [S.PREPARING, S.SIGNING])
def test_before_it_begins_only_that_it_is_prepared_is_public(people, browser, sides, status):
    thing = _full(people, sides, status)
    answer = browser().get(url(thing))
    assert answer.status_code == 200
    assert "Prepares this pilot" in answer.text
    assert "Ciudad Pública" in answer.text
    for hidden in ("Startup Discreta", "Mapa de microbasurales", "Reclamos por mes", "250"):
        assert hidden not in answer.text
    assert browser().get(url(thing, "indicators/1.svg")).status_code == 404
    assert thing.title not in browser().get("/pilots/").text
    assert queries.of_organization(sides[1].organization.id, people.city().actor) == []
    assert queries.of_organization(sides[1].organization.id, sides[1].actor) == [thing]


def test_the_two_sides_and_the_coordination_read_the_inside(people, browser, sides):
    thing = _full(people, sides, S.RUNNING)
    for reader in (*sides, people.person(sides[1].organization, Role.VIEWER), people.coordinator()):
        inside = browser(reader).get(url(thing))
        assert "secreto-acuerdo" in inside.text
        assert "Firmante Secreta" in inside.text
    assert thing.title in browser(sides[0]).get("/pilots/ours").text
    assert thing.title not in browser(people.city()).get("/pilots/ours").text


def test_for_neighbours_the_inside_does_not_exist(people, browser, sides):
    thing = _full(people, sides, S.RUNNING)
    inner = queries.milestones(thing)[-1]
    report = queries.reports(thing)[0]
    addresses = [
        ("get", url(thing, "agreement")),
        ("get", url(thing, "closing")),
        ("get", url(thing, "not-carried-out")),
        ("get", url(thing, "milestones/new")),
        ("get", url(thing, "indicators/new")),
        ("get", url(thing, "indicators/1/edit")),
        ("get", url(thing, "indicators/1/readings")),
        ("get", url(thing, "reports/new")),
        ("get", f"/pilots/milestones/{inner.public_id}"),
        ("get", f"/pilots/milestones/{inner.public_id}/deliver"),
        ("get", f"/pilots/reports/{report.public_id}"),
        ("get", f"/pilots/reports/{report.public_id}/edit"),
        ("post", url(thing, "acts/pause")),
        ("post", url(thing, "signatures/startup")),
        ("post", f"/pilots/milestones/{inner.public_id}/acts/accept"),
        ("post", f"/pilots/milestones/{inner.public_id}/remove"),
        ("post", f"/pilots/reports/{report.public_id}/acts/accept"),
    ]
    for reader in (people.startup(), people.city()):
        for method, address in addresses:
            answer = getattr(browser(reader), method)(address)
            assert (address, answer.status_code) == (address, 404)
    for method, address in addresses:
        assert getattr(browser(), method)(address).status_code in (302, 401)
    assert thing.status is S.RUNNING


def test_a_reader_of_the_city_changes_nothing(people, browser, sides):
    thing = _full(people, sides, S.RUNNING)
    reader = browser(people.person(sides[0].organization, Role.VIEWER))
    inner = queries.milestones(thing)[0]
    for address in (
        url(thing, "acts/pause"),
        url(thing, "indicators/1/readings"),
        f"/pilots/milestones/{inner.public_id}/acts/cancel",
    ):
        fields = {"reason": "x", "on": str(utcnow().date()), "value": "1"}
        assert reader.post(address, fields).status_code == 403
    assert thing.status is S.RUNNING


def test_the_list_is_searched_narrowed_and_counted(people, browser, sides):
    finished = _full(people, sides, S.FINISHED)
    finished.results = "Bajaron los reclamos con árboles sanos"
    finished.title = "Arbolado"
    db.session.commit()
    running = pilot(*sides, S.RUNNING, title="Luminarias", results="borrador oculto")
    page = browser().get("/pilots/").text
    assert "2 results" in page
    only = browser().get("/pilots/?decision=adapt").text
    assert "Arbolado" in only
    assert "Luminarias" not in only
    assert "Arbolado" in browser().get("/pilots/?q=arboles+sanos").text
    assert running.title not in browser().get("/pilots/?q=borrador+oculto").text
    assert "2 results" in browser().get("/pilots/?q=ciudad+publica").text
    assert queries.count_by_status() == {"finished": 1, "running": 1}
    assert queries.finished_recently(5) == [finished]
