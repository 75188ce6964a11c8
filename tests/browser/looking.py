"""Pages looked at in every form they have: at a desk and on a telephone, by day and by night, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")
WIDTHS = (1440, 390)
THEMES = ("light", "dark")
LANGUAGES = {"en": "zh-hans", "zh-hans": "en"}
# Colours that fade would be read half-way; and who had the focus has it again after a change of form.
TURN = """theme => {
  window.lookedFrom ??= document.activeElement;
  document.documentElement.dataset.bsTheme = theme;
  document.getAnimations().forEach((one) => { if (one instanceof CSSTransition) one.finish(); });
  return new Promise((done) => requestAnimationFrame(() => {
    document.getAnimations().forEach((one) => { if (one instanceof CSSTransition) one.finish(); });
    done();
  }));
}"""
BACK = """() => {
  if (window.lookedFrom && window.lookedFrom.isConnected) window.lookedFrom.focus({ preventScroll: true });
  delete window.lookedFrom;
}"""


def looked(page: Page) -> Page:
    """The page, once nothing is wrong with it in the form at hand."""
    page.locator("body").wait_for()  # between two pages there is a moment without any
    faults = page.evaluate(FAULTS)
    assert not faults, f"{page.url}: {faults}"
    return page


def turned(page: Page) -> Page:
    """The page as it stands, once nothing is wrong with it at either width and in either theme."""
    faults = list(_faults(page))
    assert not faults, "\n".join([page.url, *faults])
    return page


def both(page: Page) -> Page:
    """The same, and once nothing is wrong with what its address shows in the other language."""
    turned(page)
    context = page.context.browser.new_context(storage_state=page.context.storage_state(), viewport=page.viewport_size)
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    address = urlsplit(page.url)
    other = {"name": "django_language", "url": f"{address.scheme}://{address.netloc}"}
    context.add_cookies([{**other, "value": LANGUAGES[cookies["django_language"]]}])
    twin = context.new_page()
    twin.goto(page.url)
    turned(twin)
    context.close()
    return page


def _faults(page: Page) -> Iterator[str]:
    size, theme = page.viewport_size, page.locator("html").get_attribute("data-bs-theme")
    yield from page.evaluate(FAULTS)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for one in THEMES:
            page.evaluate(TURN, one)
            yield from (f"{width} {one}: {fault}" for fault in page.evaluate(FAULTS, "form"))
    page.set_viewport_size(size)
    page.evaluate(TURN, theme)
    page.evaluate(BACK)
