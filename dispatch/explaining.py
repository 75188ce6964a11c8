"""A decision in words: every step with the row that decided it, and every candidate that lost, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dispatch.choices import LimitBy, NoRoute, PassedOver, RouteReason
from kernel.choices import LimitUnit
from organizations.choices import Duty
from organizations.models import Area, FilingCondition, Matter
from organizations.places import areas_around
from organizations.queries import unit_names
from petitions.choices import Urgency
from petitions.models import Category
from registry.queries.admission import task_in_force

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a decision: what was looked at, what it said, and what follows."""

    step: str
    label: str
    said: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A candidate that did not get it."""

    entry: str
    unit_id: int | None
    unit: str
    area: str
    duty: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A whole decision as people read it. `found` false: the list has no answer, and `why` says what it lacks."""

    found: bool
    unit_id: int | None
    unit: str
    why: str
    entry: str
    basis: str
    limit: str
    limit_by: str
    assists: list[tuple[str, str]]
    steps: list[Step]
    lost: list[Lost]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the ids and codes of decisions are called."""

    units: Mapping[int, str]
    areas: Mapping[str, str]
    categories: Mapping[str, str]
    matters: Mapping[str, str]
    conditions: Mapping[str, str]

    def unit(self, unit_id: Any) -> str:
        """A unit's name, "—" for none."""
        return self.units.get(unit_id, "—") if unit_id else "—"


def explain(*, recorded: Said, lacking: str = "", on: date | None = None) -> Explained:
    """A recorded decision in words; `lacking` is the code of what the list lacks where there is none.

    `on` is its day: where a one-off task of the township was in force then, that is told too. One query more.
    """
    names = names_in(recorded)
    value, unit = recorded.get("limit") or ("", "")
    rows = {one.get("unit"): str(one.get("entry", "")) for one in recorded.get("cooperating", ())}
    reason = lacking or str(recorded.get("reason", ""))
    return Explained(
        found=not lacking,
        unit_id=recorded.get("unit"),
        unit=names.unit(recorded.get("unit")),
        why=label_of(reason, NoRoute if lacking else RouteReason),
        entry=str(recorded.get("entry", "")),
        basis=str(recorded.get("basis", "")),
        limit=limit_words(value, unit),
        limit_by=label_of(str(recorded.get("limit_by", "")), LimitBy),
        assists=[(names.unit(one), rows.get(one, "")) for one in recorded.get("assists", ())],
        steps=[_step(one, names) for one in recorded.get("steps", ()) if one.get("step") in STEPS]
        + _task(recorded, on),
        lost=[_lost(one, names) for one in recorded.get("refused", ())],
    )


def _task(recorded: Said, on: date | None) -> list[Step]:
    steps = {one.get("step"): one for one in recorded.get("steps", ())}
    matter, place = str(steps.get("category", {}).get("matter", "")), str(steps.get("place", {}).get("code", ""))
    found = task_in_force(matter=matter, place=place, on=on) if on and matter and place else None
    if found is None:
        return []
    detail = _("in force until %(day)s") % {"day": found.ends_on}
    return [Step(step="task", label=_("One-off task"), said=f"{found.number} {found.name}", detail=detail)]


def units_in(recorded: Said) -> set[int]:
    """Every unit that a decision names."""
    named = [recorded.get("unit"), *recorded.get("assists", ())]
    named += [one.get("unit") for key in ("refused", "steps", "cooperating") for one in recorded.get(key, ())]
    named += [unit for one in recorded.get("steps", ()) for unit, _n in one.get("open", ())]
    return {one for one in named if isinstance(one, int)}


def names_in(recorded: Said) -> Names:
    """The names of everything that a decision speaks of: at most five queries, each by key."""
    steps = {one.get("step"): one for one in recorded.get("steps", ())}
    place = str(steps.get("place", {}).get("code", ""))
    areas = {str(one.get("area", "")) for one in (*recorded.get("refused", ()), *steps.values())}
    codes = {*areas, *areas_around(place=place)} - {""}
    category, matter = (str(steps.get("category", {}).get(name, "")) for name in ("code", "matter"))
    condition = str(steps.get("limit", {}).get("code", ""))
    return Names(
        units=unit_names(unit_ids=units_in(recorded)),
        areas=dict(Area.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {},
        categories=_named(Category, category),
        matters=_named(Matter, matter),
        conditions=_named(FilingCondition, condition, "text"),
    )


def label_of(code: str, choices: Any) -> str:
    """The words of a code, or the code itself where an older release wrote another one."""
    return str(choices(code).label) if code in choices.values else code


def limit_words(value: Any, unit: str) -> str:
    """A limit in words: 5 working days."""
    try:
        number = f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return ""
    return f"{number} {LimitUnit(unit).label}" if unit in LimitUnit.values else number


def _named(model: Any, code: str, column: str = "name") -> dict[str, str]:
    return dict(model.objects.filter(code=code).values_list("code", column)) if code else {}


def _lost(one: Said, names: Names) -> Lost:
    duty = str(one.get("duty", ""))
    reason = str(one.get("reason", ""))
    return Lost(
        entry=str(one.get("entry") or ""),
        unit_id=one.get("unit"),
        unit=names.unit(one.get("unit")),
        area=names.areas.get(str(one.get("area", "")), ""),
        duty=label_of(duty, Duty),
        reason=reason,
        why=label_of(reason, PassedOver),
    )


def _step(one: Said, names: Names) -> Step:
    say = STEPS[str(one["step"])]
    label, said, detail = say(one, names)
    return Step(step=str(one["step"]), label=str(label), said=said, detail=detail)


Words = tuple[str | Promise, str, str]


def _category(one: Said, names: Names) -> Words:
    code, matter = str(one.get("code", "")), str(one.get("matter", ""))
    said = f"{code} {names.categories.get(code, '')}".strip() or _("none")
    detail = f"{matter} {names.matters.get(matter, '')}" if matter else _("no matter of the list")
    return _("Category"), said, detail.strip()


def _place(one: Said, names: Names) -> Words:
    code = str(one.get("code", ""))
    around = [names.areas[area] for area in reversed(areas_around(place=code)) if area in names.areas]
    return _("Place"), " · ".join(around[-2:]) or code, code


def _list(one: Said, names: Names) -> Words:
    area = names.areas.get(str(one.get("area", "")), str(one.get("area", "")))
    detail = _("%(unit)s leads in %(area)s") % {"unit": names.unit(one.get("unit")), "area": area}
    return _("Row of the list"), str(one.get("entry", "")), detail


def _hours(one: Said, _names: Names) -> Words:
    urgency = label_of(str(one.get("urgency", "")), Urgency)
    if one.get("working"):
        return _("Hours"), _("within working hours"), _("%(urgency)s: nobody on duty is asked") % {"urgency": urgency}
    return _("Hours"), _("outside working hours"), urgency


def _duty(one: Said, names: Names) -> Words:
    return _("On duty"), names.unit(one.get("unit")), str(one.get("entry", ""))


def _agency(one: Said, names: Names) -> Words:
    among = int(one.get("among", 1))
    detail = ngettext("the only agency at the place", "one of %(n)s agencies at the place", among) % {"n": among}
    return _("Stationed agency"), names.unit(one.get("unit")), detail


def _load(one: Said, names: Names) -> Words:
    said = " · ".join(f"{names.unit(unit)}: {number}" for unit, number in one.get("open", ()))
    return _("Open orders"), said or "—", _("decides between equals only, never against the list")


def _limit(one: Said, names: Names) -> Words:
    code = str(one.get("code", ""))
    condition = names.conditions.get(code, code)
    by = label_of(str(one.get("by", "")), LimitBy)
    return _("Limit"), limit_words(*(one.get("limit") or ("", ""))), f"{by}: {condition}" if condition else by


def _by_name(one: Said, names: Names) -> Words:
    return _("Named"), names.unit(one.get("unit")), label_of(str(one.get("by", "")), RouteReason)


def _before(one: Said, names: Names) -> Words:
    return _("Second round"), names.unit(one.get("unit")), _("handled it before and handles it again")


STEPS: dict[str, Callable[[Said, Names], Words]] = {
    "category": _category,
    "place": _place,
    "list": _list,
    "hours": _hours,
    "duty": _duty,
    "agency": _agency,
    "load": _load,
    "limit": _limit,
    "named": _by_name,
    "before": _before,
}
