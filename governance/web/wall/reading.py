"""What one drawing of a big screen is made from: who looks, when, at which ground, and what was counted there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from governance.web import links
from governance.web.figures import Figures, figures
from governance.web.wall.counting import Counts, Standing, counts
from governance.web.wall.ground import Ground
from grids.models import Cell
from kernel.actors import Actor
from organizations.choices import AreaLevel, UnitKind
from organizations.models import Area, Unit

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel as drawn. `template`: how its rows look; `note`: the denominator; `empty`: what is said for no rows."""

    template: str
    title: Text
    note: Text = ""
    rows: list[Any] = field(default_factory=list)
    empty: Text = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a panel with its share of the longest, in percent."""

    label: Text
    number: int
    share: int
    href: str = ""
    colour: str = "blue"


@dataclass(frozen=True)
class Reading:
    """One look at one ground. What several panels show is read once."""

    actor: Actor
    at: datetime
    ground: Ground

    @cached_property
    def figures(self) -> Figures:
        """The figures of the dashboard, of this ground."""
        return figures(actor=self.actor, at=self.at, place=self.ground.place)

    @cached_property
    def counts(self) -> Counts:
        """What the screen counts beside them."""
        ground = self.ground
        return counts(actor=self.actor, at=self.at, place=ground.place, column=ground.column)

    @cached_property
    def cells(self) -> list[tuple[str, str]]:
        """Code and name of each grid on the map of this ground."""
        found = Cell.objects.drawn().visible_to(self.actor).inside(self.ground.place)
        return list(found.order_by("code").values_list("code", "name"))

    @cached_property
    def parts(self) -> list[tuple[str, str, str]]:
        """Digits, name and address of each part of the ground, whether or not anything is open there."""
        if self.ground.level == AreaLevel.VILLAGE:
            return [(code, name, links.petitions(cell=code, state="open")) for code, name in self.cells]
        rows = Area.objects.filter(parent=self.ground.code).order_by("code").values_list("code", "name")
        digits = self.ground.digits
        return [(code[:digits], name, links.wall(area=code[:digits])) for code, name in rows]

    @cached_property
    def township(self) -> Unit | None:
        """The government of the township on the screen."""
        return Unit.objects.working().filter(kind=UnitKind.TOWNSHIP, area_id=self.ground.code).first()

    @property
    def standings(self) -> list[Standing]:
        """How each part of the ground stands."""
        counted = self.counts.parts
        return [counted.get(key, Standing(key=key)).named(name=name, href=href) for key, name, href in self.parts]


def bars(rows: list[Bar]) -> list[Bar]:
    """The same rows with their shares of the longest."""
    longest = max((one.number for one in rows), default=0) or 1
    return [replace(one, share=round(100 * one.number / longest)) for one in rows]
