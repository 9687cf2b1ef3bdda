"""Moving things along: the row is found, the permission and reason checked, the audit written."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from app.audit import entries_for
from app.challenges.models import Challenge
from app.domain.actors import SYSTEM
from app.domain.errors import NotAllowed, OutOfOrder, ReasonMissing, SomeoneWasFaster
from app.domain.states import ChallengeAction as A
from app.domain.states import ChallengeStatus as S
from app.domain.states import MatchAction, MatchStatus
from app.domain.workflows import MATCH
from app.extensions import db
from app.lifecycle import Act, Lifecycle, _check_reason, advance, apply, available, new_public_id
from tests.challenges.build import challenge


def trail(thing) -> list[tuple]:
    return [(entry.action, entry.from_status, entry.to_status) for entry in entries_for(thing)]


def test_an_act_sets_the_state_and_writes_who_what_why(people):
    city, coordinator = people.city(), people.coordinator()
    thing = challenge(city, S.IN_REVIEW)
    since = thing.status_since
    entry = advance(thing, A.REQUEST_CHANGES, coordinator.actor, "  Falta la línea de base.  ")
    db.session.commit()
    assert thing.status is S.CHANGES_REQUESTED
    assert thing.status_since > since
    assert (entry.actor_id, entry.organization_id) == (coordinator.id, coordinator.organization.id)
    assert entry.reason == "Falta la línea de base."
    assert trail(thing) == [("request_changes", "in_review", "changes_requested")]


def test_the_platform_acts_without_a_person(people):
    thing = challenge(people.city())
    entry = advance(thing, A.MATCH, SYSTEM)
    assert (entry.actor_id, thing.status) == (None, S.MATCHED)


def test_a_step_out_of_order_changes_nothing(people):
    thing = challenge(people.city(), S.DRAFT)
    with pytest.raises(OutOfOrder):
        advance(thing, A.PUBLISH, people.coordinator().actor)
    assert (thing.status, trail(thing)) == (S.DRAFT, [])


def test_the_neighbour_may_not_act(people):
    thing = challenge(people.city(), S.DRAFT)
    with pytest.raises(NotAllowed) as refusal:
        advance(thing, A.SUBMIT, people.city().actor)
    assert refusal.value.details == {"permission": "challenge:submit"}
    assert (thing.status, trail(thing)) == (S.DRAFT, [])


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_reason_that_is_asked_for_must_be_given(people, reason):
    city = people.city()
    thing = challenge(city)
    with pytest.raises(ReasonMissing):
        advance(thing, A.CANCEL, city.actor, reason)
    assert thing.status is S.PUBLISHED


def test_a_code_must_be_of_the_rows_own_list():
    dismiss = MATCH.find(MatchAction.DISMISS, MatchStatus.SUGGESTED)
    approve = MATCH.find(MatchAction.APPROVE, MatchStatus.SUGGESTED)
    _check_reason(dismiss, "", "off_topic")
    _check_reason(approve, "", None)
    for row, code in ((dismiss, None), (dismiss, "no_budget"), (approve, "off_topic")):
        with pytest.raises(ReasonMissing):
            _check_reason(row, "", code)


def test_who_saw_an_older_version_is_told(people):
    city = people.city()
    thing = challenge(city)
    with pytest.raises(SomeoneWasFaster):
        apply(thing, Act(A.CANCEL, "why", version=thing.version - 1), city.actor)
    assert thing.status is S.PUBLISHED
    apply(thing, Act(A.CANCEL, "why", version=thing.version), city.actor)
    assert thing.status is S.CANCELLED


def test_a_change_behind_ones_back_is_noticed(people):
    coordinator = people.coordinator()
    thing = challenge(people.city(), S.IN_REVIEW)
    assert thing.version == 1
    db.session.execute(text("UPDATE challenge SET version = version + 1"))
    with pytest.raises(SomeoneWasFaster):
        advance(thing, A.PUBLISH, coordinator.actor)
    db.session.rollback()
    assert (thing.status, trail(thing)) == (S.IN_REVIEW, [])


def test_available_is_the_table_filtered_by_the_permission(people):
    city, coordinator = people.city(), people.coordinator()
    thing = challenge(city, S.IN_REVIEW)
    assert {row.action for row in available(thing, city.actor)} == {A.CANCEL}
    assert {row.action for row in available(thing, coordinator.actor)} == {
        *(A.PUBLISH, A.REQUEST_CHANGES, A.CANCEL),
    }
    assert not list(available(thing, people.city().actor))


def test_the_database_refuses_a_state_that_does_not_exist(people):
    challenge(people.city())
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE challenge SET status = 'lost'"))
    db.session.rollback()


def test_a_value_outside_the_list_is_refused_before_the_database(people):
    thing = challenge(people.city())
    thing.sector = "alchemy"
    with pytest.raises(StatementError, match="alchemy"):
        db.session.flush()
    db.session.rollback()


def test_a_life_begins_at_the_beginning(people):
    thing = Challenge(organization_id=people.city().organization.id)
    assert thing.status is S.DRAFT


def test_a_kind_of_thing_must_say_whose_it_is():
    class Nameless(Lifecycle):
        __abstract__ = True

    with pytest.raises(NotImplementedError):
        Nameless.subject.fget(None)


def test_public_identifiers_are_long_random_and_readable():
    made = {new_public_id() for _ in range(2000)}
    assert len(made) == 2000
    assert all(re.fullmatch("[2-9a-hjkmnp-z]{12}", one) for one in made)
