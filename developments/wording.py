"""What development petitions say in words: the course of a case, for the office and for the company, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from developments.choices import EndedBy, Told
from developments.models import Development, Paper, Step
from kernel.models import Event
from organizations.queries.timelines import Names, Words, timeline_of

# fmt: off
WORDS: Words = {
    "development.filed":           (gettext_lazy("The company asks for a plan"), "building-factory", "blue"),
    "development.promised":        (gettext_lazy("The company promises what is missing"), "signature", "blue"),
    "development.accepted":        (gettext_lazy("Accepted: the plan begins"), "circle-check", "teal"),
    "development.declined":        (gettext_lazy("Development petition declined"), "ban", "red"),
    "development.withdrawn":       (gettext_lazy("Development petition withdrawn"), "arrow-back-up", "grey"),
    "development.ended":           (gettext_lazy("The centre ends the plan"), "x", "red"),
    "development.finished":        (gettext_lazy("All steps done"), "checks", "green"),
    "development.rated":           (gettext_lazy("Rated by the company"), "star", "green"),
    "development.lapsed":          (gettext_lazy("Closed without a rating"), "lock", "grey"),
    "development.step_begun":      (gettext_lazy("Step begun"), "player-play", "teal"),
    "development.step_signed":     (gettext_lazy("Step signed for"), "signature", "teal"),
    "development.step_finished":   (gettext_lazy("Step done"), "check", "green"),
    "development.step_refused":    (gettext_lazy("Step refused, by law"), "hand-stop", "red"),
    "development.step_waived":     (gettext_lazy("Step not needed"), "minus", "grey"),
    "development.step_held":       (gettext_lazy("Step on hold: a paper has lapsed"), "player-pause", "red"),
    "development.step_resumed":    (gettext_lazy("The step goes on"), "player-play", "teal"),
    "development.paper_asked":     (gettext_lazy("Paper asked for: the clock stands still"), "file-alert", "violet"),
    "development.paper_handed":    (gettext_lazy("Paper handed in"), "file-upload", "blue"),
    "development.paper_accepted":  (gettext_lazy("Paper accepted"), "file-check", "green"),
    "development.paper_sent_back": (gettext_lazy("Paper sent back"), "file-x", "yellow"),
    "development.paper_lapsed":    (gettext_lazy("Paper not handed in: it lapsed"), "file-x", "red"),
    "development.paper_prolonged": (gettext_lazy("More time for a paper, once"), "calendar-plus", "yellow"),
    "development.escalated":       (gettext_lazy("A step is late: the level above was told"), "arrow-up", "red"),
    "development.reprojected":     (pgettext_lazy("development", "Moved by a holiday notice"), "calendar-time", "blue"),
    "development.exported":        (gettext_lazy("List of development petitions exported"), "table-export", "grey"),
}
# fmt: on
# What the inside of the office is about, and not the company's.
INTERNAL = frozenset({"development.escalated", "development.exported"})
ENDS: dict[str, str | Promise] = dict(EndedBy.choices)
Said = dict[str, Any]


def end_words(note: str) -> str:
    """Why a case ended: what a person wrote, or in words what the system put as a code."""
    return str(ENDS.get(note, note))


def _in_time(said: Said) -> str:
    return _("in time") if said["in_time"] else _("late")


class Course:
    """The second lines of one course, or of those of several petitions: steps and papers by name. Two queries."""

    def __init__(self, *, petitions: Iterable[Any]) -> None:
        of = {"development__petition__in": list(petitions)}
        self.steps = dict(Step.objects.filter(**of).values_list("code", "name"))
        self.papers = {str(pk): name for pk, name in Paper.objects.filter(**of).values_list("pk", "name")}
        self.by_center = False

    def detail(self, *, name: str, payload: Said, names: Names) -> str:
        """The second line of one entry."""
        said, say = payload, DETAILS.get(name)
        self.by_center = self.by_center or bool(said.get("by_center"))
        if say is not None:
            return say(self, said, names)
        parts = [self.papers.get(said.get("paper", ""), ""), self.steps.get(said.get("step", ""), "")]
        parts.append(names.unit(said["unit"]) if "unit" in said else "")
        return " · ".join(one for one in parts if one)


def _accepted(course: Course, said: Said, names: Names) -> str:
    count = _("%(n)s papers later") % {"n": said["missing"]} if said["missing"] else ""
    return " · ".join(one for one in (count, ", ".join(names.unit(one) for one in said["units"])) if one)


def _finished(course: Course, said: Said, names: Names) -> str:
    of = _("%(done)s of %(total)s done") % {"done": said["done"], "total": said["total"]}
    return f"{course.steps.get(said['step'], '')} · {names.unit(said['unit'])} · {_in_time(said)} · {of}"


def _handed(course: Course, said: Said, names: Names) -> str:
    return f"{course.papers.get(said['paper'], '')} · {_in_time(said)}"


def _rated(course: Course, said: Said, names: Names) -> str:
    return _("speed %(speed)s, result %(quality)s of 5") % {"speed": said["speed"], "quality": said["quality"]}


def _escalated(course: Course, said: Said, names: Names) -> str:
    told = {"unit": names.unit(said["unit"]), "what": Told(said["what"]).label, "rung": said["rung"]}
    return _("%(unit)s: %(what)s (rung %(rung)s)") % told


DETAILS: dict[str, Callable[[Course, Said, Names], str]] = {
    "development.accepted": _accepted,
    "development.step_finished": _finished,
    "development.paper_handed": _handed,
    "development.rated": _rated,
    "development.escalated": _escalated,
}
# What the company's contacts do stands under the company's name: who of them it was is nobody's business (F17).
BY_COMPANY = frozenset(
    {
        "development.filed", "development.promised", "development.withdrawn", "development.rated",
        "development.paper_handed",
    }
)  # fmt: skip


def history_of(*, development: Development, for_company: bool = False) -> list[dict[str, Any]]:
    """The course of one case, the latest first: of its chain what is the plan's own, never the petition's (F17).

    A company reads what happened to its plan, by which unit, and no names of people and nothing of the inside.
    """
    own = Event.objects.filter(case_id=development.petition_id, subject_id=str(development.pk), name__in=WORDS)
    if for_company:
        own = own.exclude(name__in=INTERNAL)
    course, company = Course(petitions=[development.petition_id]), str(development.enterprise)
    entries = timeline_of(
        found=own,
        words=WORDS,
        detail=lambda event, names: course.detail(name=event.name, payload=event.payload, names=names),
        units=("unit",),
        many=("units",),
    )
    for entry in entries:
        if entry["name"] in BY_COMPANY and not (course.by_center and entry["name"] == "development.filed"):
            entry["who"] = company
        elif for_company:
            entry["who"] = ""
    return entries
