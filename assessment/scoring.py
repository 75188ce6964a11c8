"""Facts → figures, with the working shown. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Protocol, TypeVar
from uuid import UUID

from assessment.choices import Better, Unranked

PLACES = Decimal("0.000001")
RULED = frozenset({"upheld", "refused"})
CONTENT = frozenset({"satisfied", "basically"})


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time [start, end)."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        """True where the moment lies in the period; no moment lies in none."""
        return moment is not None and self.start <= moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInput:
    """What counts of one work order. It counts for the unit that leads, never for those that only assist (R4)."""

    id: UUID
    round: int
    assigned_at: datetime
    sign_due_at: datetime
    signed_at: datetime | None
    handle_due_at: datetime
    completed_at: datetime | None
    ended_at: datetime | None
    returned: bool
    reworks: int
    objection: str = ""
    objection_ruled_at: datetime | None = None
    urged_at: Sequence[datetime] = ()
    supervised_at: Sequence[datetime] = ()
    listed_at: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInput:
    """What counts of one case."""

    id: UUID
    first_unit_id: int | None
    last_unit_id: int | None
    filed_at: datetime
    accepted_at: datetime | None
    refused: bool
    due_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    resolved: bool | None
    satisfaction: str


def _sign_was_due(order: OrderInput, month: Period) -> bool:
    ended_before = order.signed_at is None and order.ended_at is not None and order.ended_at <= order.sign_due_at
    return month.holds(order.sign_due_at) and not ended_before


def _signed_in_time(order: OrderInput, month: Period) -> bool:
    return order.signed_at is not None and order.signed_at <= order.sign_due_at


def _to_be_finished(order: OrderInput, month: Period) -> bool:
    """应结案数: finished, or unfinished although the limit is over. What is still within its limit does not count."""
    if month.holds(order.completed_at):
        return True
    unfinished = order.completed_at is None or order.completed_at >= month.end
    stood = order.ended_at is None or order.ended_at >= month.end
    return unfinished and stood and order.handle_due_at < month.end


def _finished(order: OrderInput, month: Period) -> bool:
    return month.holds(order.completed_at)


def _finished_in_time(order: OrderInput, month: Period) -> bool:
    return month.holds(order.completed_at) and order.completed_at <= order.handle_due_at  # type: ignore[operator]


def _in_hand(order: OrderInput, month: Period) -> bool:
    """In the unit's hands for some of the month."""
    done = order.completed_at or order.ended_at
    return order.assigned_at < month.end and (done is None or done >= month.start)


def _within(moments: Sequence[datetime], month: Period) -> bool:
    return any(month.holds(moment) for moment in moments)


def _objection_ruled(order: OrderInput, month: Period) -> bool:
    return order.objection in RULED and month.holds(order.objection_ruled_at)


def _closed(case: CaseInput, month: Period) -> bool:
    return month.holds(case.closed_at) and not case.refused


def _decided(case: CaseInput, month: Period) -> bool:
    return month.holds(case.filed_at) and (case.accepted_at is not None or case.refused)


@dataclass(frozen=True, slots=True)
class Formula:
    """Which facts the denominator counts, and which of them the numerator."""

    counts: Callable[[Any, Period], bool]
    hits: Callable[[Any, Period], bool]


# fmt: off
FORMULAS: dict[str, Formula] = {
    "sign_on_time":      Formula(_sign_was_due, _signed_in_time),
    "close_on_time":     Formula(_to_be_finished, _finished_in_time),
    "close":             Formula(_to_be_finished, _finished),
    "rework":            Formula(_finished, lambda order, month: order.reworks > 0 or order.round > 1),
    "return":            Formula(lambda order, month: month.holds(order.assigned_at),
                                 lambda order, month: order.returned and order.ended_at < month.end),
    "urged":             Formula(_in_hand, lambda order, month: _within(order.urged_at, month)),
    "supervised":        Formula(_in_hand, lambda order, month: _within(order.supervised_at, month)),
    "listed":            Formula(_in_hand, lambda order, month: _within(order.listed_at, month)),
    "object_refused":    Formula(_objection_ruled,
                                 lambda order, month: order.objection == "refused"),
    "dispatch_accurate": Formula(lambda case, month: _closed(case, month) and case.last_unit_id is not None,
                                 lambda case, month: case.first_unit_id == case.last_unit_id),
    "respond":           Formula(lambda case, month: month.holds(case.due_at) and not case.refused,
                                 lambda case, month: case.replied_at is not None and case.replied_at <= case.due_at),
    "resolve":           Formula(lambda case, month: _closed(case, month) and case.resolved is not None,
                                 lambda case, month: case.resolved is True),
    "satisfy":           Formula(lambda case, month: _closed(case, month) and case.satisfaction != "",
                                 lambda case, month: case.satisfaction in CONTENT),
    "grid_reports":      Formula(lambda case, month: month.holds(case.filed_at), lambda case, month: True),
    "grid_valid":        Formula(_decided, lambda case, month: not case.refused),
    "grid_on_time":      Formula(_to_be_finished, _finished_in_time),
}
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A figure with everything that went into it."""

    inputs: tuple[UUID, ...]
    hits: tuple[UUID, ...]

    @property
    def numerator(self) -> int:
        return len(self.hits)

    @property
    def denominator(self) -> int:
        return len(self.inputs)

    @property
    def share(self) -> Fraction | None:
        """Exact; None where nothing was counted."""
        return Fraction(self.numerator, self.denominator) if self.inputs else None


def tally(*, code: str, facts: Iterable[Any], month: Period) -> Tally:
    """Count one indicator over the facts of one subject."""
    formula = FORMULAS[code]
    counted = sorted((fact for fact in facts if formula.counts(fact, month)), key=lambda fact: fact.id)
    return Tally(
        inputs=tuple(fact.id for fact in counted),
        hits=tuple(fact.id for fact in counted if formula.hits(fact, month)),
    )


def rounded(share: Fraction) -> Decimal:
    """A share with six decimals, halves up."""
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(PLACES, ROUND_HALF_UP)


class Shared(Protocol):
    """So many of so many."""

    @property
    def denominator(self) -> int: ...

    @property
    def share(self) -> Fraction | None: ...


K = TypeVar("K")


def ranks(*, tallies: Mapping[K, Shared], better: str, least: int) -> dict[K, tuple[int | None, str]]:
    """Rank per subject, or None with the reason. Equal shares have equal ranks, and the next rank is left free.

    Shares are compared exactly, not as rounded decimals. Subjects with fewer than `least` facts are not ranked.
    """
    if better == Better.NEITHER:
        return {subject: (None, Unranked.PLAIN.value) for subject in tallies}
    able = {
        subject: one.share for subject, one in tallies.items() if one.denominator >= least and one.share is not None
    }
    ordered: Sequence[Fraction] = sorted(able.values(), reverse=better == Better.UP)
    return {
        subject: (ordered.index(able[subject]) + 1, "") if subject in able else (None, Unranked.FEW.value)
        for subject in tallies
    }
