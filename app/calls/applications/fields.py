"""What an application asks: one list for the form, the preview, the gate and the versions.

Every piece has a key: the name of a column, ``requirement:<id>`` or ``document:<id>``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from app.calls.models import Call
from app.calls.rulebook.models import RequiredDocument
from app.domain.call_vocabulary import DocumentKind


class Kind(StrEnum):
    """How a piece is written and shown."""

    LINE = "line"
    TEXT = "text"
    WEB = "web"
    EMAIL = "email"
    NUMBER = "number"
    DATE = "date"
    YES = "yes"
    TAX_ID = "tax_id"
    CODE = "code"
    PLACE = "place"
    REQUIREMENT = "requirement"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of an application.

    ``tells_who``: it could tell whose application it is, so it is hidden while names are. ``id`` is
    that of the requirement or document.
    """

    key: str
    label: Any
    kind: Kind = Kind.TEXT
    largest: int = 0
    required: bool = True
    tells_who: bool = False
    hint: Any = ""
    id: int | None = None

    @property
    def name(self) -> str:
        """What the piece is called in a form."""
        return self.key.replace(":", "_")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its name in addresses, its heading, a sentence under it, its pieces."""

    name: str
    title: Any
    items: tuple[Item, ...] = ()
    about: Any = ""


EVIDENCE_LENGTH = 3000
_L, _T = Kind.LINE, Kind.TEXT
_IDENTITY = Section(
    "identity",
    _l("The municipality"),
    (
        Item("legal_name", _l("Official name of the municipality"), _L, 200, tells_who=True),
        Item("tax_id", _l("Tax number"), Kind.TAX_ID, 20, tells_who=True),
        Item("official_code", _l("Official code"), Kind.CODE, 12, tells_who=True),
        Item(
            "region",
            _l("Province, state, region or department"),
            Kind.PLACE,
            10,
            tells_who=True,
            hint=_l("Filled in from the official code where that tells it."),
        ),
        Item("population", _l("Inhabitants"), Kind.NUMBER, tells_who=True),
        Item("mayor_name", _l("Mayor"), _L, 160, tells_who=True),
        Item("website", _l("Official web page"), Kind.WEB, 300, required=False, tells_who=True),
        Item(
            "contact_name",
            _l("Person to write to"),
            _L,
            160,
            tells_who=True,
            hint=_l("Who follows this application in the municipality."),
        ),
        Item("contact_role", _l("Their position"), _L, 160, tells_who=True),
        Item("contact_email", _l("Their e-mail"), Kind.EMAIL, 255, tells_who=True),
        Item("contact_phone", _l("Their telephone"), _L, 40, required=False, tells_who=True),
    ),
    _l("Who applies, as the official registers say it."),
)
_UNIT = Section(
    "unit",
    _l("The unit and its team"),
    (
        Item(
            "unit_name",
            _l("Unit for innovation, technology or digital government"),
            _L,
            200,
            tells_who=True,
        ),
        Item("unit_head", _l("Who heads it"), _L, 160, tells_who=True),
        Item("team", _l("The team"), _T, 3000, hint=_l("How many people, roles and skills.")),
    ),
)
_PLAN = Section(
    "plan",
    _l("The plan"),
    (
        Item("plan_title", _l("Plan, programme or policy of digital transformation"), _L, 200),
        Item(
            "plan_address",
            _l("Where it can be read"),
            Kind.WEB,
            300,
            required=False,
            tells_who=True,
        ),
        Item(
            "plan_summary",
            _l("What it sets out to do"),
            _T,
            4000,
            hint=_l("Goals, dates, budget, and the act that approved it."),
        ),
    ),
)
_EXPERIENCE = Section(
    "experience",
    _l("Experience and results"),
    (
        Item(
            "experience",
            _l("Experience with data and artificial intelligence"),
            _T,
            5000,
            hint=_l("What is in use, since when and for whom. Trials that failed count too."),
        ),
        Item("results", _l("Results so far"), _T, 4000, hint=_l("With numbers, before and after.")),
    ),
)
_CHALLENGES = Section(
    "challenges",
    _l("Challenges and capacity"),
    (
        Item(
            "challenges",
            _l("Problems of the city you want to work on"),
            _T,
            5000,
            hint=_l("Who suffers them, and how much."),
        ),
        Item(
            "capacity",
            _l("What the city brings"),
            _T,
            4000,
            hint=_l("People, hours, data, systems, budget, and who decides."),
        ),
    ),
)
_ETHICS = Section(
    "ethics",
    _l("Responsible artificial intelligence"),
    (
        Item(
            "ethics",
            _l("How risks to people are looked after"),
            _T,
            4000,
            hint=_l("Rules, transparency, personal data, who answers for a decision."),
        ),
    ),
)
_LETTER = (
    Item("letter_signer", _l("Who signs the letter"), _L, 160, tells_who=True),
    Item("letter_role", _l("As what"), _L, 160, tells_who=True, hint=_l("For example: mayor.")),
    Item("letter_date", _l("Date of the letter"), Kind.DATE, tells_who=True),
)
_COMMITMENTS = Section(
    "commitments",
    _l("Commitments"),
    (
        Item(
            "accepts_commitments",
            _l("The municipality accepts the terms and rules and the yearly commitments"),
            Kind.YES,
        ),
    ),
)
SECTION_NAMES = (
    "identity",
    "unit",
    "plan",
    "experience",
    "challenges",
    "ethics",
    "requirements",
    "letter",
    "documents",
    "commitments",
)


def sections(call: Call) -> tuple[Section, ...]:
    """Return the sections of the form of a call, with what it requires, in their order."""
    requirements = tuple(
        Item(f"requirement:{one.id}", one.title, Kind.REQUIREMENT, EVIDENCE_LENGTH, hint=one.help)
        for one in call.requirements
    )
    letters = (*_LETTER, *_documents(call, letters=True))
    about = _l("Say how the municipality meets each one, and where that can be checked.")
    return (
        *(_IDENTITY, _UNIT, _PLAN, _EXPERIENCE, _CHALLENGES, _ETHICS),
        Section("requirements", _l("Requirements"), requirements, about),
        Section("letter", _l("Letter of commitment"), letters),
        Section("documents", _l("Documents"), _documents(call, letters=False)),
        _COMMITMENTS,
    )


def _documents(call: Call, *, letters: bool) -> tuple[Item, ...]:
    return tuple(
        _document(one) for one in call.documents if (one.kind is DocumentKind.LETTER) is letters
    )


def _document(document: RequiredDocument) -> Item:
    return Item(
        f"document:{document.id}",
        document.title,
        Kind.DOCUMENT,
        required=document.required,
        tells_who=document.kind is DocumentKind.LETTER,
        hint=document.help,
        id=document.id,
    )


def items(call: Call) -> Iterator[Item]:
    """Yield every piece of an application to a call."""
    for section in sections(call):
        yield from section.items


def columns() -> list[Item]:
    """Return the pieces that are columns of the table, the same in every call."""
    parts = (_IDENTITY, _UNIT, _PLAN, _EXPERIENCE, _CHALLENGES, _ETHICS, _COMMITMENTS)
    return [*(item for part in parts for item in part.items), *_LETTER]
