"""Making a player, alone in its database, with what is there already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from calls.choices import OPEN_STATES as CALLED
from calls.models import Call
from developments.models import Development
from governance.demo.simulation.cases import Case
from governance.demo.simulation.cast import Cast
from governance.demo.simulation.filings import Filing, filings_of
from governance.demo.simulation.ground import Ground
from governance.demo.simulation.mark import last_instant
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.player import Player
from governance.demo.simulation.stage import Stage
from kernel import lanes
from kernel.calendars import current
from kernel.errors import Conflict
from kernel.handover import hand_over
from kernel.worktime import SHANGHAI
from mediation.choices import OPEN_STATES as UNDER_MEDIATION
from mediation.models import MediationCase
from petitions.choices import OPEN_STATES
from petitions.models import Category, Petition
from petitions.suggesting import KeyWords, read_keywords, suggest
from supervision.choices import OPEN_STATES as UNDER_SUPERVISION
from supervision.models import SupervisionOrder

LOCK = 0x706C6179  # one play at a time; the lock dies with its connection
SEED = 370404
UNCLEAR = "990301"  # the category of what fits none: the list has no answer, so the centre decides


@contextmanager
def alone() -> Iterator[None]:
    """Hold the one lock of plays. Raises Conflict where another play runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("another play is running in this database")
        # A crash may cost the last half second of the play, and the next run plays that again: waiting for the disk
        # at every step would cost minutes.
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def player_for(*, seed: int, source: str, per_day: float, start: datetime) -> Player:
    """A player at `start`, or where this play stopped before, with its open cases."""
    clock = max(start, last_instant(source) or start)
    known = Category.objects.filter(level=3, active=True, matter__isnull=False).order_by("code")
    stage = Stage(seed, Cast(at=clock), tuple(known.values_list("code", flat=True)))
    player = Player(stage, Mind(seed, current(at=clock)), Ground(), source, per_day, clock)
    if per_day:
        player.take_up(_played(player))
    return player


def release() -> int:
    """Hand what is still open over to the live lane: from now on the beat serves it."""
    return hand_over(source=lanes.HISTORY, target=lanes.LIVE)


def carry_on(player: Player, *, petitions: QuerySet[Petition]) -> int:
    """Take up open petitions that others have filed, with everything that is armed for them; returns how many.

    What they are truly about is their category, or where they have none yet what their words suggest.
    """
    held = Category.objects.filter(level=3, active=True).order_by("code")
    keywords = read_keywords(cells=dict(held.values_list("code", "keywords")))
    cases = [
        Case(f"{one.source}/{one.source_no or one.number}", one.pk, one.category_id or _suggested(one, keywords))
        # What became a plan of steps goes its own way.
        for one in petitions.exclude(pk__in=Development.objects.values("petition")).order_by("filed_at", "pk")
    ]
    hand_over(source=lanes.LIVE, target=lanes.HISTORY, cases=[case.id for case in cases])
    player.take_up(cases)
    return len(cases)


def _suggested(petition: Petition, keywords: KeyWords) -> str:
    found = suggest(title=petition.title, text=petition.description, keywords=keywords, most=1)
    return found[0].code if found else UNCLEAR


def _played(player: Player) -> list[Case]:
    """The open cases of this play, each with what was planned for it in the beginning."""
    disputed = MediationCase.objects.filter(state__in=UNDER_MEDIATION).values("petition_id")
    supervised = SupervisionOrder.objects.filter(state__in=UNDER_SUPERVISION).values("petition_id")
    called = Call.objects.filter(state__in=CALLED, petition__isnull=False).values("petition_id")
    alive = Q(state__in=OPEN_STATES) | Q(pk__in=disputed) | Q(pk__in=supervised) | Q(pk__in=called)
    living = Petition.objects.filter(alive, source=player.source)
    petitions = list(living.order_by("source_no"))
    planned: dict[str, Filing] = {}
    for day in sorted({one.filed_at.astimezone(SHANGHAI).date() for one in petitions}):
        for filing in filings_of(
            day=day,
            seed=player.stage.seed,
            per_day=player.per_day,
            ground=player.ground,
            calendar=player.mind.calendar,
        ):
            planned[filing.source_no] = filing
    return [
        Case(one.source_no, one.pk, planned[one.source_no].category_code, planned[one.source_no].twin_of)
        for one in petitions
        if one.source_no in planned
    ]
