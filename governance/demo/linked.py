"""Liaison officials: every village and community has one but for a few, some grids have their own; their visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle, islice

from governance.demo import files
from governance.demo.chance import chance
from grids.choices import CellKind
from grids.models import Cell
from kernel.actors import SYSTEM
from kernel.worktime import SHANGHAI
from liaisons.models import Assignment
from liaisons.services.assigning import assign
from liaisons.services.recording import PassedOn, record_visit
from organizations.choices import AreaLevel, Role
from organizations.models import Area, Posting
from organizations.queries import actor_of

EVERY = 41  # of so many communities one waits for its official
GRIDS = 14  # of so many grids one has an official of its own
VISITING = 3  # of so many officials one has been there lately
DAYS = 56
OFFICIALS = (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.TOWNSHIP_OFFICER, Role.SUPERVISOR, Role.VERIFIER)
COUNTY_AND_TOWNSHIPS = ("county", "township")
REASON = "区级领导干部联社区、机关干部包网格工作安排"  # zh: so such lists are headed
# What officials passed on today, in the words of the demo district: title and category.
PASSED = (("路灯成片不亮", "020605"), ("污水井盖破损", "020603"), ("村口占道堆放建材", "010103"))


def make_officials(*, seed: int, valid_from: date, at: datetime) -> None:
    """Assignments since a day, and the visits of the last eight weeks, each written down by whoever was there."""
    villages = Area.objects.filter(level=AreaLevel.VILLAGE).order_by("code").values_list("code", flat=True)
    places = [code for number, code in enumerate(villages, start=1) if number % EVERY]
    cells = Cell.objects.filter(kind=CellKind.BASIC).order_by("code").values_list("code", flat=True)
    begins = datetime.combine(valid_from, datetime.min.time(), tzinfo=SHANGHAI)
    for (user_id, _unit), place in zip(_officials(), [*places, *cells[::GRIDS]], strict=False):
        assign(place=place, user_id=user_id, valid_from=valid_from, reason=REASON, actor=SYSTEM, at=begins)
    for held in Assignment.objects.order_by("place").select_related("user")[::VISITING]:
        _visit(held, seed=seed, at=at)


def _officials() -> Iterator[tuple[int, int]]:
    """People of the county and the townships, again and again: several look after more than one place."""
    held = Posting.objects.filter(role__in=OFFICIALS, unit__level__in=COUNTY_AND_TOWNSHIPS, cell_code="")
    return cycle(held.order_by("pk").values_list("user_id", "unit_id"))


def _visit(held: Assignment, *, seed: int, at: datetime) -> None:
    """One or two visits on past days, during office hours, with what was found and mostly solved."""
    random = chance(seed, "visits", held.place)
    texts = files.rows(files.WORDS / "visit_findings.csv")
    for _number in range(random.choice((1, 1, 2))):
        day = at.astimezone(SHANGHAI).replace(hour=9, minute=0, second=0, microsecond=0)
        when = day - timedelta(days=random.randint(1, DAYS)) + timedelta(minutes=random.randint(0, 8 * 60))
        text, written = random.choice(texts), when + timedelta(minutes=40)
        record_visit(
            assignment_id=held.pk,
            visited_at=when,
            found=text["found"],
            solved=text["solved"],
            actor=actor_of(held.user, at=written),
            at=written,
        )


def pass_on(*, at: datetime) -> None:
    """What some officials could not solve this morning: each files a petition with the visit."""
    rows = Assignment.objects.filter(cell__isnull=True).order_by("place").select_related("user")
    for (title, category), held in zip(PASSED, islice(rows, 1, None, 7), strict=False):
        record_visit(
            assignment_id=held.pk,
            visited_at=at - timedelta(minutes=30),
            found=f"走访时群众反映：{title}，当场无法解决。",  # zh: what was found, as officials write it
            passed_on=PassedOn(title=title, category_code=category),
            actor=actor_of(held.user, at=at),
            at=at,
        )
