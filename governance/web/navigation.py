"""THE MENU: which entry is for whom. It shows where its page exists and the person holds one of its capabilities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor

EVERYONE = ("",)
KEEPERS = ("reference.edit", "account.")
SUPERVISED = ("supervision.order", "supervision.answer")
TRIAGE = ("petition.accept", "petition.callback", "order.assign", "order.adjudicate", "order.verify")
TIME = ("order.grant_time", "order.ask_time", "supervision.")
SETS_LIGHTS = ("reference.edit", "order.grant_time")
LIST = "registry:list"
ADMITTING = ("registry.propose", "registry.opinion", "registry.review", "supervision.order")
COMPANIES = ("development.keep", "development.accept")
CASES = "/cases/"  # a case is opened from the list of petitions


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `holds`: beginnings of capabilities, any of which opens it; `staff`: only with is_staff."""

    label: str | Promise
    icon: str
    url_name: str
    holds: tuple[str, ...] = EVERYONE
    staff: bool = False

    def is_for(self, *, actor: Actor, staff: bool) -> bool:
        """Whether this person is shown the entry."""
        if self.staff and not staff:
            return False
        return self.holds == EVERYONE or any(name.startswith(self.holds) for name in actor.capabilities)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; the first group has none."""

    heading: str | Promise
    entries: tuple[Entry, ...]


# fmt: off
MENU = (
    Group("", (
        Entry(_("Workbench"),           "layout-dashboard", "governance:workbench"),
        Entry(_("Dispatch desk"),       "layout-sidebar",   "desk:desk",            TRIAGE),
        Entry(_("Petitions"),           "inbox",            "petitions:list",       ("petition.",)),
        Entry(_("File a petition"),     "square-plus",      "petitions:file",       ("petition.file",)),
        Entry(_("Work orders"),         "clipboard-list",   "dispatch:orders",      ("order.",)),
        Entry(_("Suspended orders"),    "player-pause",     "dispatch:hangups",     TIME),
        Entry(_("Calls"),               "phone-call",       "calls:desk",           ("call.",)),
        Entry(_("Whistles"),            "speakerphone",     "whistles:desk",        ("whistle.view",)),
        Entry(_("Key work board"),      "chart-grid-dots",  "projects:board",       ("project.view",)),
        Entry(_("Development petitions"), "building-factory", "developments:desk",  ("development.view",)),
        Entry(_("Our petitions"),       "building-factory", "developments:home",    ("development.file",)),
        Entry(_("Mediation"),           "heart-handshake",  "mediation:list",       ("mediation.",)),
    )),
    Group(_("Oversight"), (
        Entry(_("Dashboard"),           "chart-bar",        "governance:dashboard", ("assessment.view", "order.")),
        Entry(_("Big screen"),          "device-tv",        "governance:wall",      ("assessment.view",)),
        Entry(_("Statistics"),          "chart-histogram",  "assessment:statistics", ("assessment.view",)),
        Entry(_("Supervision of units"), "file-alert",       "supervision:register", SUPERVISED),
        Entry(_("Listed cases"),        "list-details",     "supervision:board",    ("assessment.view",)),
        Entry(_("Hit-rates"),           "target",           "dispatch:hit-rates",   ("assessment.view",)),
        Entry(_("Suggestions"),         "bulb",             "dispatch:suggestions", ("assessment.view",)),
        Entry(_("Assessment reports"),  "report-analytics", "assessment:reports",   ("assessment.",)),
    )),
    Group(_("Reference"), (
        Entry(_("Responsibility list"), "list-check",       LIST,                   ("reference.",)),
        Entry(_("Enforcement teams"),   "users-group",      "governance:teams",     ("team.view",)),
        Entry(_("Liaison officials"),   "user-pin",         "liaisons:board",       ("liaison.",)),
        Entry(_("Plan templates"),      "timeline",         "developments:templates", ("development.keep",)),
        Entry(_("Companies"),           "building-factory", "developments:companies", COMPANIES),
        Entry(_("Admissions"),          "door-enter",       "registry:admissions",  ADMITTING),
        Entry(_("Replay"),              "history",          "dispatch:replays",     ("registry.propose",)),
        Entry(_("Grid map"),            "map-2",            "governance:map",       ("reference.",)),
        Entry(_("Map audit"),           "map-search",       "grids:findings",       ("finding.",)),
        Entry(_("Lights"),              "traffic-lights",   "dispatch:lights",      SETS_LIGHTS),
        Entry(_("Extensions and suspensions"), "hourglass",  "dispatch:time-rules",  ("time.rules",)),
        Entry(_("Import"),              "file-import",      "petitions:import",     ("petition.import",)),
    )),
    Group(_("System"), (
        Entry(_("Administration"),      "settings",         "admin:index",          KEEPERS, staff=True),
        Entry(_("Postings"),            "user-cog",         "organizations:postings", ("account.manage",)),
        Entry(_("Outward messages"),    "send",             "notices:deliveries",   ("operations.",)),
        Entry(_("API documentation"),   "api",              "api-docs",             ("operations.", "petition.import")),
        Entry(_("Parts of the pages"),  "components",       "governance:style",     ("operations.",)),
    )),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as drawn on one page."""

    label: str | Promise
    icon: str
    href: str
    current: bool


@cache
def address(url_name: str) -> str:
    """Where the entry leads, "" where no such page is mounted."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def menu(*, actor: Actor, staff: bool, path: str) -> Iterator[tuple[str | Promise, list[Line]]]:
    """The headings with their lines for this person; the line of the page shown is marked as current."""
    shown = [(group.heading, _visible(group.entries, actor=actor, staff=staff)) for group in MENU]
    path = address("petitions:list") if path.startswith(CASES) else path
    chosen = _nearest(path, [address(entry.url_name) for _heading, entries in shown for entry in entries])
    for heading, entries in shown:
        if entries:
            yield heading, [_line(entry, chosen=chosen) for entry in entries]


def _visible(entries: Iterable[Entry], *, actor: Actor, staff: bool) -> list[Entry]:
    return [entry for entry in entries if address(entry.url_name) and entry.is_for(actor=actor, staff=staff)]


def _nearest(path: str, addresses: list[str]) -> str:
    """The longest address that the path begins with: a case belongs to the list it was opened from."""
    under = [one for one in addresses if path == one or (one != "/" and path.startswith(one))]
    return max(under, key=len, default="")


def _line(entry: Entry, *, chosen: str) -> Line:
    href = address(entry.url_name)
    return Line(label=entry.label, icon=entry.icon, href=href, current=href == chosen)
