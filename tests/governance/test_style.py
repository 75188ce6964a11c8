"""The design system: every state has a colour, every text its contrast, and no sheet a colour of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from governance.web.style.page import SECTIONS
from governance.web.style.states import states
from governance.web.style.tokens import DARK, GROUNDS, INKS, LIGHT, TONES, tokens
from kernel.workflow import WORKFLOWS
from tests.world import World

CSS = Path(__file__).parents[2] / "static" / "css"
SHEETS = sorted(one for one in CSS.glob("*.css") if one.name != "tokens.css")
# WCAG 2.2: text, and what is drawn.
TEXT, DRAWN = 4.5, 3.0
MARKS = ("yellow-mark", "red-mark", "green-mark", "blue-mark")
ON_SOLID = ("solid-red", "solid-yellow", "solid-blue", "solid-grey")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(theme: str) -> None:
    colours = tokens(theme)
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS]
    pairs += [(tone, ground) for tone in TONES for ground in (f"{tone}-tint", *GROUNDS)]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-strong")]
    weak = [(one, on) for one, on in pairs if contrast(colours[one], colours[on]) < TEXT]
    assert not weak
    assert not [one for one in MARKS if contrast(colours[one], colours["surface"]) < DRAWN]


def test_what_stands_on_full_colours_can_be_read() -> None:
    same = tokens(":root {")
    assert not [one for one in ON_SOLID if contrast(same["on-solid"], same[one]) < TEXT]
    assert contrast(same["paper-ink-2"], same["paper"]) >= TEXT
    assert min(contrast(same[one], same["night"]) for one in ("night-ink", "night-ink-2", "night-line")) >= TEXT


def test_both_themes_have_the_same_tokens() -> None:
    assert set(tokens(LIGHT)) - {"veil"} == set(tokens(DARK)) - {"veil"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_no_sheet_has_a_colour_or_a_force_of_its_own(sheet: Path) -> None:
    lines = sheet.read_text(encoding="utf-8").splitlines()
    colour = re.compile(r":[^;{]*(#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\((?!var\())")
    assert not [line.strip() for line in lines if colour.search(line)]
    for number, line in enumerate(lines):
        if "!important;" in line:
            assert any("/* !important, because" in before for before in lines[max(number - 3, 0) : number]), line


SPACES = re.compile(r"(?<![\w-])(?:padding|margin|gap|row-gap|column-gap)(?:-[a-z]+)*:([^;}]+)")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_distances_come_from_the_scale(sheet: Path) -> None:
    """Beside a hair of one pixel, and beside what stands clear of something whose own width is written there."""
    said = SPACES.findall(sheet.read_text(encoding="utf-8"))
    assert not [value for value in said for size in re.findall(r"(\d+)px", value) if 1 < int(size) <= 20]


@pytest.mark.django_db
def test_every_state_of_every_workflow_has_its_badge(world: World) -> None:
    shown = dict(states())
    assert set(shown) == set(WORKFLOWS)
    sheet = (CSS / "parts.css").read_text(encoding="utf-8")
    for name, rows in shown.items():
        assert {one.state for one in rows} == WORKFLOWS[name].states
        for one in rows:
            assert one.colour, f"{name}.{one.state} has no colour beside its word"
            assert re.search(rf"^\.({one.colour}\b|.*, \.{one.colour}\b)", sheet, re.MULTILINE), one.colour
    client = Client()
    client.force_login(world.users["director"])
    page = client.get("/style/").content.decode()
    for section in SECTIONS:
        assert page.count(f'id="{section.name}"') == 1
    assert page.count('class="style-face stack-small" data-bs-theme="dark"') == len(SECTIONS)
    assert page.count(f'<span class="state {shown["petition"][0].colour}">{shown["petition"][0].label}</span>') >= 2


@pytest.mark.django_db
def test_toasts_are_read_out_and_what_loads_says_so(world: World) -> None:
    client = Client()
    client.force_login(world.users["director"])
    page = client.get("/style/").content.decode()
    assert re.search(r'role="status" aria-live="polite">\s*<ol class="toasts" id="toasts"', page)
    assert re.search(r'class="skeleton-lines needs-script" role="status" aria-busy="true"', page)
