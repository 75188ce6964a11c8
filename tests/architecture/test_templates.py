"""Templates of an app lead to its own pages and to those of lower apps; pages of several apps are the shell's."""

import re

from django.template.defaulttags import CommentNode, LoadNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

from tests.architecture.sources import APPS, ROOT

ADDRESS = re.compile(r"""\{%\s*url\s+["'](\w+):""")


def test_maps_write_names_as_text():
    """The library of the maps comes by the part that keeps its tooltips from being markup, and by no other way."""
    part = ROOT / "templates" / "parts" / "leaflet.html"
    loaded = [one for one in (ROOT / "templates").rglob("*.html") if "leaflet.js" in one.read_text(encoding="utf-8")]
    assert loaded == [part]
    assert "js/map-text.js" in part.read_text(encoding="utf-8")


def test_templates_lead_down():
    upward = []
    for app in APPS[:-1]:
        for path in sorted((ROOT / "templates" / app).rglob("*.html")):
            for target in ADDRESS.findall(path.read_text(encoding="utf-8")):
                # The shell is everywhere: sign-in, workbench and the like frame every page.
                if target in APPS[:-1] and APPS.index(target) > APPS.index(app):
                    upward.append(f"{path.relative_to(ROOT)} leads to {target}")
    assert not upward, "\n".join(upward)


def test_what_extends_a_page_says_everything_inside_its_blocks():
    """Django drops the rest without a word: a name that is given there is empty inside the blocks."""
    lost = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        first, *_others = get_template(path.relative_to(ROOT / "templates").as_posix()).template.nodelist
        if isinstance(first, ExtendsNode):
            said = [one for one in first.nodelist if not isinstance(one, BlockNode | LoadNode | CommentNode)]
            lost += [f"{path.relative_to(ROOT)}: {one.token.contents}" for one in said if one.token.contents.strip()]
    assert not lost, "\n".join(lost)
