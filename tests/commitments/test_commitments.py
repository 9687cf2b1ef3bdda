"""How a year's commitments are derived, and who reads them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from app import audit
from app.calls.enrolments.queries import living
from app.commitments import queries
from app.commitments.rules import Duty, Standing, days_left, in_year, project_standing, year_bounds
from app.domain.call_states import EnrolmentStatus
from app.domain.states import OrganizationStatus, PilotStatus
from app.domain.vocabulary import Country, PilotDecision
from app.extensions import db
from app.web.formats import ZONES
from tests.calls.enrolments.build import member
from tests.pilots.build import pilot

ZONE = st.sampled_from(sorted(set(ZONES.values())))
MOMENT = st.integers(
    int(datetime(2024, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()),
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(MOMENT, ZONE)
def test_a_moment_belongs_to_exactly_one_year_of_a_city(moment, zone):
    here = moment.astimezone(ZoneInfo(zone)).year
    assert [year for year in range(2022, 2032) if in_year(moment, year, zone)] == [here]
    begins, ends = year_bounds(here, zone)
    assert begins <= moment < ends


@given(ZONE, st.integers(2024, 2030))
def test_the_year_turns_at_midnight_of_the_city(zone, year):
    turn = datetime(year + 1, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    before, after = turn - timedelta(seconds=1), turn
    assert project_standing(year, zone, [before], False, after) is Standing.MET
    assert project_standing(year, zone, [after], False, after) is Standing.NOT_MET
    assert project_standing(year, zone, [], True, before) is Standing.IN_PROGRESS
    assert project_standing(year, zone, [], False, before) is Standing.PENDING
    assert project_standing(year, zone, [], True, after) is Standing.NOT_MET
    assert (days_left(year, zone, before), days_left(year + 1, zone, after)) == (
        0,
        364 + ((year + 1) % 4 == 0),
    )


@given(MOMENT, ZONE, st.lists(MOMENT, max_size=3), st.booleans())
def test_one_finished_pilot_is_enough_and_none_is_never(now, zone, finished, goes_on):
    year = now.astimezone(ZoneInfo(zone)).year
    standing = project_standing(year, zone, finished, goes_on, now)
    assert (standing is Standing.MET) == any(in_year(end, year, zone) for end in finished)


def _finish(thing, moment):
    thing.decision = PilotDecision.SCALE
    thing.finished_at = moment
    thing.status = PilotStatus.FINISHED
    db.session.commit()


@time_machine.travel(datetime(2027, 1, 1, 2, 30, tzinfo=UTC), tick=False)
def test_at_the_turn_of_the_year_each_city_has_its_own(people):
    """At 02:30 UTC it is still 2026 in Buenos Aires; a pilot that ends there meets 2026."""
    argentina = member(people.city(name="Rosario"))
    thing = pilot(argentina, people.startup(), PilotStatus.CLOSING)
    _finish(thing, datetime(2027, 1, 1, 2, 0, tzinfo=UTC))
    row = queries.of_city(argentina.organization, 2026)
    assert (row.project.standing, row.days_left) == (Standing.MET, 0)
    assert [p.id for p in row.project.pilots] == [thing.id]
    after = queries.of_city(argentina.organization, 2027)
    assert after.project.standing is Standing.PENDING
    assert after.project.pilots == ()


@time_machine.travel(datetime(2026, 11, 22, 15, tzinfo=UTC), tick=False)
def test_states_of_the_year_for_all_cities(people, browser):
    met, going, idle, halted = (
        member(people.city(name=name)) for name in ("Colonia", "Fortaleza", "Maipú", "Salto")
    )
    living(halted.organization.id).status = EnrolmentStatus.SUSPENDED
    startup = people.startup()
    newcomer = member(people.city(name="Newcomer"), since=date(2027, 2, 1))
    member(people.city(name="Unverified", status=OrganizationStatus.PENDING))
    people.city(name="Applicant")
    _finish(pilot(met, startup, PilotStatus.CLOSING), datetime(2026, 3, 1, tzinfo=UTC))
    prepared = pilot(going, startup)
    audit.record(prepared, "edit", going.actor)
    db.session.commit()
    rows = {row.city.name: row for row in queries.all_cities(2026)}
    assert {name: row.project.standing for name, row in rows.items() if row.project} == {
        "Colonia": Standing.MET,
        "Fortaleza": Standing.IN_PROGRESS,
        "Maipú": Standing.PENDING,
    }
    assert {row.days_left for row in rows.values()} == {39}
    assert newcomer.organization.name not in rows
    assert "Applicant" not in rows
    assert rows["Salto"].is_suspended
    by_duty = {one.duty: one for one in rows["Fortaleza"].commitments}
    assert list(by_duty) == list(Duty)
    assert by_duty[Duty.UP_TO_DATE].last_edit == date(2026, 11, 22)
    assert by_duty[Duty.MEETINGS].standing is None
    assert {one.duty: one for one in rows["Colonia"].commitments}[Duty.SHARING].cases == 1

    page = browser(people.coordinator()).get("/commitments/?year=2026")
    assert page.status_code == 200
    assert "Not recorded on the platform" in page.text
    assert idle.organization.name in page.text
    assert "Membership suspended" in page.text


def test_only_the_coordination_sees_all_cities_but_each_city_page_says_its_own(people, browser):
    city = member(people.city(country=Country.URUGUAY))
    for reader, status in ((city, 403), (people.startup(), 403), (None, 302)):
        assert browser(reader).get("/commitments/").status_code == status
    address = f"/organizations/{city.organization.slug}"
    assert "A collaborative project" in browser().get(address).text
    stranger = f"/organizations/{people.city().organization.slug}"
    assert "A collaborative project" not in browser().get(stranger).text
    startup = people.startup()
    other = f"/organizations/{startup.organization.slug}"
    assert "A collaborative project" not in browser().get(other).text


@pytest.mark.parametrize("year", ["", "0", "1999", "abc", "99999999999999999999", "２０２６"])
def test_any_year_in_the_address_answers(people, browser, year):
    assert browser(people.coordinator()).get(f"/commitments/?year={year}").status_code == 200
