"""Every state of every workflow with its label and colour, found where it is declared: nothing is listed twice."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from django.db.models import TextChoices

from kernel.workflow import Workflow

WORKFLOW, CHOICES, COLOURS = ".workflow", ".choices", "COLOURS"


@dataclass(frozen=True, slots=True)
class Shown:
    """One state as its badge shows it; `colour` is "" where no table of colours has it."""

    state: str
    label: str
    colour: str
    final: bool


def states() -> list[tuple[str, list[Shown]]]:
    """Name of each workflow with its states, in the order of their words."""
    return sorted((one.name, _shown(one, words)) for one, words in _declared())


def _declared() -> Iterator[tuple[Workflow, ModuleType]]:
    """Each workflow with the words that stand beside it, in the choices of the same package."""
    for name in sorted(one for one in sys.modules if one.endswith(WORKFLOW)):
        held = [one for one in vars(sys.modules[name]).values() if isinstance(one, Workflow)]
        for workflow in held:
            yield workflow, importlib.import_module(name.removesuffix(WORKFLOW) + CHOICES)


def _shown(workflow: Workflow, words: ModuleType) -> list[Shown]:
    named = vars(words)
    choices = [one for one in named.values() if isinstance(one, type) and issubclass(one, TextChoices)]
    enum = next((one for one in choices if set(one.values) == workflow.states), None)
    tables = [table for name, table in named.items() if name.endswith(COLOURS)]
    colours: dict[str, str] = next((table for table in tables if workflow.states <= set(table)), {})
    labels = dict(enum.choices) if enum is not None else {one: one for one in sorted(workflow.states)}
    return [
        Shown(state=str(state), label=str(label), colour=colours.get(state, ""), final=state in workflow.final)
        for state, label in labels.items()
    ]
