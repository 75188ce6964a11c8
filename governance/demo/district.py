"""Areas, units and grids of the district: real codes and names of places, invented bodies and boundaries."""

from __future__ import annotations

from datetime import datetime

from governance.demo import files
from grids.generation import Place, draw_district, outlines_of
from grids.models import Cell, Territory
from kernel.actors import SYSTEM
from organizations.choices import AreaLevel, UnitKind, UnitLevel
from organizations.models import Area
from organizations.services.structure import load_units

COUNTY = "370404000000"
ABOVE = (
    ("370000000000", "山东省", AreaLevel.PROVINCE, None),
    ("370400000000", "枣庄市", AreaLevel.CITY, "370000000000"),
    (COUNTY, "峄城区", AreaLevel.COUNTY, "370400000000"),
)
BASIC, DEDICATED = 438, 118  # as the district has them
NO_PHONE = 151  # the code of every such grid divides by it


def make_areas() -> None:
    """From the province down to every village."""
    Area.objects.bulk_create(
        [
            *(Area(code=code, name=name, level=level, parent_id=parent) for code, name, level, parent in ABOVE),
            *(Area(code=one.code, name=one.name, level=AreaLevel.TOWNSHIP, parent_id=COUNTY) for one in townships()),
            *(
                Area(code=one.code, name=one.name, level=AreaLevel.VILLAGE, parent_id=f"{one.code[:9]}000")
                for one in villages()
            ),
        ]
    )


def make_units(*, at: datetime) -> None:
    """The bodies of the list of departments, and one unit per village, which is the centre's workstation there."""
    load_units(
        [*files.rows(files.LISTS / "departments.csv"), *(_village_unit(one) for one in villages())], actor=SYSTEM, at=at
    )


def make_cells(*, seed: int) -> None:
    """438 basic grids that tile the district and 118 dedicated ones over them."""
    drawn = draw_district(townships=townships(), villages=villages(), basic=BASIC, dedicated=DEDICATED, seed=seed)
    Cell.objects.bulk_create(
        Cell(**{name: getattr(one, name) for name in one.__dataclass_fields__}, phone=_supervision(one.code))
        for one in drawn
    )
    Territory.objects.bulk_create(
        Territory(area_id=code, boundary=boundary, area_m2=area) for code, boundary, area in outlines_of(drawn)
    )


def _supervision(code: str) -> str:
    """The telephone of the township's desk; a few cards lack theirs. No real number begins with a nought."""
    return "" if int(code) % NO_PHONE == 0 else f"0632-0{code[6:9]}000"


def townships() -> list[Place]:
    """The seven townships, each with where its middle roughly lies."""
    return [
        Place(row["code"], row["name"], (float(row["lng"]), float(row["lat"])))
        for row in files.rows(files.DISTRICT / "yicheng_townships.csv")
    ]


def villages() -> list[Place]:
    """The villages and communities."""
    return [Place(row["code"], row["name"]) for row in files.rows(files.DISTRICT / "yicheng_villages.csv")]


def _village_unit(village: Place) -> dict[str, str]:
    return {
        "code": f"VL-{village.code}",
        "name": village.name,
        "short_name": village.name,
        "kind": UnitKind.VILLAGE,
        "superior_code": f"CC-{village.code[:9]}",
        "level": UnitLevel.VILLAGE,
        "area_code": village.code,
    }
