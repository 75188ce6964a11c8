"""Pages of the menu and what can be begun from anywhere: the same table as the menu, by the words of its labels."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from governance.web.help.finding import sections
from governance.web.help.views import language_of
from governance.web.navigation import MENU, Entry, address
from governance.web.search.lines import Asked, Line
from kernel.marking import marked

OWN = (
    Entry(_("My account"), "user", "governance:account"),
    Entry(_("Notices"), "bell", "notices:inbox"),
    Entry(_("How I am told"), "bell-cog", "notices:wishes"),
    Entry(_("Units"), "building-community", "organizations:units", ("reference.",)),
    Entry(_("Help"), "help", "governance:help"),
)
# fmt: off
BEGUN = (
    Entry(_("File a petition"),      "square-plus",      "petitions:file",        ("petition.file",)),
    Entry(_("Call a department"),    "phone-plus",       "calls:file",            ("call.file",)),
    Entry(_("Blow a whistle"),       "speakerphone",     "whistles:new",          ("whistle.ask", "whistle.issue")),
    Entry(_("Open a mediation"),     "heart-handshake",  "mediation:open",        ("mediation.open",)),
    Entry(_("Ask for a plan"),       "building-factory", "developments:choose",   ("development.file",)),
    Entry(_("Propose an item"),      "list-check",       "registry:new",          ("registry.propose",)),
    Entry(_("Who was responsible"),  "user-question",    "registry:who",          ("reference.",)),
    Entry(_("Import petitions"),     "file-import",      "petitions:import",      ("petition.import",)),
)
# fmt: on


def pages(asked: Asked) -> list[Line]:
    """Pages that this person's menu has, by their names; all of them where nothing is asked."""
    entries = [*(entry for group in MENU for entry in group.entries), *OWN]
    begun = {entry.url_name for entry in BEGUN}
    return _lines([entry for entry in entries if entry.url_name not in begun], asked)


def deeds(asked: Asked) -> list[Line]:
    """What this person may begin."""
    return _lines(BEGUN, asked)


def manual(asked: Asked) -> list[Line]:
    """Sections of the manual, in the language of the page."""
    found = sections(terms=asked.terms, language=language_of(), most=asked.few + 1) if asked.terms else []
    return [
        Line(title=one.title, under=format_html("{} · {}", one.chapter, one.excerpt), href=one.href, icon="book")
        for one in found
    ]


def _lines(entries: tuple[Entry, ...] | list[Entry], asked: Asked) -> list[Line]:
    fitting = (one for one in entries if address(one.url_name) and _holds(str(one.label), asked.terms))
    return [
        Line(title=marked(str(one.label), asked.terms), href=address(one.url_name), icon=one.icon)
        for one in fitting
        if one.is_for(actor=asked.actor, staff=asked.staff)
    ]


def _holds(label: str, terms: tuple[str, ...]) -> bool:
    return all(term.casefold() in label.casefold() for term in terms)
