"""Building a call in the form: patterns, copies, rows, and nothing typed is lost."""

import html as entities
from datetime import UTC, datetime, timedelta

import pytest

from app.calls.models import Call, CallChange
from app.calls.rulebook.patterns import pattern
from app.calls.rules import PARTS, check_counts, check_order, dates_of
from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.call_vocabulary import CallPhase
from app.domain.vocabulary import Country, Role
from app.extensions import as_of, db, utcnow
from app.web.completeness import missing_parts
from tests.calls import build

NEW = "/calls/new"


def edit_url(thing):
    return f"/calls/{thing.public_id}/edit"


@pytest.fixture
def draft(coordinator):
    return build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING)


@pytest.mark.parametrize("country", Country)
def test_each_pattern_makes_a_call_that_lacks_nothing_but_its_committee(
    coordinator, browser, country
):
    fields = {"source": f"pattern:{country}", "year": "2031"}
    answer = browser(coordinator).post(NEW, fields)
    thing = db.session.query(Call).one()
    assert answer.headers["Location"] == edit_url(thing)
    assert (thing.country, thing.year, thing.status) == (country, 2031, CallStatus.DRAFT)
    assert "2031" in thing.title
    assert missing_parts(PARTS, thing) == []
    assert [part.name for part in PARTS if not part.filled(thing)] == ["chair"]
    check_order(dates_of(thing))
    check_counts(thing)
    assert thing.lang == ("pt" if country is Country.BRAZIL else "es")


def test_the_argentine_pattern_has_the_dates_of_the_first_open_call():
    said = pattern(Country.ARGENTINA, 2026)
    assert said["closes_at"].astimezone(UTC) == datetime(2026, 1, 1, 2, 59, 59, tzinfo=UTC)
    assert said["preliminary_at"].isoformat() == "2026-01-26T12:00:00-03:00"
    assert [(one["kind"], one["max_pages"]) for one in said["documents"]][1] == ("report", 5)
    assert len(said["requirements"]) == 5


def test_a_former_call_is_copied(coordinator, browser):
    former = build.call(coordinator, CallStatus.FINAL, CallPhase.FINAL, title="Cohorte 2026")
    page = browser(coordinator).get(f"{NEW}?former={former.public_id}").text
    assert f'value="call:{former.public_id}" selected' in page
    fields = {"source": f"call:{former.public_id}", "year": "2027"}
    assert browser(coordinator).post(NEW, fields).status_code == 302
    made = db.session.query(Call).filter_by(status=CallStatus.DRAFT).one()
    assert (made.title, made.copied_from_id) == ("Cohorte 2027", former.id)


def test_only_a_coordination_builds_and_nobody_copies_the_draft_of_another(people, browser):
    theirs = build.call(people.coordinator(), CallStatus.DRAFT, title="Secreta 2030")
    other = people.coordinator()
    assert browser(people.city()).get(NEW).status_code == 403
    assert browser(people.person(other.organization, Role.VIEWER)).get(NEW).status_code == 403
    assert "Secreta" not in browser(other).get(NEW).text
    fields = {"source": f"call:{theirs.public_id}", "year": "2031"}
    assert browser(other).post(NEW, fields).status_code == 422
    assert browser(other).get(edit_url(theirs)).status_code == 404
    assert db.session.query(Call).count() == 1


def test_saving_a_draft_unchanged_changes_nothing(coordinator, browser, typed, draft):
    rows = [one.id for one in draft.criteria]
    dates, ties = dates_of(draft), draft.tie_breaks
    reader = browser(coordinator)
    page = reader.get(edit_url(draft)).text
    assert reader.post(edit_url(draft), typed(page)).status_code == 302
    db.session.refresh(draft)
    assert [one.id for one in draft.criteria] == rows
    assert (dates_of(draft), draft.tie_breaks) == (dates, ties)
    assert [one.labels[1] for one in draft.criteria] == ["Poco"] * 3
    assert [(one.kind, one.field, one.value) for one in draft.quotas] == [
        ("cap", "region", ""),
        ("reserve", "population", "small"),
    ]


def test_seconds_are_read_in_the_hours_of_the_country(coordinator, browser, typed, draft):
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text)
    year = utcnow().year + 1
    fields |= {"closes_at": f"{year}-06-30T23:59:59", "country": "CL"}
    for name in ("evaluation_closes_at", "preliminary_at", "appeals_close_at", "final_at"):
        fields[name] = ""
    fields["adhesion_closes_at"] = ""
    assert reader.post(edit_url(draft), fields).status_code == 302
    db.session.refresh(draft)
    assert draft.closes_at == datetime(year, 7, 1, 3, 59, 59, tzinfo=UTC)
    assert draft.timezone == "America/Santiago"
    assert f'value="{year}-06-30T23:59:59"' in reader.get(edit_url(draft)).text


def test_an_hour_that_the_clocks_skip_is_refused_and_stays_in_the_form(coordinator, browser, typed):
    empty = dict.fromkeys(build.dates())
    thing = build.call(
        coordinator,
        CallStatus.DRAFT,
        country=Country.CHILE,
        timezone="America/Santiago",
        **empty,
    )
    reader = browser(coordinator)
    # Summer time begins in Chile at midnight from the 5th to the 6th of September 2026.
    fields = typed(reader.get(edit_url(thing)).text) | {"closes_at": "2026-09-06T00:30:00"}
    answer = reader.post(edit_url(thing), fields)
    assert answer.status_code == 422
    assert "The clocks skip this hour" in answer.text
    assert 'value="2026-09-06T00:30:00"' in answer.text


def test_dates_out_of_order_are_told_beside_the_field(coordinator, browser, typed, draft):
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text)
    fields["closes_at"] = fields["opens_at"]
    fields["questions_close_at"] = ""
    answer = reader.post(edit_url(draft), fields)
    assert answer.status_code == 422
    assert "This must come after “Applications open”." in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quorum": "3"}, "It cannot be more than the reviews of each application."),
        ({"cut_off": "101"}, "Totals run from 0 to 100."),
        ({"contact_email": "nobody"}, "Write an address such as"),
        ({"criteria-0-minimum": "6"}, "The minimum cannot be more than the highest score."),
        ({"criteria-0-weight": "0"}, "Choose a weight from 0.01 to 1000."),
        ({"criteria-0-labels": "one\ntwo"}, "Write one line for each score from 0 to 5"),
        ({"criteria-0-name": ""}, "Fill this in, or leave the whole row empty."),
        ({"quotas-0-group": ""}, "Fill this in, or leave the whole row empty."),
        ({"quotas-0-group": "region:BR-SP"}, "Not a valid choice"),
        ({"documents-0-max_megabytes": "21"}, "Number must be between 1 and 20."),
        ({"title": " "}, "This field is required."),
    ],
)
def test_what_cannot_be_kept_is_told_and_all_of_it_stays(
    coordinator, browser, typed, draft, changes, sentence
):
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text)
    answer = reader.post(edit_url(draft), {**fields, **changes, "rules": "Palabras <nuevas>"})
    assert answer.status_code == 422
    assert sentence in entities.unescape(answer.text)
    assert "Palabras &lt;nuevas&gt;" in answer.text
    db.session.refresh(draft)
    assert draft.rules == "Bases y condiciones de la convocatoria."


def test_a_row_emptied_is_dropped_and_ties_follow_the_rows(coordinator, browser, typed, draft):
    first, _second, third = (one.id for one in draft.criteria)
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text)
    for name in ("name", "weight", "help", "labels"):
        fields[f"criteria-1-{name}"] = ""
    fields |= {"tie_breaks-0": "row:3", "tie_breaks-1": "row:2", "tie_breaks-2": "row:1"}
    assert reader.post(edit_url(draft), fields).status_code == 302
    db.session.refresh(draft)
    assert [one.id for one in draft.criteria] == [first, third]
    assert draft.tie_breaks == [f"criterion:{third}", f"criterion:{first}"]


def test_a_new_row_is_offered_without_saving_and_ties_know_its_place(
    coordinator, browser, typed, draft
):
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text)
    answer = reader.post(edit_url(draft), {**fields, "title": "Otro", "add_row": "criteria"})
    assert answer.status_code == 200
    again = typed(answer.text)
    assert again["title"] == "Otro"
    assert again["criteria-3-name"] == ""
    again |= {"criteria-3-name": "Nuevo", "criteria-3-weight": "100", "tie_breaks-0": "row:4"}
    page = reader.post(edit_url(draft), {**again, "add_row": "tie_breaks"}).text
    assert "Higher score in criterion 4: Nuevo" in page
    assert "Nuevo: 50 %" in page
    assert reader.post(edit_url(draft), again).status_code == 302
    db.session.refresh(draft)
    assert draft.tie_breaks[0] == f"criterion:{draft.criteria[3].id}"


def test_a_row_of_another_call_is_not_taken(coordinator, browser, typed, draft):
    other = build.call(coordinator, CallStatus.DRAFT, CallPhase.UPCOMING)
    theirs = other.criteria[0].id
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text) | {"criteria-0-id": str(theirs)}
    assert reader.post(edit_url(draft), fields).status_code == 302
    db.session.refresh(other)
    assert theirs in [one.id for one in other.criteria]
    assert theirs not in [one.id for one in draft.criteria]


def test_who_saves_second_is_told_and_keeps_the_text(coordinator, browser, typed, draft):
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(draft)).text)
    assert reader.post(edit_url(draft), {**fields, "summary": "La primera"}).status_code == 302
    answer = reader.post(edit_url(draft), {**fields, "summary": "La segunda"})
    assert answer.status_code == 422
    assert "Somebody saved other changes" in answer.text
    assert "La segunda" in answer.text
    db.session.refresh(draft)
    assert draft.summary == "La primera"
    assert reader.post(edit_url(draft), typed(answer.text)).status_code == 302
    db.session.refresh(draft)
    assert draft.summary == "La segunda"


def test_a_published_call_changes_in_public_with_reason(people, coordinator, city, browser, typed):
    thing = build.call(coordinator)
    build.application(thing, city, ApplicationStatus.DRAFT)
    closes, reader = thing.closes_at, browser(coordinator)
    fields = typed(reader.get(edit_url(thing)).text)
    assert "closes_at" not in fields
    assert "country" not in fields
    forged = {**fields, "seats": "7", "closes_at": "2031-01-01T00:00:00", "country": "BR"}
    refused = reader.post(edit_url(thing), forged)
    assert refused.status_code == 422
    assert 'value="7"' in refused.text
    why = {"reason": "Un aporte nuevo", "decided_by": "Comité ejecutivo"}
    assert reader.post(edit_url(thing), forged | why).status_code == 302
    db.session.refresh(thing)
    assert (thing.seats, thing.closes_at, thing.country) == (7, closes, "AR")
    assert [(one.field, one.after) for one in db.session.query(CallChange)] == [("seats", "7")]
    page = browser().get(f"/calls/{thing.public_id}").text
    assert "Un aporte nuevo" in page
    assert "Comité ejecutivo" in page


def test_a_form_opened_before_the_closing_and_sent_after_changes_nothing(
    coordinator, browser, typed
):
    thing = build.call(coordinator)
    reader = browser(coordinator)
    fields = typed(reader.get(edit_url(thing)).text)
    why = {"reason": "Tarde", "decided_by": "Nadie"}
    thing.closes_at = utcnow() - timedelta(seconds=1)
    thing.questions_close_at = thing.closes_at
    db.session.commit()
    fields["version"] = str(thing.version)
    answer = reader.post(edit_url(thing), {**fields, **why, "seats": "9"})
    assert answer.status_code == 409
    assert "The form has closed" in answer.text
    with as_of(utcnow()):
        db.session.refresh(thing)
        assert thing.seats == 2
