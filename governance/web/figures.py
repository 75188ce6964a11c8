"""The figures of the dashboard, counted from what the person may see: the same querysets as the lists behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left, TruncDate
from django.utils import timezone

from governance.web.kept import KEPT, Kept, kept_for
from kernel.actors import Actor
from petitions.choices import CLOSED_STATES, OPEN_STATES, Satisfaction
from petitions.models import Petition
from petitions.queries import by_place_alone, within
from supervision.models import Listing, SupervisionOrder

# A rate over a month: a day has too few cases for one, a year hides what is new.
RATE_DAYS = 30
CHART_DAYS = 14
# Everybody who oversees the same ground shares one count. Pages ask a second after they heard of a change (live.js), so
# that none is shown the count of before it.
FRESH_SECONDS = 1
MAIN_CATEGORY_DIGITS = 2
Cases = QuerySet[Petition]
CONTENT = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)


@dataclass(frozen=True)
class Figures:
    """What was counted, and when: `at` is the age that the page says."""

    at: datetime
    totals: dict[str, int]
    days: list[tuple[date, int, int]]
    townships: list[tuple[str, int, int]]
    categories: list[tuple[str, int]]
    # Open supervision orders and listed cases; None for whoever has no register of them.
    supervised: tuple[int, int] | None = None


def figures(*, actor: Actor, at: datetime, place: str = "") -> Figures:
    """The figures for this person, at most a few seconds old; `place` narrows them to an area by its digits."""
    key = f"figures:{scope_of(actor)}:{place}"
    found = cast(Figures, cache.get_or_set(key, lambda: count(actor=actor, at=at, place=place), FRESH_SECONDS))
    # Supervision has no place of its own: a part of the area would show the whole of it. It is each one's own.
    return found if place else replace(found, supervised=_supervised(actor))


def scope_of(actor: Actor) -> str:
    """A name for what somebody may see, under which counts are kept: one for all who oversee the same places."""
    if by_place_alone(actor) is not None:
        return ",".join(sorted({seat.territory for seat in actor.seats if seat.territory}))
    return ",".join([*actor.territories, *(str(one) for one in sorted(actor.unit_ids)), str(actor.user_id)])


def cases_in(*, actor: Actor, place: str = "") -> Cases:
    """The petitions that are counted: what the person may see, and of it what lies in the area."""
    cases = Petition.objects.visible_to(actor)
    return cases.filter(within(place)) if place else cases


def count(*, actor: Actor, at: datetime, place: str = "") -> Figures:
    """Count now."""
    cases = cases_in(actor=actor, place=place)
    kept = kept_for(actor=actor, place=place, since=(midnight(at=at) - timedelta(days=RATE_DAYS)).date())
    return Figures(
        at=at,
        totals=_totals(cases, at) if kept is None else _totals_beside(kept, cases, at),
        days=_days(cases, at) if kept is None else _days_of(kept.filed, kept.closed, at),
        townships=_townships(cases, at) if kept is None else kept.townships(late=_late(cases, at)),
        categories=_categories(cases, at),
    )


def midnight(*, at: datetime) -> datetime:
    """When the local day began."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def asked(*, at: datetime) -> dict[str, Q]:
    """What each figure counts. The list behind a figure is narrowed by the very same words."""
    today, since = midnight(at=at), midnight(at=at) - timedelta(days=RATE_DAYS)
    ended = Q(state__in=CLOSED_STATES)
    closed = ended & Q(closed_at__gte=since)
    return {
        "filed": Q(filed_at__gte=today),
        "accepted": Q(accepted_at__gte=today),
        "closed": ended & Q(closed_at__gte=today),
        "recent": Q(filed_at__gte=since),
        "open": Q(state__in=OPEN_STATES),
        "overdue": Q(state__in=OPEN_STATES, stage_due_at__lt=at),
        "timed": closed & Q(on_time__isnull=False),
        "on_time": closed & Q(on_time=True),
        "late": closed & Q(on_time=False),
        "rated": closed & ~Q(satisfaction=""),
        "content": closed & Q(satisfaction__in=CONTENT),
        "dissatisfied": closed & Q(satisfaction=Satisfaction.DISSATISFIED),
    }


def _totals(cases: Cases, at: datetime) -> dict[str, int]:
    # Some figures are called as a column is; the prefix keeps the two apart.
    counts = {f"n_{name}": Count("pk", filter=which) for name, which in asked(at=at).items()}
    # What none of the figures counts is not read: a district that has run for years has a million such rows.
    since = midnight(at=at) - timedelta(days=RATE_DAYS)
    counted = cases.filter(Q(state__in=OPEN_STATES) | Q(filed_at__gte=since) | Q(closed_at__gte=since))
    return {name.removeprefix("n_"): n for name, n in counted.order_by().aggregate(**counts).items()}


def _totals_beside(kept: Kept, cases: Cases, at: datetime) -> dict[str, int]:
    """The same where counters are kept: only what has a deadline or an opinion to it is still counted, each by its own
    index; asked together, PostgreSQL reads every case there ever was.
    """
    today, since = midnight(at=at), midnight(at=at) - timedelta(days=RATE_DAYS)
    words = {name: which for name, which in asked(at=at).items() if name not in KEPT}
    overdue = cases.filter(words.pop("overdue")).order_by().count()
    read = cases.filter(closed_at__gte=since).order_by()
    found = read.aggregate(**{f"n_{name}": Count("pk", filter=which) for name, which in words.items()})
    counted = {name.removeprefix("n_"): n for name, n in found.items()}
    return counted | {"overdue": overdue} | kept.totals(today=today.date())


def _late(cases: Cases, at: datetime) -> dict[str, int]:
    late = cases.filter(asked(at=at)["overdue"]).order_by().values("township_code").annotate(n=Count("pk"))
    return dict(late.values_list("township_code", "n"))


def _supervised(actor: Actor) -> tuple[int, int] | None:
    if not (actor.holds("supervision.order") or actor.holds("supervision.answer")):
        return None
    return SupervisionOrder.objects.visible_to(actor).open().count(), Listing.objects.visible_to(actor).open().count()


def _days(cases: Cases, at: datetime) -> list[tuple[date, int, int]]:
    first = midnight(at=at) - timedelta(days=CHART_DAYS - 1)
    return _days_of(
        _per_day(cases, "filed_at", first), _per_day(cases.filter(state__in=CLOSED_STATES), "closed_at", first), at
    )


def _days_of(filed: dict[date, int], closed: dict[date, int], at: datetime) -> list[tuple[date, int, int]]:
    first = midnight(at=at) - timedelta(days=CHART_DAYS - 1)
    days = [first.date() + timedelta(days=step) for step in range(CHART_DAYS)]
    return [(day, filed.get(day, 0), closed.get(day, 0)) for day in days]


def _per_day(cases: Cases, moment: str, first: datetime) -> dict[date, int]:
    found = cases.filter(**{f"{moment}__gte": first}).order_by()
    return dict(found.annotate(day=TruncDate(moment)).values("day").annotate(n=Count("pk")).values_list("day", "n"))


def _townships(cases: Cases, at: datetime) -> list[tuple[str, int, int]]:
    late = Count("pk", filter=Q(stage_due_at__lt=at))
    opened = cases.filter(state__in=OPEN_STATES).order_by()
    grouped = opened.values("township_code").annotate(n=Count("pk"), late=late)
    return list(grouped.order_by("-n", "township_code").values_list("township_code", "n", "late"))


def _categories(cases: Cases, at: datetime) -> list[tuple[str, int]]:
    recent = cases.filter(filed_at__gte=midnight(at=at) - timedelta(days=RATE_DAYS)).order_by()
    grouped = recent.annotate(main=Left("category_id", MAIN_CATEGORY_DIGITS)).values("main").annotate(n=Count("pk"))
    return [(main or "", n) for main, n in grouped.order_by("-n", "main").values_list("main", "n")]


def load_of_cells(*, actor: Actor, at: datetime) -> dict[str, tuple[int, int]]:
    """Open and overdue petitions of each grid."""
    late: Any = Count("pk", filter=Q(stage_due_at__lt=at))
    cases = Petition.objects.visible_to(actor).open().exclude(cell_code="").order_by()
    grouped = cases.values("cell_code").annotate(n=Count("pk"), late=late)
    return {code: (n, overdue) for code, n, overdue in grouped.values_list("cell_code", "n", "late")}
