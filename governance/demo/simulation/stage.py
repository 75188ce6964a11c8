"""What every move needs, and the table of moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from governance.demo.simulation.cases import Case
from governance.demo.simulation.cast import Cast
from kernel.actors import Actor
from petitions.choices import Channel


class Nobody(Exception):
    """There is nobody who could make this move; the clocks go on."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Seed, people, and the categories of the third level that the list knows."""

    seed: int
    cast: Cast
    categories: tuple[str, ...]

    def citizen(self, case: Case) -> Actor | None:
        """The person themselves, where they reported by the app."""
        user_id = case.petition.reporter_user_id
        return self.cast.actor(user_id) if user_id and case.petition.channel == Channel.APP else None


Move = Callable[[Stage, Case, datetime, Random], None]
MOVES: dict[str, Move] = {}


def move(name: str) -> Callable[[Move], Move]:
    """Enter a function into the table of moves; a name may be taken once."""

    def enter(function: Move) -> Move:
        if name in MOVES:
            raise ValueError(f"move {name} is declared twice")
        MOVES[name] = function
        return function

    return enter
