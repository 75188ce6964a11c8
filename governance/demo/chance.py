"""Chance that can be played again: every decision has a generator of its own, named by what it decides."""

from __future__ import annotations

from random import Random


def chance(*names: str | int) -> Random:
    """The generator of one decision: the same names, the same decision, whatever else was decided before."""
    return Random("/".join(str(name) for name in names))  # noqa: S311  # a play for show, not a secret
