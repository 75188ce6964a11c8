"""Pages of every kind as axe-core sees them: nothing serious, in either theme and language, at either width."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.looking import looked
from tests.journeys.steps import dispatched
from tests.world import MONDAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """tags => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then(found => found.violations
  .filter(one => ["serious", "critical"].includes(one.impact))
  .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 120)} (${node.any[0]?.message ?? ""})`)))"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# fmt: off
SEEN = [
    #  who             width theme    language   pages
    ("dispatcher",     1440, "dark",  "zh-hans", ("/desk/?case={case}", "/cases/{case}/", "/search/?q=路")),
    ("director",       1440, "light", "en",      ("/wall/", "/dashboard/", "/assessment/statistics/", "/grids/")),
    ("east_officer",    390, "dark",  "zh-hans", ("/", "/calls/new/", "/wall/", "/help/")),
    ("citizen",         390, "light", "en",      ("/petitions/file/", "/track/")),
]
# fmt: on


@pytest.mark.parametrize(("name", "width", "theme", "language", "paths"), SEEN)
def test_nobody_is_kept_out(sign_in, county, live_server, name, width, theme, language, paths):
    case = dispatched(county, at=MONDAY).petition_id
    page = sign_in(name, width=width, language=language)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    faults = []
    for path in paths:
        page.goto(path.format(case=case))
        looked(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        faults += [f"{path} {found}" for found in page.evaluate(SERIOUS, TAGS)]
    assert not faults, "\n".join(faults)
