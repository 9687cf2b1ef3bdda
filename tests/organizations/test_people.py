"""The people of an organization: roles, leaving, the last owner."""

import pytest

from app.audit import entries_for
from app.domain.vocabulary import OrganizationKind, Role
from app.extensions import db
from app.organizations import people as service
from app.organizations.models import Membership, Organization, User
from tests.organizations.at_once import at_once


def _url(organization, *parts):
    return "/".join(["/organizations", organization.slug, "people", *map(str, parts)])


@pytest.fixture
def team(people):
    """An owner, an editor and a reader of one city."""
    owner = people.city()
    return (
        owner,
        people.person(owner.organization, Role.EDITOR),
        people.person(owner.organization, Role.VIEWER),
    )


def test_an_owner_changes_roles_and_removes_people(team, browser):
    owner, editor, reader = team
    here = browser(owner)
    page = here.get(_url(owner.organization)).text
    assert editor.email in page
    assert here.post(_url(owner.organization, reader.membership.id, "role"), {"role": "editor"})
    assert reader.membership.role is Role.EDITOR
    answer = here.post(_url(owner.organization, editor.membership.id, "remove"))
    assert answer.status_code == 302
    db.session.expire_all()
    assert editor.membership is None
    assert editor.actor.organization_id is None
    acts = [(e.action, e.details) for e in entries_for(owner.organization)]
    assert acts == [
        ("change_role", {"person": reader.id, "before": "viewer", "after": "editor"}),
        ("leave", {"person": editor.id}),
    ]


def test_who_is_removed_while_signed_in_sees_the_inside_no_more(team, browser):
    owner, editor, _ = team
    here = browser(editor)
    path = f"/organizations/{owner.organization.slug}/edit"
    assert here.get(path).status_code == 200
    browser(owner).post(_url(owner.organization, editor.membership.id, "remove"))
    assert here.get(path).status_code == 403


def test_only_owners_and_the_coordination_manage_people(team, people, browser):
    owner, editor, reader = team
    key = reader.membership.id
    for outsider in (editor, reader, people.city(), people.startup(), people.coordinator("viewer")):
        here = browser(outsider)
        assert here.get(_url(owner.organization)).status_code == 403
        assert here.post(_url(owner.organization, key, "remove")).status_code == 403
        answer = here.post(_url(owner.organization, key, "role"), {"role": "owner"})
        assert answer.status_code == 403
    assert browser().post(_url(owner.organization, key, "remove")).status_code in (401, 403)
    assert reader.membership.role is Role.VIEWER
    here = browser(people.coordinator())
    assert here.get(_url(owner.organization)).status_code == 200


def test_a_neighbours_person_cannot_be_reached_through_ones_own_page(team, people, browser):
    owner, *_ = team
    neighbour = people.city()
    key = neighbour.membership.id
    here = browser(owner)
    assert here.post(_url(owner.organization, key, "remove")).status_code == 404
    answer = here.post(_url(owner.organization, key, "role"), {"role": "viewer"})
    assert answer.status_code == 404
    assert neighbour.membership.role is Role.OWNER


def test_the_last_owner_stays(team, people, browser):
    owner, editor, _ = team
    for post in (
        lambda: browser(owner).post("/profile/leave"),
        lambda: browser(owner).post(_url(owner.organization, owner.membership.id, "remove")),
        lambda: browser(people.coordinator()).post(
            _url(owner.organization, owner.membership.id, "role"), {"role": "editor"}
        ),
    ):
        answer = post()
        assert answer.status_code == 409
        assert "An organization needs an owner." in answer.text
    assert owner.membership.role is Role.OWNER
    browser(owner).post(_url(owner.organization, editor.membership.id, "role"), {"role": "owner"})
    assert browser(owner).post("/profile/leave").status_code == 302
    db.session.expire_all()
    assert owner.membership is None
    assert editor.membership.role is Role.OWNER


def test_nobody_changes_their_own_role(people, browser):
    coordinator = people.coordinator(Role.EDITOR)
    url = _url(coordinator.organization, coordinator.membership.id, "role")
    answer = browser(coordinator).post(url, {"role": "owner"})
    assert answer.status_code == 409
    assert coordinator.membership.role is Role.EDITOR


@pytest.mark.parametrize("role", ["", "admin", "OWNER"])
def test_unknown_roles_are_refused(team, browser, role):
    owner, editor, _ = team
    url = _url(owner.organization, editor.membership.id, "role")
    assert browser(owner).post(url, {"role": role}).status_code == 400
    assert editor.membership.role is Role.EDITOR


def test_a_reader_may_leave_but_whoever_belongs_nowhere_cannot(team, people, browser):
    *_, reader = team
    assert browser(reader).post("/profile/leave").status_code == 302
    db.session.expire_all()
    assert reader.membership is None
    assert browser(people.person()).post("/profile/leave").status_code == 404


@pytest.mark.parametrize("key", ["0", "2147483647", "99999999999999999999", "-1", "x", "１"])
def test_keys_that_lead_nowhere_are_404(team, browser, key):
    owner, *_ = team
    assert browser(owner).post(_url(owner.organization, key, "remove")).status_code == 404


def test_two_owners_who_remove_each_other_at_once_leave_one(app, people):
    one = people.city()
    other = people.person(one.organization, Role.OWNER)
    organization_id, ids = one.organization.id, [one.id, other.id]

    def leave(user_id):
        user = db.session.get_one(User, user_id)
        assert user.membership
        service.remove(user.membership, user.actor)

    results = at_once(app, lambda: leave(ids[0]), lambda: leave(ids[1]))
    assert results.count("done") == 1
    assert set(results) <= {"done", "last_owner", "StaleDataError"}
    owners = db.session.query(Membership).filter_by(organization_id=organization_id).all()
    assert [membership.role for membership in owners] == [Role.OWNER]
    assert db.session.query(Organization).count() == 1


def test_the_coordination_manages_its_own_people(people, browser):
    coordinator = people.coordinator()
    colleague = people.person(coordinator.organization, Role.VIEWER)
    assert coordinator.organization.kind is OrganizationKind.COORDINATION
    url = _url(coordinator.organization, colleague.membership.id, "role")
    assert browser(coordinator).post(url, {"role": "editor"}).status_code == 302
    assert colleague.membership.role is Role.EDITOR
