"""The colours of the site, light and dark, against the contrast that WCAG 2.2 AA asks for.

Automatic page checks do not look at the borders of controls, so the tokens are checked here.
"""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "app" / "static" / "css" / "puente.css"
BLOCK = re.compile(r":root \{(?P<body>[^}]*)\}")
TOKEN = re.compile(r"--(?P<name>[a-z0-9-]+):\s*(?P<hex>#[0-9a-f]{6});")
TEXT = 4.5
SHAPE = 3.0

GROUNDS = ("paper", "ground", "sunken")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "blue", "red") for ground in GROUNDS),
    *(("blue-strong", ground) for ground in ("paper", "ground", "blue-wash")),
    *(("teal", ground) for ground in ("paper", "ground", "teal-wash")),
    *(
        (ink, f"{tone}-wash")
        for ink in ("ink", "ink-soft")
        for tone in ("blue", "teal", "amber", "red")
    ),
    ("blue", "blue-wash"),
    ("amber", "amber-wash"),
    ("red", "red-wash"),
    ("on-blue", "blue"),
    ("on-blue", "blue-strong"),
    ("on-red", "red"),
    ("on-done", "done"),
    ("paper", "teal"),
    ("ink", "mark"),
    ("hero-ink", "hero"),
    ("hero-soft", "hero"),
]
SHAPE_PAIRS = [
    *((line, ground) for line in ("control", "focus", "blue", "red") for ground in GROUNDS),
    *((f"part-{number}", ground) for number in range(1, 6) for ground in ("paper", "ground")),
    ("hero-line", "hero"),
    ("focus", "blue-wash"),
    ("teal", "sunken"),
]


def tokens() -> dict[str, dict[str, str]]:
    """Return the colours of the style sheet by scheme; dark starts from light, as in CSS."""
    light, dark = (
        {found["name"]: found["hex"] for found in TOKEN.finditer(block["body"])}
        for block in list(BLOCK.finditer(CSS.read_text(encoding="utf-8")))[:2]
    )
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_the_largest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[front], colours[back]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_shapes_can_be_seen(scheme: str, front: str, back: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[front], colours[back]) >= SHAPE


def test_every_colour_of_the_light_scheme_has_a_dark_one() -> None:
    blocks = [
        set(TOKEN.findall(block["body"]))
        for block in BLOCK.finditer(CSS.read_text(encoding="utf-8"))
    ]
    light, dark = ({name for name, _ in block} for block in blocks[:2])
    assert light == dark
