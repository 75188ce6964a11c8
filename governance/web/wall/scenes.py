"""THE SCENES: what each level's screen shows in turn. The city commands, the county coordinates, the township
integrates, the village serves (ZY1, DY4): each has other work, and so another screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.web.wall import panels, staff, township
from governance.web.wall.reading import Panel, Reading
from organizations.choices import AreaLevel

Builder = Callable[[Reading], Panel]


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands left and right of the map at one time."""

    key: str
    label: str | Promise
    left: tuple[Builder, ...]
    right: tuple[Builder, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scene with its panels read."""

    key: str
    label: str | Promise
    left: list[Panel]
    right: list[Panel]


TODAY, RANKING, PEOPLE = _("Today"), _("Ranking"), pgettext_lazy("scene", "People")
BRIEF: Builder = partial(panels.pressing, shown=4)
# fmt: off
WIDE = (
    Scene("today",   TODAY,   (panels.channels, panels.days),   (panels.categories, BRIEF)),
    Scene("ranking", RANKING, (panels.parts,),                  (panels.units,)),
    Scene("people",  PEOPLE,  (staff.staff,),                   (panels.today,)),
)
SCENES: dict[str, tuple[Scene, ...]] = {
    AreaLevel.CITY:   WIDE,
    AreaLevel.COUNTY: WIDE,
    AreaLevel.TOWNSHIP: (
        Scene("today",   TODAY,   (township.calls, panels.days),   (township.whistles, BRIEF)),
        Scene("ranking", RANKING, (panels.parts,),                 (township.rank, panels.grids)),
        Scene("people",  PEOPLE,  (staff.staff,),                  (township.people, panels.categories)),
    ),
    AreaLevel.VILLAGE: (
        Scene("today",   TODAY,   (panels.today,),                 (panels.parts,)),
        Scene("people",  PEOPLE,  (staff.staff,),                  (panels.pressing,)),
    ),
}
# fmt: on


def drawn(reading: Reading) -> list[Drawn]:
    """The scenes of the ground's level, read."""
    return [
        Drawn(one.key, one.label, [build(reading) for build in one.left], [build(reading) for build in one.right])
        for one in SCENES[reading.ground.level]
    ]
