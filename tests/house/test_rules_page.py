"""The generated page of rules says what the tables say."""

from app.commands.rules import PAGE
from app.commands.rules_page import rules_page
from app.domain.permissions import POLICY
from app.domain.workflows import WORKFLOWS


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run: make rules"


def test_the_page_holds_every_row_and_permission():
    page = rules_page()
    for workflow in WORKFLOWS:
        for row in workflow.transitions:
            for source in row.sources:
                assert f"    {source} --> {row.target}: {row.action}\n" in page
    for permission in POLICY:
        assert f"| `{permission}` |" in page


def test_the_page_does_not_depend_on_the_order_of_the_table(monkeypatch):
    page = rules_page()
    turned = dict(reversed(POLICY.items()))
    monkeypatch.setattr("app.commands.rules_page.POLICY", turned)
    assert rules_page() == page
