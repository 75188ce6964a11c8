"""A county small enough to know by heart, and its people. `build()` makes it; the fixture `world` hands it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.management import call_command

from dispatch.models import ReturnReason
from grids.models import Cell
from kernel.actors import Actor
from kernel.worktime import SHANGHAI
from organizations.choices import AreaLevel, Duty, LeadRule, Role, UnitKind, UnitLevel
from organizations.models import Area, Matter, Posting, ResponsibilityEntry, Unit, User
from organizations.queries import actor_of
from petitions.models import Category, DeclineReason

COUNTY = "370404000000"
EAST, WEST = "370404001000", "370404100000"  # 坛山街道, 古邵镇
EAST_VILLAGE, EAST_OTHER, WEST_VILLAGE = "370404001006", "370404001007", "370404100201"
CELL = EAST_VILLAGE + "001"
START = datetime(2025, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """The instant of an ISO text on the clock of the county, such as "2026-11-16 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


MONDAY = at("2026-11-16 09:00")


@dataclass
class World:
    """Units by short key, actors by name of the person."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str, *, on: datetime = MONDAY) -> Actor:
        return actor_of(self.users[name], at=on)


def build() -> World:
    call_command("load_calendar", verbosity=0)
    world = World()
    _areas()
    _units(world)
    _people(world)
    _list(world)
    _words()
    return world


def _areas() -> None:
    rows = [
        ("370000000000", "山东省", AreaLevel.PROVINCE, None),
        ("370400000000", "枣庄市", AreaLevel.CITY, "370000000000"),
        (COUNTY, "峄城区", AreaLevel.COUNTY, "370400000000"),
        (EAST, "坛山街道", AreaLevel.TOWNSHIP, COUNTY),
        (WEST, "古邵镇", AreaLevel.TOWNSHIP, COUNTY),
        (EAST_VILLAGE, "工农社区", AreaLevel.VILLAGE, EAST),
        (EAST_OTHER, "立新社区", AreaLevel.VILLAGE, EAST),
        (WEST_VILLAGE, "古邵村", AreaLevel.VILLAGE, WEST),
    ]
    for code, name, level, parent in rows:
        Area.objects.create(code=code, name=name, level=level, parent_id=parent)
    for number, (village, lng) in enumerate([(EAST_VILLAGE, 117.58), (EAST_OTHER, 117.60), (WEST_VILLAGE, 117.70)]):
        ring = [[lng, 34.76], [lng + 0.02, 34.76], [lng + 0.02, 34.78], [lng, 34.78], [lng, 34.76]]
        Cell.objects.create(
            code=f"{village}001",
            name=f"第{number + 1}网格",
            kind="basic",
            village_id=village,
            boundary={"type": "Polygon", "coordinates": [ring]},
            lng=lng + 0.01,
            lat=34.77,
            area_m2=4_000_000,
        )


def _units(world: World) -> None:
    center, village = UnitKind.COMMAND_CENTER, UnitKind.VILLAGE
    rows = [
        # key, code, name, kind, level, area, superior
        ("city", "CC-3704", "市指挥中心", center, UnitLevel.CITY, "370400000000", None),
        ("county", "CC-370404", "区指挥中心", center, UnitLevel.COUNTY, COUNTY, "city"),
        ("east", "CC-370404001", "坛山分中心", center, UnitLevel.TOWNSHIP, EAST, "county"),
        ("west", "CC-370404100", "古邵分中心", center, UnitLevel.TOWNSHIP, WEST, "county"),
        ("east_town", "TS-370404001", "坛山街道", UnitKind.TOWNSHIP, UnitLevel.TOWNSHIP, EAST, "county"),
        ("west_town", "TS-370404100", "古邵镇", UnitKind.TOWNSHIP, UnitLevel.TOWNSHIP, WEST, "county"),
        ("east_village", "VL-1", "工农社区", village, UnitLevel.VILLAGE, EAST_VILLAGE, "east"),
        ("east_other", "VL-2", "立新社区", village, UnitLevel.VILLAGE, EAST_OTHER, "east"),
        ("west_village", "VL-3", "古邵村", village, UnitLevel.VILLAGE, WEST_VILLAGE, "west"),
        ("urban", "D-CG", "综合执法局", UnitKind.DEPARTMENT, UnitLevel.COUNTY, COUNTY, "county"),
        ("water", "U-GS", "自来水公司", UnitKind.UTILITY, UnitLevel.COUNTY, COUNTY, "county"),
        ("mediators", "MC-370404", "区调委会", UnitKind.MEDIATION_COMMITTEE, UnitLevel.COUNTY, COUNTY, "county"),
        ("plant", "EN-1", "坛山机械厂", UnitKind.ENTERPRISE, UnitLevel.TOWNSHIP, EAST, None),
        ("mill", "EN-2", "古邵面粉厂", UnitKind.ENTERPRISE, UnitLevel.TOWNSHIP, WEST, None),
    ]
    for key, code, name, kind, level, area, superior in rows:
        world.units[key] = Unit.objects.create(
            code=code,
            name=name,
            short_name=name,
            kind=kind,
            level=level,
            area_id=area,
            superior=world.units[superior] if superior else None,
        )


def _people(world: World) -> None:
    rows = [
        # name            unit            role                  cell
        ("dispatcher", "county", Role.DISPATCHER, ""),
        ("dispatcher2", "county", Role.DISPATCHER, ""),
        ("verifier", "county", Role.VERIFIER, ""),
        ("director", "county", Role.CENTER_DIRECTOR, ""),
        ("supervisor", "county", Role.SUPERVISOR, ""),
        ("administrator", "county", Role.ADMINISTRATOR, ""),
        ("keeper", "county", Role.LIST_KEEPER, ""),
        ("east_dispatcher", "east", Role.DISPATCHER, ""),
        ("west_dispatcher", "west", Role.DISPATCHER, ""),
        ("east_officer", "east_town", Role.TOWNSHIP_OFFICER, ""),
        ("west_officer", "west_town", Role.TOWNSHIP_OFFICER, ""),
        ("east_head", "east_town", Role.TOWNSHIP_HEAD, ""),
        ("urban_head", "urban", Role.DEPARTMENT_HEAD, ""),
        ("leader", "urban", Role.COUNTY_LEADER, ""),
        ("east_villager", "east_village", Role.VILLAGE_OFFICER, ""),
        ("gridworker", "east_village", Role.GRIDWORKER, CELL),
        ("grid_leader", "east_village", Role.GRID_LEADER, CELL),
        ("west_gridworker", "west_village", Role.GRIDWORKER, WEST_VILLAGE + "001"),
        ("urban_handler", "urban", Role.HANDLER, ""),
        ("water_handler", "water", Role.HANDLER, ""),
        ("mediator", "mediators", Role.MEDIATOR, ""),
        ("enforcer", "urban", Role.ENFORCER, ""),
        ("company", "plant", Role.ENTERPRISE, ""),
        ("company2", "mill", Role.ENTERPRISE, ""),
    ]
    for name, unit, role, cell in rows:
        user = User.objects.create_user(username=name, password="grid-demo-1", display_name=name)
        Posting.objects.create(user=user, unit=world.units[unit], role=role, cell_code=cell, valid_from=START)
        world.users[name] = user
    for name in ("citizen", "neighbour"):
        world.users[name] = User.objects.create_user(username=name, password="grid-demo-1", display_name=name)


def _list(world: World) -> None:
    rows = [
        # matter   name          kind          days  rule                        unit     assist
        ("M-CG", "占道经营", "livelihood", 5, LeadRule.UNIT, "urban", LeadRule.TOWNSHIP_OF_PLACE),
        ("M-GS", "供水中断", "livelihood", 1, LeadRule.UNIT, "water", None),
        ("M-HJ", "村内保洁", "livelihood", 2, LeadRule.VILLAGE_OF_PLACE, None, None),
        ("M-JF", "邻里纠纷", "livelihood", 10, LeadRule.VILLAGE_OF_PLACE, None, None),
    ]
    for code, name, kind, days, rule, unit, assist in rows:
        matter = Matter.objects.create(
            code=code, name=name, domain="城乡建设", petition_kind=kind, limit_value=Decimal(days), limit_unit="workday"
        )
        _entry(f"{code}-L", matter, Duty.LEAD, rule, world.units[unit] if unit else None, days)
        if assist:
            _entry(f"{code}-A", matter, Duty.ASSIST, assist, None, None)
    Category.objects.create(code="01", name="城市管理", level=1, kind="livelihood")
    Category.objects.create(code="0101", name="市容", level=2, parent_id="01", kind="livelihood")
    for code, name, matter in [
        ("010101", "占道经营", "M-CG"),
        ("010102", "停水", "M-GS"),
        ("010103", "村内垃圾", "M-HJ"),
        ("010104", "邻里纠纷", "M-JF"),
        ("010199", "其他", None),
    ]:
        Category.objects.create(
            code=code,
            name=name,
            level=3,
            parent_id="0101",
            kind="livelihood",
            matter=Matter.objects.get(code=matter) if matter else None,
        )


def _entry(code: str, matter: Matter, duty: str, rule: str, unit: Unit | None, days: int | None) -> None:
    ResponsibilityEntry.objects.create(
        code=code,
        matter=matter,
        area_id=COUNTY,
        duty=duty,
        rule=rule,
        unit=unit,
        limit_value=Decimal(days) if days else None,
        limit_unit="workday" if days else "",
        basis="山东省乡镇人民政府工作条例",
        valid_from=date(2025, 1, 1),
    )


def _words() -> None:
    DeclineReason.objects.create(code="litigation", name="已进入诉讼", channel="人民法院", basis="信访工作条例 31")
    ReturnReason.objects.create(code="not_ours", name="不属于本单位职责")
