"""What is wrong with a page for those who see it on a phone, hear it, or go through it by the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page

# Found in the page as the browser has it, after htmx and scripts have done their part.
FAULTS = """() => {
  const found = [], shown = (one) => one.checkVisibility({ checkVisibilityCSS: true });
  const name = (one) => (one.getAttribute("aria-label") || one.innerText || one.title || "").trim()
    || [...one.querySelectorAll("img")].map((picture) => picture.alt).join("").trim();
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 1) found.push(`${wide} px too wide`);
  if (!document.documentElement.lang) found.push("no language");
  if ([...document.querySelectorAll("h1")].filter(shown).length !== 1) found.push("not one heading of the page");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`id twice: ${id}`);
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (shown(one) && !one.labels.length && !one.getAttribute("aria-label")) found.push(`no label: ${one.name}`);
  for (const one of document.querySelectorAll("a[href], button"))
    if (shown(one) && !name(one)) found.push(`no name: ${one.outerHTML.slice(0, 80)}`);
  for (const one of document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label]):not([aria-labelledby])"))
    if (shown(one)) found.push(`no words for a picture: ${one.outerHTML.slice(0, 80)}`);
  for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
    for (const id of ["aria-describedby", "aria-labelledby"].flatMap((it) => (one.getAttribute(it) || "").split(" ")))
      if (id && shown(one) && !document.getElementById(id)) found.push(`nothing is called ${id}`);
  return found;
}"""


def looked(page: Page) -> Page:
    """The page, once nothing is wrong with it."""
    faults = page.evaluate(FAULTS)
    assert not faults, f"{page.url}: {faults}"
    return page
