"""What a version of an item says, in words: the one reading that card, comparison and draft share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.choices import LeadRule
from organizations.models import Unit
from petitions.models import Category
from registry.choices import TownshipRole
from registry.flowchart import Drawing, Step, draw, limit_words, steps_of
from registry.policies.contents import Condition, Content, plain

Words = str | Promise
# What an item says, in the order in which people read it.
LABELS: dict[str, Words] = {
    "name": pgettext_lazy("item", "Name"),
    "domain": _("Field"),
    "lead": _("Leads"),
    "lead_duty": _("Duty of the lead"),
    "cooperations": _("Cooperate"),
    "township_role": _("Role of the township"),
    "township_duty": _("Duty of the township"),
    "basis": _("Legal basis"),
    "safeguards": _("Safeguards"),
    "limit": _("Limit"),
    "conditions": _("Filing conditions"),
    "categories": _("Attached categories"),
    "chart": _("Process chart"),
}

# What a line says besides, where a fault may name it.
COLUMNS: dict[str, Words] = LABELS | {
    "item_code": _("Code"),
    "kind": _("List"),
    "part": _("Part"),
    "matter": _("Matter"),
    "unit": _("Whose duty or power"),
    "area": _("Area"),
    "lead_rule": _("Who leads"),
    "lead_unit": _("Lead unit"),
    "limit_value": _("Limit"),
    "limit_unit": _("Limit"),
    "effective": _("In force from"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a version says; several lines where it is a list."""

    key: str
    label: Words
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole in one piece."""
        return "\n".join(self.lines)


class Names:
    """Units by code and categories by code, read once for a page."""

    def __init__(self, *, units: Mapping[str, str], categories: Mapping[str, str]) -> None:
        self.units, self.categories = units, categories

    def body(self, code: str) -> str:
        """A unit's name by its code, or the body that a rule means; what is unknown is shown as it stands."""
        if code in LeadRule.values and code != LeadRule.UNIT:
            return str(LeadRule(code).label)
        return self.units.get(code, code)

    def category(self, code: str) -> str:
        """Code and name of a category."""
        return f"{code} {self.categories.get(code, '')}".strip()

    def steps(self, content: Content) -> list[Step]:
        """The process chart in words; a step that names nobody is the lead's."""
        lead = self.body(content.lead_unit or content.lead_rule)
        return steps_of(chart=plain(content.chart), named=lambda code: self.body(code) if code else lead)

    def drawing(self, content: Content | None) -> Drawing | None:
        """The process chart as a picture; None where there is none."""
        return draw(steps=self.steps(content)) if content else None


def names_for(*, categories: Iterable[str]) -> Names:
    """The names that some contents need. Two queries."""
    known = dict(Category.objects.filter(pk__in=set(categories)).values_list("code", "name"))
    return Names(units=unit_names(), categories=known)


def unit_names() -> dict[str, str]:
    """Short names of all units by code, those that no longer exist too. One query."""
    return {code: short or name for code, short, name in Unit.objects.values_list("code", "short_name", "name")}


def facts(*, content: Content | None, names: Names) -> list[Fact]:
    """Everything that is said, in the order in which people read it; all empty for no content."""
    if content is None:
        return [Fact(key, label, ()) for key, label in LABELS.items()]
    said: dict[str, Iterable[str]] = {
        "name": [content.name],
        "domain": [content.domain],
        "lead": [names.body(content.lead_unit or content.lead_rule)],
        "lead_duty": [content.lead_duty],
        "cooperations": [f"{names.body(one.unit or one.rule)}: {one.duty}" for one in content.cooperations],
        "township_role": [str(TownshipRole(content.township_role).label)],
        "township_duty": [content.township_duty],
        "basis": [content.basis],
        "safeguards": [content.safeguards],
        "limit": [limit_words(value=content.limit_value, unit=content.limit_unit)],
        "conditions": [condition_words(one) for one in content.conditions],
        "categories": [names.category(code) for code in content.categories],
        "chart": chart_lines(names.steps(content)),
    }
    return [Fact(key, label, tuple(line for line in said[key] if line)) for key, label in LABELS.items()]


def condition_words(condition: Condition) -> str:
    """A filing condition with its limit and when the case is closed."""
    limit = limit_words(value=condition.limit_value, unit=condition.limit_unit)
    return " · ".join(part for part in (f"{condition.code} {condition.text}", limit, condition.closing) if part)


def chart_lines(steps: Iterable[Step]) -> list[str]:
    """The steps of a chart, one a line."""
    lines = []
    for step in steps:
        after = ", ".join(str(number) for number in step.follows)
        said = " · ".join(part for part in (step.title, step.who, step.limit) if part)
        lines.append(f"{step.number}. {said}{f' → {after}' if after else ''}")
    return lines


def column_words(column: str) -> str:
    """Where a fault is, in words: a field, or a field with the number of its row; what is unknown as it stands."""
    name, _dot, rest = column.partition(".")
    number = rest.partition(".")[0]
    return f"{COLUMNS.get(name, name)} {number}".strip()
