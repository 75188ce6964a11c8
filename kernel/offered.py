"""The buttons of a page: what may be done now, and what may not with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.workflow import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How the moves of one table look: icon of each, which are meant to be made next, which cannot be undone.

    `pages`: moves that are made on the page of another, which is then one button.
    """

    icons: Mapping[str, str]
    first: frozenset[str] = frozenset()
    danger: frozenset[str] = frozenset()
    pages: Mapping[str, str] = field(default_factory=dict)


def offered(
    moves: Iterable[Move], *, looks: Looks, address: Callable[[str], str] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """`offers`: the buttons that may be pressed; `refused`: the others with the reason. Each button once.

    `address` gives the page of a move; without it the template makes it from the button's name.
    """
    shown: dict[str, dict[str, Any]] = {}
    for move in moves:
        name = looks.pages.get(move.move, move.move)
        shown.setdefault(name, _button(name, move, looks, address))
    return {
        "offers": [one for one in shown.values() if one["allowed"]],
        "refused": [one for one in shown.values() if not one["allowed"]],
    }


def _button(name: str, move: Move, looks: Looks, address: Callable[[str], str] | None) -> dict[str, Any]:
    return {
        "name": name,
        "href": address(name) if address else "",
        "label": move.label,
        "allowed": move.allowed,
        "reason": move.reason,
        "icon": looks.icons[name],
        "primary": name in looks.first,
        "danger": name in looks.danger,
    }
