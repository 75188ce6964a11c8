"""The tables of the product as Markdown: generated, so that they are never out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from developments.deadlines import LIMITS as PLAN_LIMITS
from developments.deadlines import PAPER_LIMIT
from developments.escalation import LADDER as PLAN_LADDER
from dispatch.escalation import LADDER
from kernel.events import ENVELOPE_FIELDS, EVENTS, SUBSCRIBERS
from kernel.timers import TIMER_HANDLERS
from kernel.workflow import WORKFLOWS
from kernel.worktime import Limit
from organizations.choices import Role
from organizations.roles import CAPABILITIES
from petitions.deadlines import FIRST_LEVEL, LIMITS
from projects.deadlines import LIMITS as PROJECT_LIMITS
from projects.lights import TABLE as PROJECT_LIGHTS
from supervision.choices import Level
from supervision.deadlines import LIMITS as SUPERVISION_LIMITS
from supervision.escalation import LADDER as SUPERVISION_LADDER
from whistles.choices import Kind
from whistles.deadlines import ABSENT_AFTER
from whistles.deadlines import BY_FORM as WHISTLE_FORMS
from whistles.deadlines import LIMITS as WHISTLE_LIMITS

NOTE = "<!-- Written by `make docs` from the code. Change the tables there. -->\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def limit(value: Limit) -> str:
    """A limit as people write it."""
    return f"{value.value} {value.unit.replace('_', ' ')}{'s' if value.value != 1 else ''}"


def workflows() -> str:
    """Every life-cycle, the limits of its stages, and the ladder."""
    parts = [NOTE, "# Life-cycles, limits and the ladder\n"]
    for name, flow in sorted(WORKFLOWS.items()):
        parts.append(f"\n## {name}\n\nBegins as `{flow.initial}`; ends as {_codes(flow.final)}.\n\n")
        rows = [
            (
                f"`{row.move}`",
                _codes(row.sources),
                f"`{row.target}`",
                f"`{row.capability}`",
                _codes(row.needs),
                row.basis,
            )
            for row in flow.table
        ]
        parts.append(table(("move", "from", "to", "capability", "needs", "basis"), rows))
        clocks = [(f"`{state}`", f"`{clock}`") for state, clock in sorted(flow.clocks.items())]
        parts.append("\n" + table(("state", "clock"), clocks))
    parts.append("\n## Limits of the stages of a petition\n\n")
    limits = [(f"`{clock}`", *(limit(one) for one in by.values())) for clock, by in LIMITS.items()]
    parts.append(table(("clock", "ordinary", "urgent", "critical"), limits))
    parts.append("\nFor handling, the limit of the responsibility list goes before the one above.\n")
    parts.append("\n## Who receives first (livelihood)\n\n" + table(("channel", "level"), sorted(FIRST_LEVEL.items())))
    parts += _supervision()
    parts += _whistles()
    parts += _plans()
    parts += _projects()
    parts.append("\n## The ladder\n\n")
    head = ("clock", "rung", "steps above", "takes over", "next: ordinary", "urgent", "critical", "told")
    rungs = [
        (
            *(f"`{one.clock}`", one.rung, one.above, "yes" if one.takes_over else "no"),
            *(limit(one.ordinary), limit(one.urgent), limit(one.critical), f"`{one.told}`"),
        )
        for one in LADDER
    ]
    parts.append(table(head, rungs))
    return "".join(parts)


def _supervision() -> list[str]:
    limits = [(f"`{clock}`", *(limit(one) for one in by.values())) for clock, by in SUPERVISION_LIMITS.items()]
    rungs = [
        (f"`{one.clock}`", one.rung, one.above, limit(one.wait), f"`{one.told.value}`") for one in SUPERVISION_LADDER
    ]
    return [
        "\n## Limits of supervision\n\n",
        table(("clock", *(level.value for level in Level)), limits),
        "\n## The ladder of supervision\n\n",
        table(("clock", "rung", "steps above", "next", "told"), rungs),
    ]


def _whistles() -> list[str]:
    limits = [(f"`{clock}`", *(limit(by[kind]) for kind in Kind)) for clock, by in WHISTLE_LIMITS.items()]
    forms = [(f"`{clock}`", form, limit(one)) for (clock, form), one in WHISTLE_FORMS.items()]
    absent = [(kind.value, int(ABSENT_AFTER[kind].total_seconds() // 60)) for kind in Kind]
    return [
        "\n## Limits of whistles\n\n",
        table(("clock", *(kind.value for kind in Kind)), limits),
        "\n" + table(("clock", "form", "instead"), forms),
        "\n" + table(("kind", "minutes after which a unit is absent"), absent),
    ]


def _projects() -> list[str]:
    limits = [(f"`{clock}`", limit(one)) for clock, one in PROJECT_LIMITS.items()]
    lights = [
        (f"`{row.light.value}`", _codes(row.states), "" if row.left is None else row.left, row.colour)
        for row in PROJECT_LIGHTS
    ]
    return [
        "\n## Limits of key work\n\n",
        table(("clock", "limit"), limits),
        "\n## Lights of key work, the first row that holds\n\n",
        table(("light", "states", "days left at most", "colour"), lights),
    ]


def _plans() -> list[str]:
    limits = [(f"`{clock}`", *(limit(one) for one in both)) for clock, both in PLAN_LIMITS.items()]
    rungs = [
        (f"`{one.clock}`", one.rung, one.whom.value, limit(one.ordinary), limit(one.quick), f"`{one.told.value}`")
        for one in PLAN_LADDER
    ]
    return [
        "\n## Limits of development petitions\n\n",
        table(("clock", "ordinary", "green channel"), limits),
        f"\nSteps have theirs in the plan template; a paper that a unit asks for: {limit(PAPER_LIMIT)}.\n",
        "\n## The ladder of development petitions\n\n",
        table(("clock", "rung", "who", "next: ordinary", "green channel", "told"), rungs),
    ]


def events() -> str:
    """Every event with what it holds and who listens, and every timer with its handler."""
    rows = [
        (
            f"`{name}`",
            (cls.__doc__ or "").strip().split("\n")[0] if not (cls.__doc__ or "").startswith(cls.__name__) else "",
            _codes(field.name for field in fields(cls) if field.name not in ENVELOPE_FIELDS),
            _codes(SUBSCRIBERS.get(name, ())),
        )
        for name, cls in sorted(EVENTS.items())
    ]
    timers = [
        (f"`{kind}`", f"`{handler.__module__}.{handler.__name__}`") for kind, handler in sorted(TIMER_HANDLERS.items())
    ]
    head = "# Events and timers\n\nAn event holds ids and codes only; each listener gets it once.\n\n"
    return (
        NOTE
        + head
        + table(("event", "meaning", "holds", "listeners"), rows)
        + "\n"
        + table(("timer", "handler"), timers)
    )


def roles() -> str:
    """Role × capability."""
    capabilities = sorted(frozenset().union(*CAPABILITIES.values()))
    rows = [
        (f"`{capability}`", *("●" if capability in CAPABILITIES[role] else "" for role in Role))
        for capability in capabilities
    ]
    return NOTE + "# Roles and capabilities\n\n" + table(("capability", *(role.value for role in Role)), rows)


def _codes(names: Iterable[object]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(str(name) for name in names))


def openapi() -> str:
    """The description of every endpoint, as served under /api/schema/."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return str(OpenApiYamlRenderer().render(schema, renderer_context={}).decode())


DOCUMENTS: dict[str, Callable[[], str]] = {
    "workflows.md": workflows,
    "events.md": events,
    "roles.md": roles,
    "openapi.yaml": openapi,
}
