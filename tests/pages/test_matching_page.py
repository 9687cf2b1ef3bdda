"""The public page about the matching says what is measured and what counts."""

import re
from pathlib import Path

from app.domain.states import TuningStatus
from app.extensions import db
from app.matches.tuning.models import Tuning
from app.pages.quality import MEASURED

DOCS = Path(__file__).resolve().parents[2] / "docs" / "matching.md"


def test_the_figures_are_those_of_the_documentation():
    lines = DOCS.read_text().splitlines()
    for measure in MEASURED:
        ours, plain = (
            f" {value:.3f} ".replace("0.", ".") for value in (measure.ours, measure.plain)
        )
        assert any(ours in line and plain in line for line in lines), measure


def _value(page, label):
    return re.search(rf'<th scope="row">{label}</th>\s*<td[^>]*>([^<]*)</td>', page)[1]


def test_it_tells_the_settings_that_count(app, browser):
    page = browser().get("/how-matching-works").text
    assert _value(page, "A word of the use cases counts") == "4 times"
    assert _value(page, "Same sector closes of the gap") == "0%"
    assert "These are the settings that the platform ships with." in page
    assert "78%" in page
    db.session.add(
        Tuning(status=TuningStatus.TRIAL, uses_weight=7.0, concepts=[["secreta", "b", "c"]])
    )
    assert "4 times" in browser().get("/how-matching-works").text
    db.session.add(
        Tuning(
            status=TuningStatus.ACCEPTED,
            uses_weight=5.0,
            sector_bonus=0.05,
            concepts=[["zanjón", "vala", "ditch"]],
        )
    )
    page = browser().get("/how-matching-works").text
    assert _value(page, "A word of the use cases counts") == "5 times"
    assert _value(page, "Same sector closes of the gap") == "5%"
    assert _value(page, "Concepts added to the glossary") == "1"
    assert "So it is since" in page
