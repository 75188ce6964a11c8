"""Which chapter is whose, and at which section the manual opens: one row per page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from governance.web.help.book import Section, chapter
from organizations.choices import Role

START = "start"
OF_ROLE: dict[str, str] = {
    Role.CITIZEN: "citizen",
    Role.GRIDWORKER: "gridworker",
    Role.GRID_LEADER: "village",
    Role.VILLAGE_OFFICER: "village",
    Role.TOWNSHIP_OFFICER: "township",
    Role.TOWNSHIP_HEAD: "township",
    Role.DISPATCHER: "dispatcher",
    Role.VERIFIER: "verifier",
    Role.CENTER_DIRECTOR: "director",
    Role.HANDLER: "department",
    Role.DEPARTMENT_HEAD: "department",
    Role.SUPERVISOR: "supervisor",
    Role.MEDIATOR: "mediator",
    Role.LIST_KEEPER: "keeper",
    Role.COUNTY_LEADER: "leader",
    Role.ENFORCER: "enforcer",
    Role.ENTERPRISE: "enterprise",
    Role.ADMINISTRATOR: "administrator",
}
# Beginning of the name of a page: the chapter that explains it to everybody, and the anchor of the section. The longest
# beginning counts. A reader whose own chapter has a section of the same anchor is led there.
PLACES: dict[str, tuple[str, str]] = {
    "governance:workbench": (START, "workbench"),
    "governance:dashboard": ("director", "dashboard"),
    "governance:behind": ("director", "dashboard"),
    "governance:map": (START, "map"),
    "governance:wall": ("director", "wall"),
    "governance:case": ("dispatcher", "case"),
    "governance:team": ("township", "teams"),
    "governance:township-teams": ("township", "teams"),
    "governance:search": (START, "search"),
    "governance:palette": (START, "search"),
    "governance:account": (START, "account"),
    "governance:help": (START, "help"),
    "governance:style": ("administrator", "parts"),
    "governance:login": (START, "sign-in"),
    "desk:": ("dispatcher", "desk"),
    "petitions:": ("dispatcher", "petitions"),
    "petitions:file": ("dispatcher", "file"),
    "petitions:import": ("dispatcher", "import"),
    "petitions:reveal": ("dispatcher", "personal"),
    "petitions:track": ("citizen", "track"),
    "dispatch:": ("department", "orders"),
    "dispatch:hangups": ("director", "suspended"),
    "dispatch:hit-rate": ("director", "hit-rates"),
    "dispatch:suggestions": ("director", "suggestions"),
    "dispatch:replay": ("keeper", "replay"),
    "dispatch:trial": ("keeper", "replay"),
    "dispatch:lights": ("director", "lights"),
    "dispatch:time-rules": ("director", "time-rules"),
    "calls:": ("township", "calls"),
    "whistles:": ("township", "whistles"),
    "projects:": ("department", "projects"),
    "developments:": ("dispatcher", "developments"),
    "developments:home": ("enterprise", "ask"),
    "developments:choose": ("enterprise", "ask"),
    "developments:file-company": ("enterprise", "ask"),
    "developments:own": ("enterprise", "follow"),
    "developments:template": ("keeper", "plans"),
    "developments:compan": ("keeper", "companies"),
    "developments:register": ("keeper", "companies"),
    "mediation:": ("mediator", "cases"),
    "supervision:": ("supervisor", "orders"),
    "supervision:board": ("supervisor", "listed"),
    "assessment:": ("supervisor", "reports"),
    "assessment:balance": ("director", "statistics"),
    "assessment:export": ("director", "statistics"),
    "assessment:save": ("director", "saved-reports"),
    "assessment:statistics": ("director", "statistics"),
    "documents:": ("dispatcher", "documents"),
    "registry:": ("keeper", "list"),
    "registry:admission": ("keeper", "admissions"),
    "registry:task": ("keeper", "admissions"),
    "registry:gap": ("keeper", "gaps"),
    "registry:draft": ("keeper", "drafts"),
    "registry:import": ("keeper", "import"),
    "registry:sheet": ("keeper", "import"),
    "liaisons:": ("leader", "liaison"),
    "grids:": (START, "map"),
    "grids:finding": ("director", "findings"),
    "grids:draw": ("administrator", "drawing"),
    "grids:redraw": ("administrator", "drawing"),
    "grids:outline": ("administrator", "outlines"),
    "grids:import": ("administrator", "importing"),
    "grids:job": ("administrator", "importing"),
    "grids:plan": ("administrator", "splitting"),
    "grids:split": ("administrator", "splitting"),
    "grids:merge": ("administrator", "merging"),
    "grids:staff": ("administrator", "grid-staff"),
    "notices:": (START, "notices"),
    "notices:deliveries": ("administrator", "messages"),
    "organizations:": (START, "units"),
    "organizations:post": ("administrator", "accounts"),
    "api-docs": ("administrator", "api"),
    "admin:": ("administrator", "accounts"),
    "admin:dispatch_": ("administrator", "reference"),
    "admin:grids_": ("administrator", "reference"),
    "admin:kernel_calendarversion": ("administrator", "calendar"),
    "admin:organizations_area": ("administrator", "reference"),
    "admin:organizations_matter": ("administrator", "reference"),
    "admin:organizations_unit": ("administrator", "reference"),
    "admin:petitions_": ("administrator", "reference"),
}


def chapter_of(roles: Iterable[str]) -> str:
    """The reader's own chapter: of the first of their roles in the order of the table."""
    held = set(roles)
    return next((code for role, code in OF_ROLE.items() if role in held), START)


def place_of(*, page: str, roles: Iterable[str], language: str) -> tuple[str, str]:
    """Chapter and anchor for a page by its url name; the beginning of the reader's chapter where no row names it."""
    own = chapter_of(roles)
    fitting = [start for start in PLACES if page.startswith(start)]
    if not page or not fitting:
        return own, ""
    code, anchor = PLACES[max(fitting, key=len)]
    if chapter(code=own, language=language).section(anchor) is not None:
        return own, anchor
    return code, anchor


def address_of(*, page: str, roles: Iterable[str], language: str) -> str:
    """Where the manual opens for a page."""
    code, anchor = place_of(page=page, roles=roles, language=language)
    return reverse("governance:help-chapter", args=[code]) + (f"#{anchor}" if anchor else "")


def section_of(*, page: str, roles: Iterable[str], language: str) -> Section | None:
    """The section that explains a page to this reader; None where only the overview of the chapter does."""
    code, anchor = place_of(page=page, roles=roles, language=language)
    return chapter(code=code, language=language).section(anchor)
