"""THE PICTURES: which page is shown under which name, who looks at it, and what one sees there."""

from __future__ import annotations

from typing import NamedTuple


class Shot(NamedTuple):
    """One page. `link`: the first link of that form on the page is followed; `whole`: down to its foot."""

    name: str
    who: str
    path: str
    text: str
    link: str = ""
    whole: bool = False


ID = r"[0-9a-f-]{36}/$"

# fmt: off
CHAPTERS: dict[str, tuple[Shot, ...]] = {
    "Every day": (
        Shot("workbench",  "dispatcher", "/",                "What waits for a dispatcher, the nearest deadline first"),
        Shot("desk",       "dispatcher", "/desk/",           "The dispatch desk: the list and the case side by side"),
        Shot("desk_case",  "dispatcher", "/desk/?queue=accept", "A case on the desk: what is suggested and why, what is near, what can be done", r"^\?.*case="),
        Shot("list",       "dispatcher", "/petitions/",      "Petitions, filtered in the address"),
        Shot("filing",     "dispatcher", "/petitions/file/", "Filing a petition: category, place and what the suggestion rests on"),
        Shot("orders",     "citylaw", "/dispatch/",      "The work orders of a unit, by what has to be done"),
        Shot("case",       "dispatcher", "/petitions/?state=dispatched", "The file of a case: work orders, clocks, log, minutes and proof", f"/cases/{ID}", whole=True),
        Shot("orders_all", "dispatcher", "/dispatch/?tab=hand", "All work orders, the nearest limit first"),
        Shot("suspended",  "director",   "/dispatch/suspended/", "Orders whose clock rests, and until when"),
        Shot("mediation",  "mediator001", "/mediation/",      "Mediation: who mediates, and until when"),
        Shot("filters",    "dispatcher", "/desk/filters/",   "Saved lists: one's own and those of the unit"),
        Shot("snoozes",    "dispatcher", "/desk/snoozes/",   "What one has put aside, and when it comes back"),
        Shot("unread",     "dispatcher", "/desk/unread/",    "What others did on cases that one has opened"),
        Shot("search",     "dispatcher", "/search/?q=路",     "One search over cases, people, units, items and pages"),
        Shot("inbox",      "dispatcher", "/notices/",        "Notices, read and unread"),
        Shot("wishes",     "dispatcher", "/notices/wishes/", "What one wants to be told, where and when", whole=True),
        Shot("help",       "dispatcher", "/help/",           "The manual of one's role"),
    ),
    "The city at a glance": (
        Shot("wall",       "director",   "/wall/",           "The big screen of the district"),
        Shot("wall_township", "officer001", "/wall/",        "The screen of a township"),
        Shot("dashboard",  "dispatcher", "/dashboard/",      "The command centre: figures that open what they count"),
        Shot("map",        "dispatcher", "/map/",            "The map: drill from the county to a grid, open cases above it"),
        Shot("findings",   "director",   "/grids/findings/", "What the audit of the grids found"),
        Shot("finding",    "director",   "/grids/findings/", "One finding on the map: who has it in hand", f"/grids/findings/{ID}"),
        Shot("map_import", "administrator", "/grids/import/", "Taking over a file with borders"),
        Shot("draw",       "administrator", "/grids/draw/",  "Drawing a grid"),
        Shot("outlines",   "administrator", "/grids/outlines/", "Outlines of townships and villages"),
        Shot("statistics", "director",   "/assessment/statistics/", "Figures by unit, area and period, each with the list behind it"),
        Shot("balance",    "director",   "/assessment/statistics/balance/", "The books balance: accepted is closed, open, returned, suspended and void"),
        Shot("exports",    "director",   "/assessment/statistics/exports/", "Workbooks of figures, made behind the page"),
        Shot("saved_reports", "director", "/assessment/statistics/saved/", "Saved questions that come by themselves"),
        Shot("reports",    "director",   "/assessment/",     "Assessment: monthly and quarterly sheets"),
    ),
    "Lists that decide": (
        Shot("registry",   "keeper",     "/registry/",       "The responsibility list"),
        Shot("item",       "keeper",     "/registry/items/YC-A-001/", "One item: duties, process chart, versions, acts", whole=True),
        Shot("admissions", "keeper",     "/registry/admissions/", "Admission of duties"),
        Shot("hit_rates",  "director",   "/dispatch/hit-rates/", "How often the first unit was the last"),
        Shot("suggestions", "director",  "/dispatch/suggestions/", "How good the suggestions are, and who may use them"),
        Shot("replay",     "keeper",     "/dispatch/replay/", "A draft of the list tried on past cases"),
        Shot("lights",     "administrator", "/dispatch/lights/", "When a light turns yellow and red"),
        Shot("time_rules", "administrator", "/dispatch/time-rules/", "Extensions and suspensions: who may, how often, how long"),
    ),
    "Townships call, units answer": (
        Shot("calls",      "dispatcher", "/calls/?tab=all",  "The desk of calls"),
        Shot("call_new",   "officer001", "/calls/new/",      "Calling a department, or sending the township's own team", whole=True),
        Shot("call",       "dispatcher", "/calls/?tab=all",  "One call: what is asked, who comes, clocks, cooperating units, course", f"/calls/{ID}", whole=True),
        Shot("whistles",   "director",   "/whistles/?tab=all", "The desk of whistles, consultations and meetings"),
        Shot("whistle_new", "head001",   "/whistles/new/",   "Blowing a whistle", whole=True),
        Shot("whistle",    "director",   "/whistles/?tab=all", "One whistle: units, minutes, decisions, tasks, scores", f"/whistles/{ID}", whole=True),
        Shot("whistle_month", "director", "/whistles/month/", "A month: the rate on its band, units that were called", whole=True),
        Shot("whistle_tasks", "director", "/whistles/tasks/", "Tasks from whistles"),
        Shot("teams",      "director",   "/teams/",          "Enforcement teams, township by township"),
    ),
    "Oversight": (
        Shot("supervision", "director",  "/supervision/",    "Supervision of units"),
        Shot("listed",     "director",   "/supervision/listed/", "Listed cases"),
    ),
    "Development petitions": (
        Shot("developments", "dispatcher", "/developments/?tab=all", "The desk of development petitions"),
        Shot("development", "dispatcher", "/developments/?tab=all", "A plan of parallel steps, its papers and its course", f"/developments/{ID}", whole=True),
        Shot("company",    "company3",   "/developments/company/", "The company's own page", f"/developments/company/{ID}", whole=True),
        Shot("companies",  "keeper",     "/developments/companies/", "Companies and who speaks for them"),
        Shot("plan_template", "keeper",  "/developments/plans/", "Plan templates, signed versions"),
    ),
    "Key work": (
        Shot("projects",   "director",   "/projects/",       "The wall chart: task groups by batches", whole=True),
        Shot("project_list", "director", "/projects/list/",  "Projects with their lights"),
        Shot("project",    "director",   "/projects/list/",  "One project: course, milestones, instructions, reports", f"/projects/{ID}", whole=True),
        Shot("project_month", "director", "/projects/months/", "The monthly dispatch", f"/projects/months/{ID}"),
        Shot("bulletin",   "director",   "/projects/bulletins/", "A quarterly bulletin whose figures open what they count", f"/projects/bulletins/{ID}", whole=True),
    ),
    "Liaison officials": (
        Shot("liaisons",   "director",   "/liaisons/",       "Who keeps in touch with which community"),
        Shot("liaison_place", "director", "/liaisons/",      "One community: who looks after it, and the visits", r"/liaisons/places/[0-9]+/$", whole=True),
    ),
    "System and parts": (
        Shot("postings",   "administrator", "/organizations/postings/", "Who is posted where, and since when"),
        Shot("import",     "dispatcher", "/petitions/import/", "Petitions from a workbook"),
        Shot("deliveries", "administrator", "/notices/deliveries/", "What was sent outward, and what was not"),
        Shot("admin",      "administrator", "/admin/",       "The administration"),
        Shot("api",        "administrator", "/api/docs/",    "The API, tried out in the browser"),
        Shot("style",      "administrator", "/style/",       "Every part of the pages, in both themes", whole=True),
    ),
}
# fmt: on
