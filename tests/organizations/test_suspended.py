"""A coordination that was suspended reads no more than anybody: neither people nor private work."""

from app.domain.states import OrganizationStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db
from tests.pilots.build import pilot


def coordinator(people, status):
    office = people.organization(OrganizationKind.COORDINATION, status=status)
    return people.person(office)


def test_its_people_no_longer_see_pilots_in_preparation(people, browser):
    made = pilot(people.city(), people.startup(), title="Piloto que nadie anunció")
    db.session.commit()
    trusted = coordinator(people, OrganizationStatus.VERIFIED)
    suspended = coordinator(people, OrganizationStatus.SUSPENDED)
    assert made.title in browser(trusted).get("/pilots/ours").get_data(as_text=True)
    assert made.title not in browser(suspended).get("/pilots/ours").get_data(as_text=True)


def test_its_people_no_longer_see_the_numbers_of_the_desk(people, browser):
    trusted = coordinator(people, OrganizationStatus.VERIFIED)
    suspended = coordinator(people, OrganizationStatus.SUSPENDED)
    desk = "/matches/desk"
    assert desk in browser(trusted).get("/work").get_data(as_text=True)
    assert desk not in browser(suspended).get("/work").get_data(as_text=True)
