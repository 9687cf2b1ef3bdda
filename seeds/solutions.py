"""The demo's solutions: the startups' own and real digital public goods."""

from typing import Any

from app.domain.actors import Actor
from app.domain.states import SolutionAction as Do
from app.domain.vocabulary import DecisionRole, Hosting, Language, ModelFamily, Sector
from app.lifecycle import Act
from app.solutions import service
from seeds import cast, content
from seeds.calendar import Calendar
from seeds.content import Row

TEXTS = (
    "title",
    "summary",
    "description",
    "problems_solved",
    "use_cases",
    "ai_purpose",
    "data_origin",
    "human_oversight",
    "limits",
    "licence",
    "repository_url",
    "website",
    "references",
    "steward",
    "source_id",
)
LISTS = ("languages", "countries", "sdgs")
_UNFINISHED = ("draft", "in_review", "changes_requested")
_FIRST_DAY, _DAYS_BETWEEN = -380, 4
_BEFORE_A_STORY = 40
_STEPS = {
    "draft": (),
    "in_review": (Do.SUBMIT,),
    "changes_requested": (Do.SUBMIT, Do.REQUEST_CHANGES),
    "published": (Do.SUBMIT, Do.PUBLISH),
    "suspended": (Do.SUBMIT, Do.PUBLISH, Do.SUSPEND),
    "withdrawn": (Do.SUBMIT, Do.PUBLISH, Do.WITHDRAW),
}
_BY_THE_COORDINATION = (Do.PUBLISH, Do.REQUEST_CHANGES, Do.SUSPEND)


def plan(calendar: Calendar) -> None:
    """Let each solution be written and brought to its stage, a step every other day."""
    for index, (key, row) in enumerate(content.solutions().items()):
        day = _first_day(key, row, index)
        calendar.add(day, _create, row)
        for step, action in enumerate(_STEPS[row["stage"]], start=1):
            calendar.add(day + 2 * step, _act, row, action)


def _first_day(key: str, row: Row, index: int) -> int:
    if row["stage"] in _UNFINISHED:
        return -10 - index % 3
    needed = [
        content.challenges()[story["challenge"]]["opens_in_days"] - _BEFORE_A_STORY
        for story in content.stories()
        if story["solution"] == key
    ]
    return min(_FIRST_DAY + _DAYS_BETWEEN * index, *needed, -_BEFORE_A_STORY)


def _author(row: Row) -> Actor:
    startup = cast.startup_of(row["key"])
    return cast.coordinator() if startup is None else cast.owner_of(startup)


def _create(row: Row) -> None:
    service.create(_values(row), _author(row))


def _values(row: Row) -> dict[str, Any]:
    return {
        **{name: row.get(name, "") for name in TEXTS},
        **{name: row[name] for name in LISTS},
        "lang": Language(row["lang"]),
        "sector": Sector(row["sector"]),
        "trl": row["trl"],
        "decision_role": DecisionRole(row["decision_role"]) if "decision_role" in row else None,
        "model_family": ModelFamily(row["model_family"]) if "model_family" in row else None,
        "hosting": Hosting(row["hosting"]) if "hosting" in row else None,
    }


def _act(row: Row, action: Do) -> None:
    reviews = action in _BY_THE_COORDINATION
    actor = cast.coordinator("BR" if row["lang"] == "pt" else "AR") if reviews else _author(row)
    needs_reason = action in (Do.REQUEST_CHANGES, Do.SUSPEND)
    reason = row["review_note"] if needs_reason else ""
    service.act(cast.solution(row["key"]), Act(action, reason), actor)
