"""Words that coordinators add to the glossary: the checks, the sheet, and what they change."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit import entries_for
from app.domain.errors import RuleBroken, SomeoneWasFaster
from app.domain.states import TuningAction
from app.extensions import db
from app.matches.models import Match
from app.matches.tuning import lines, queries, service, sheet
from app.matches.tuning.glossary import findings, has_errors, line_of
from app.web.language import force_locale
from tests.challenges.build import challenge
from tests.matches.build import solution
from tests.matches.desk import LINE, Desk

LOCAL = ("zanjón|aliviadero", "vala", "storm ditch")


@pytest.fixture
def desk(people):
    return Desk(people)


@pytest.fixture
def trial(desk):
    return desk.start()


@pytest.fixture
def english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def _sentences(*given):
    return [(one.number, str(one.sentence), one.is_error) for one in findings(given)]


def test_cells_are_cut_at_bars_and_ends_of_lines():
    assert line_of([" zanjón |\n aliviadero\nzanjón", "vala  de\tchuva", "ditch||"]) == (
        "zanjón|aliviadero",
        "vala de chuva",
        "ditch",
    )


@pytest.mark.usefixtures("english")
def test_a_good_line_has_nothing_to_say():
    assert _sentences(LINE) == []


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([("", "vala", "ditch")], "Write at least one word in each language."),
        ([("zanjón", "a b c d e f", "storm")], "“a b c d e f” is too long: at most five words."),
        ([("zanjón", "vala", "x" * 61)], f"“{'x' * 61}” is too long: at most five words."),
        ([("zanjón", "123", "ditch")], "“123” holds no letters."),
        ([("basura", "lixo", "waste")], "The glossary knows this already, as “waste”."),
        ([("Residuos", "LIXO", "rubbish")], "The glossary knows this already, as “waste”."),
    ],
)
def test_mistakes_are_told(given, sentence):
    assert (1, sentence, True) in _sentences(*given)


@pytest.mark.usefixtures("english")
def test_one_word_stands_in_one_line():
    told = _sentences(LINE, ("Zanjon", "outra coisa", "something else"))
    assert told == [(2, "“zanjon” stands in line 1 already.", True)]


@pytest.mark.usefixtures("english")
def test_words_taken_from_a_shipped_concept_are_told_but_allowed():
    told = _sentences(("mugre|basura", "sujeira", "grime"))
    assert told == [
        (
            1,
            "It takes basura away from “waste”. To add to that concept instead, write “waste” "
            "first in English.",
            False,
        )
    ]
    assert _sentences(("mugre|basura", "sujeira", "waste|grime")) == []


def test_lines_are_added_changed_and_withdrawn_with_their_trail(desk, trial):
    actor = desk.coordinator.actor
    lines.add(trial, LINE, actor, trial.version)
    lines.add(trial, ("pichanga", "pelada", "kickabout"), actor, None)
    lines.change(trial, 1, LOCAL, actor, None)
    assert trial.scales.concepts == (LOCAL, ("pichanga", "pelada", "kickabout"))
    lines.withdraw(trial, 2, actor, None)
    assert trial.scales.concepts == (LOCAL,)
    assert [entry.action for entry in entries_for(trial)] == [
        "create",
        "add_concept",
        "add_concept",
        "edit_concept",
        "withdraw_concept",
    ]
    assert entries_for(trial)[3].details["former"] == list(LINE)


def test_mistakes_and_old_pages_change_nothing(desk, trial):
    actor = desk.coordinator.actor
    lines.add(trial, LINE, actor, None)
    db.session.commit()
    seen = trial.version
    with pytest.raises(RuleBroken) as broken:
        lines.add(trial, LINE, actor, seen)
    assert broken.value.details["number"] == 2
    with pytest.raises(SomeoneWasFaster):
        lines.withdraw(trial, 1, actor, seen - 1)
    with pytest.raises(RuleBroken):
        lines.replace_all(trial, [LOCAL, LINE], actor, seen)
    assert trial.scales.concepts == (LINE,)


def test_the_comparison_counts_the_texts_that_a_concept_touches(desk, people, run_jobs):
    city = people.city()
    challenge(city, title="El zanjón se desborda")
    for number in range(6):
        solution(desk.startup, summary=f"Mide los aliviaderos número {number}")
    trial = desk.start()
    actor = desk.coordinator.actor
    lines.add(trial, ("zanjón|aliviadero|de la", "extravasor", "spillway"), actor, None)
    lines.add(trial, ("cosa rara", "coisa rara", "oddity"), actor, None)
    desk.compare(trial, run_jobs)
    texts = trial.comparison.result["texts"]
    assert (texts["solutions"], texts["challenges"]) == (8, 2)
    common, rare = texts["lines"]
    assert (common["solutions"], common["challenges"]) == (6, 1)
    assert common["loudest"] == [["aliviaderos", 6], ["zanjón", 1]]
    assert common["unread"] == ["de la"]
    assert (rare["solutions"], rare["challenges"], rare["loudest"]) == (0, 0, [])


def test_a_concept_joins_the_languages_once_it_is_accepted(desk, people, run_jobs):
    waiting = challenge(
        people.city(),
        title="El zanjón",
        question="",
        summary="",
        problem="",
        affected="",
        expected_result="",
    )
    brazilian = solution(
        desk.startup, title="Vala", summary="", description="", problems_solved="", use_cases="vala"
    )
    service.enqueue("matches.suggest", challenge=waiting.id)
    db.session.commit()
    run_jobs()
    assert db.session.query(Match).filter_by(challenge_id=waiting.id).count() == 0
    trial = desk.start()
    lines.add(trial, LOCAL, desk.coordinator.actor, None)
    desk.compare(trial, run_jobs)
    [line] = trial.comparison.result["texts"]["lines"]
    assert (line["solutions"], line["challenges"]) == (1, 1)
    desk.act(trial, TuningAction.ACCEPT)
    run_jobs()
    row = db.session.query(Match).filter_by(challenge_id=waiting.id).one()
    assert row.solution_id == brazilian.id
    assert (row.parts[0]["need"], row.parts[0]["offer"]) == ("zanjón", "vala")
    assert row.parameters["glossary"] == queries.present_scales().glossary != ""


CELLS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="|"), min_size=1
).map(lambda text: " ".join(text.split()))
LINES = st.lists(st.tuples(CELLS, CELLS, CELLS).filter(all), max_size=4)


@given(LINES)
def test_what_is_exported_is_imported_as_it_was(given):
    kept = [line_of(line) for line in given]
    assert sheet.read(sheet.written(kept)) == kept


@given(LINES)
def test_no_cell_is_a_formula(given):
    for row in csv.reader(io.StringIO(sheet.written(given))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_sheets_of_other_programs_are_read(mark):
    text = "\ufeffEN,es , pt\nditch,zanjón,vala\n,,\n".replace(",", mark)
    assert sheet.read(text) == [("zanjón", "vala", "ditch")]
    with pytest.raises(ValueError, match="pt"):
        sheet.read("es,en\na,b")


def test_the_glossary_on_the_pages(desk, trial, browser):
    tab = browser(desk.coordinator)
    address = f"/matches/tuning/{trial.public_id}/glossary"
    assert "No words were added" in tab.get(address).text
    fields = {"es": "zanjón\naliviadero", "pt": "vala", "en": "storm ditch", "version": "1"}
    wrong = tab.post(f"{address}/new", {**fields, "pt": "=1+1|2"})
    assert wrong.status_code == 422
    assert "holds no letters" in wrong.text
    assert "zanjón\naliviadero" in wrong.text
    assert tab.post(f"{address}/new", fields).status_code == 302
    page = tab.get(address).text
    assert "zanjón, aliviadero" in page
    assert tab.post(f"{address}/new", fields).status_code == 422
    form = tab.get(f"{address}/1")
    assert "zanjón\naliviadero" in form.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', form.text)[1]
    changed = {**fields, "en": "storm ditch|gully", "version": version}
    assert tab.post(f"{address}/1", changed).status_code == 302
    answer = tab.get(f"{address}.csv")
    assert answer.text == "es,pt,en\r\nzanjón|aliviadero,vala,storm ditch|gully\r\n"
    assert answer.headers["Content-Type"].startswith("text/csv")
    for number in ("2", "9999"):
        assert tab.get(f"{address}/{number}").status_code == 404
        assert tab.post(f"{address}/{number}/withdraw").status_code == 404
    assert tab.post(f"{address}/1/withdraw", {"version": "1"}).status_code == 409
    assert tab.post(f"{address}/1/withdraw").status_code == 302
    assert "No words were added" in tab.get(address).text


def test_a_sheet_is_imported_whole_or_not_at_all(desk, trial, browser):
    tab = browser(desk.coordinator)
    address = f"/matches/tuning/{trial.public_id}/glossary/import"
    assert tab.get(address).status_code == 200
    sent = {"version": str(trial.version)}
    for text, told in (
        ("", "Choose a file"),
        ("spanish,other\na,b", "must name the columns"),
        ("es,pt,en\nzanjón,vala,ditch\nzanjón,,x\n", "Line 2:"),
    ):
        answer = tab.post(address, {**sent, "pasted": text})
        assert answer.status_code == 422
        assert told in answer.text
    assert trial.concepts == []
    upload = (io.BytesIO("es,pt,en\n'-zanjón,vala,storm ditch\n".encode()), "a.csv")
    assert tab.post(address, {**sent, "file": upload}).status_code == 302
    assert trial.scales.concepts == (("-zanjón", "vala", "storm ditch"),)
    binary = (io.BytesIO(b"\xff\xfe\x00"), "a.csv")
    assert tab.post(address, {**sent, "file": binary}).status_code == 422


@pytest.mark.usefixtures("english")
def test_findings_know_whether_something_must_be_mended():
    assert has_errors(findings([("", "", "")]))
    assert not has_errors(findings([("mugre|basura", "sujeira", "grime")]))
