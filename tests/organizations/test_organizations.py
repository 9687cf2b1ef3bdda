"""Registering an organization, its verification, its public page."""

from functools import partial

import pytest

from app.audit import entries_for
from app.domain.actors import ANONYMOUS
from app.domain.errors import DomainError
from app.domain.permissions import Permission, can
from app.domain.states import OrganizationStatus as S
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import db
from app.organizations import queries, service
from app.organizations.models import Membership, Organization, User
from app.organizations.sections import ORGANIZATION_PAGE
from app.web.sections import Section
from tests.organizations.at_once import at_once
from tests.organizations.build import form
from tests.organizations.mail import mails


def _url(organization, *parts):
    return "/".join(["/organizations", organization.slug, *parts])


def test_a_person_registers_a_city_and_the_coordination_verifies_it(people, browser):
    coordinator, ana = people.coordinator(), people.person()
    here = browser(ana)
    assert here.get("/welcome").location == "/organizations/new"
    answer = here.post("/organizations/new", form())
    assert answer.location == "/organizations/san-jose"
    city = queries.by_slug("san-jose")
    assert (city.status, city.kind, city.subdivision_name, city.timezone) == (
        S.PENDING,
        OrganizationKind.CITY,
        "San José",
        "America/Montevideo",
    )
    assert (ana.membership.organization_id, ana.membership.role) == (city.id, Role.OWNER)
    told = mails(coordinator.email)
    assert [mail.subject for mail in told] == ["To verify: San José"]
    assert browser().get(_url(city)).status_code == 404
    assert "San José" not in browser().get("/organizations/").text
    assert "San José" in browser(coordinator).get("/organizations/").text
    assert browser(coordinator).post(_url(city, "acts/verify")).status_code == 302
    assert browser().get(_url(city)).status_code == 200
    assert "San José" in browser().get("/organizations/").text
    assert mails(ana.email)[-1].subject == "Verified: San José"
    assert [entry.action for entry in entries_for(city)] == ["create", "verify"]
    assert ana.actor.verified


def test_a_refusal_needs_its_reason_and_tells_it(people, browser):
    coordinator, ana = people.coordinator(), people.person()
    browser(ana).post("/organizations/new", form())
    city = queries.by_slug("san-jose")
    assert browser(coordinator).post(_url(city, "acts/refuse")).status_code == 409
    assert city.status is S.PENDING
    answer = browser(coordinator).post(_url(city, "acts/refuse"), {"reason": "No such city"})
    assert answer.status_code == 302
    assert city.status is S.REFUSED
    assert "No such city" in mails(ana.email)[-1].text
    assert not can(ana.actor, Permission.ORGANIZATION_EDIT, city.subject)
    assert browser(ana).get(_url(city)).status_code == 200
    assert browser(ana).get(_url(city, "edit")).status_code == 403


def test_in_a_suspended_organization_everybody_reads_only_until_it_is_restored(people, browser):
    coordinator, city = people.coordinator(), people.city()
    reason = {"reason": "Asked by the city"}
    browser(coordinator).post(_url(city.organization, "acts/suspend"), reason)
    assert browser().get(_url(city.organization)).status_code == 404
    assert browser(city).get(_url(city.organization)).status_code == 200
    assert browser(city).get(_url(city.organization, "people")).status_code == 403
    browser(coordinator).post(_url(city.organization, "acts/restore"), reason)
    assert browser().get(_url(city.organization)).status_code == 200
    assert browser(city).get(_url(city.organization, "people")).status_code == 200


@pytest.mark.parametrize("act", ["verify", "refuse", "suspend", "restore"])
def test_nobody_verifies_their_own_organization(people, browser, act):
    for status in S:
        ana = people.city(status=status)
        answer = browser(ana).post(_url(ana.organization, "acts", act), {"reason": "mine"})
        assert answer.status_code in (403, 409)
        assert ana.organization.status is status
    neighbour, pending = people.startup(), people.city(status=S.PENDING)
    url = _url(pending.organization, "acts", act)
    assert browser(neighbour).post(url, {"reason": "theirs"}).status_code == 404


def test_two_coordinators_decide_and_the_second_is_told(people, browser):
    ana = people.city(status=S.PENDING)
    seen = {"version": str(ana.organization.version)}
    first, second = browser(people.coordinator()), browser(people.coordinator())
    assert first.post(_url(ana.organization, "acts/verify"), seen).status_code == 302
    late = second.post(_url(ana.organization, "acts/refuse"), {**seen, "reason": "no"})
    assert late.status_code == 409
    assert ana.organization.status is S.VERIFIED


def test_organizations_with_one_name_get_addresses_of_their_own(people, browser):
    for number, slug in enumerate(["san-jose", "san-jose-2", "san-jose-3"]):
        ana = people.person()
        name = ["San José", "SAN  JOSE", "San-José!"][number]
        assert browser(ana).post("/organizations/new", form(name=name)).status_code == 302
        assert ana.membership.organization.slug == slug


@pytest.mark.parametrize(
    ("name", "slug"), [("New", "new-2"), ("東京", "dong-jing"), ("!!!", "organization-2")]
)
def test_every_name_gives_an_address_that_leads_to_it(people, browser, name, slug):
    ana = people.person()
    answer = browser(ana).post("/organizations/new", form(name=name))
    assert answer.location == f"/organizations/{slug}"
    assert name in browser(ana).get(answer.location).text


def test_two_who_register_one_name_at_once_both_get_an_address(app, people):
    ids = [people.person().id for _ in range(4)]
    values = {
        "kind": OrganizationKind.CITY,
        "name": "Rosario",
        "country": Country.ARGENTINA,
        "lang": Language.SPANISH,
    }

    def register(user_id):
        service.create(values, db.session.get_one(User, user_id))

    assert at_once(app, *(partial(register, user_id) for user_id in ids)) == ["done"] * 4
    slugs = sorted(row.slug for row in db.session.query(Organization))
    assert slugs == ["rosario", "rosario-2", "rosario-3", "rosario-4"]
    assert db.session.query(Membership).count() == 4


def test_a_person_registers_one_organization_only(people, browser):
    ana = people.city()
    assert browser(ana).get("/organizations/new").status_code == 403
    assert browser(ana).post("/organizations/new", form()).status_code == 403
    with pytest.raises(DomainError) as refused:
        service.create({"name": "Otra"}, ana)
    assert refused.value.code == "already_member"


def test_visitors_sign_in_before_they_register_an_organization(app, browser):
    assert browser().get("/organizations/new").location == "/login?next=/organizations/new"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "coordination"),
        ("kind", ""),
        ("name", ""),
        ("name", "x" * 121),
        ("name", "Rosario http://evil.example"),
        ("country", "FR"),
        ("subdivision", "AR-S"),
        ("subdivision", "UY-XX"),
        ("website", "javascript:alert(1)"),
        ("website", "sanjose"),
        ("population", "-1"),
        ("population", "1" * 20),
        ("lang", "fr"),
        ("summary", "x" * 1201),
    ],
)
def test_bad_values_are_refused_and_what_was_typed_stays(people, browser, field, value):
    answer = browser(people.person()).post(
        "/organizations/new", form(**{"summary": "Lo que escribí", field: value})
    )
    assert answer.status_code == 422
    assert "Error:" in answer.text
    assert field == "summary" or "Lo que escribí" in answer.text
    assert db.session.query(Organization).count() == 0


def test_nobody_registers_with_more_than_the_form_offers(people, browser):
    ana = people.person()
    browser(ana).post("/organizations/new", form(status="verified", founder="y", slug="rosario"))
    made = ana.membership.organization
    assert (made.status, made.founder, made.slug) == (S.PENDING, False, "san-jose")


def test_a_startup_says_what_startups_say(people, browser):
    ana = people.person()
    fields = form(kind="startup", name="Zorzal", founded="2018", team_size="9", population="5")
    browser(ana).post("/organizations/new", fields)
    made = ana.membership.organization
    assert (made.kind, made.founded, made.team_size) == (OrganizationKind.STARTUP, 2018, 9)
    assert (made.population, made.full_name) == (None, "")


def test_its_people_edit_the_profile_and_the_address_stays(people, browser):
    ana = people.city(country=Country.URUGUAY, slug="sanjo")
    here = browser(ana)
    fields = form(version=str(ana.organization.version))
    fields.pop("kind")
    assert here.post(_url(ana.organization, "edit"), fields).status_code == 302
    assert (ana.organization.name, ana.organization.slug) == ("San José", "sanjo")
    late = here.post(_url(ana.organization, "edit"), {**fields, "name": "Lo que yo escribí"})
    assert late.status_code == 422
    assert "Lo que yo escribí" in late.text
    assert ana.organization.name == "San José"
    assert [entry.action for entry in entries_for(ana.organization)] == ["edit"]


def test_neighbours_readers_and_visitors_do_not_edit(people, browser):
    ana = people.city()
    reader = people.person(ana.organization, Role.VIEWER)
    url = _url(ana.organization, "edit")
    before = ana.organization.name
    for person, expected in ((people.startup(), 403), (reader, 403), (None, 302)):
        assert browser(person).get(url).status_code == expected
        assert browser(person).post(url, form()).status_code in (401, 403)
    assert ana.organization.name == before


def test_the_public_page_shows_no_people_and_no_history(people, browser):
    ana = people.city()
    people.person(ana.organization, name="Persona Reservada")
    colleague = browser(ana).get(_url(ana.organization)).text
    assert "Persona Reservada" in colleague
    for reader in (None, people.startup()):
        page = browser(reader).get(_url(ana.organization)).text
        assert "Persona Reservada" not in page
        assert "History" not in page


def test_the_coordination_has_no_public_page(people, browser):
    coordinator = people.coordinator()
    url = _url(coordinator.organization)
    assert browser().get(url).status_code == 404
    assert browser(people.city()).get(url).status_code == 404
    assert browser(coordinator).get(url).status_code == 200
    assert coordinator.organization.name not in browser().get("/organizations/").text


def test_list_and_table_of_permissions_agree(people):
    actors = [ANONYMOUS] + [
        person.actor
        for person in (
            people.person(),
            people.city(),
            people.city(status=S.PENDING),
            people.startup(status=S.SUSPENDED),
            people.coordinator(),
            people.coordinator(Role.VIEWER),
        )
    ]
    everything = db.session.query(Organization).all()
    assert len(everything) == 5
    for actor in actors:
        listed = db.session.query(Organization).where(queries.visible_to(actor)).all()
        allowed = [o for o in everything if can(actor, Permission.ORGANIZATION_VIEW, o.subject)]
        assert {o.id for o in listed} == {o.id for o in allowed}


def test_the_list_is_searched_narrowed_and_sorted_by_its_address(people, browser):
    for name, kind, country in (
        ("Córdoba", OrganizationKind.CITY, Country.ARGENTINA),
        ("Recife", OrganizationKind.CITY, Country.BRAZIL),
        ("Brisa Dados", OrganizationKind.STARTUP, Country.BRAZIL),
    ):
        people.organization(kind, name=name, country=country)
    visitor = browser()

    def shown(query):
        page = visitor.get(f"/organizations/?{query}").text
        return [name for name in ("Brisa Dados", "Córdoba", "Recife") if f">{name}</a>" in page]

    assert shown("q=cordoba") == ["Córdoba"]
    assert shown("country=BR") == ["Brisa Dados", "Recife"]
    assert shown("country=BR&kind=city") == ["Recife"]
    assert shown("kind=coordination&country=XX&page=99&sort=zzz") == []
    assert shown("q=%25") == []


def test_features_above_add_parts_to_the_page(people, browser, monkeypatch):
    ana = people.city(summary="Una ciudad.")

    def part(organization, actor):
        mine = actor.organization_id == organization.id
        return Section("organizations/invitation_closed.html", {}) if mine else None

    monkeypatch.setattr(ORGANIZATION_PAGE, "_makers", [part])
    assert "This invitation is closed" in browser(ana).get(_url(ana.organization)).text
    assert "This invitation is closed" not in browser().get(_url(ana.organization)).text
