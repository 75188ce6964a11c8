"""Who is responsible: the smallest area that names a lead in force wins (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from organizations.choices import Duty


class Refusal(StrEnum):
    """Why an entry that speaks of the matter and the place was passed over."""

    NOT_IN_FORCE = "not_in_force"
    WIDER_AREA = "wider_area"
    NO_UNIT = "no_unit"
    SAME_UNIT = "same_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the list as the decision needs it. The period is [valid_from, valid_until)."""

    id: int
    code: str
    area_code: str
    duty: str
    rule: str
    unit_id: int | None
    limit_value: Decimal | None
    limit_unit: str
    basis: str
    duty_text: str
    valid_from: date
    valid_until: date | None

    def in_force(self, on: date) -> bool:
        """True where the period holds the day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A unit that an entry makes responsible. Limits are those of the entry; None leaves them to the matter."""

    entry_id: int
    entry_code: str
    area_code: str
    duty: str
    rule: str
    unit_id: int
    limit_value: Decimal | None
    limit_unit: str
    basis: str
    duty_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An entry that was passed over, with the code of the reason."""

    entry_id: int
    entry_code: str
    area_code: str
    duty: str
    unit_id: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """The answer: one lead or none, the assisting units, and every entry refused."""

    lead: Candidate | None
    assists: tuple[Candidate, ...]
    refused: tuple[Refused, ...]


Resolve = Callable[[Entry], int | None]


def decide(*, entries: Iterable[Entry], areas: Sequence[str], on: date, resolve: Resolve) -> Responsibility:
    """Choose among the entries of one matter whose area is among `areas` (smallest first).

    The area of the winning lead closes the list: entries of wider areas, assisting ones too, are refused, since the
    smaller area has its own arrangement. `resolve` names the working unit of an entry, or None.
    """
    rank = {code: index for index, code in enumerate(areas)}
    around = sorted((one for one in entries if one.area_code in rank), key=lambda one: (rank[one.area_code], one.code))
    refused: list[Refused] = []
    standing: list[Candidate] = []
    for entry in around:
        unit_id = resolve(entry)
        if not entry.in_force(on):
            refused.append(_refused(entry, unit_id, Refusal.NOT_IN_FORCE))
        elif unit_id is None:
            refused.append(_refused(entry, unit_id, Refusal.NO_UNIT))
        else:
            standing.append(_candidate(entry, unit_id))
    lead = next((one for one in standing if one.duty == Duty.LEAD), None)
    edge = rank[lead.area_code] if lead else len(areas)
    assists: dict[int, Candidate] = {}
    for candidate in standing:
        if candidate is lead:
            continue
        if rank[candidate.area_code] > edge:
            refused.append(_refused(candidate, candidate.unit_id, Refusal.WIDER_AREA))
        elif (lead and candidate.unit_id == lead.unit_id) or candidate.unit_id in assists:
            refused.append(_refused(candidate, candidate.unit_id, Refusal.SAME_UNIT))
        else:
            assists[candidate.unit_id] = candidate
    return Responsibility(lead=lead, assists=tuple(assists.values()), refused=tuple(refused))


def _candidate(entry: Entry, unit_id: int) -> Candidate:
    return Candidate(
        entry_id=entry.id,
        entry_code=entry.code,
        area_code=entry.area_code,
        duty=entry.duty,
        rule=entry.rule,
        unit_id=unit_id,
        limit_value=entry.limit_value,
        limit_unit=entry.limit_unit,
        basis=entry.basis,
        duty_text=entry.duty_text,
    )


def _refused(entry: Entry | Candidate, unit_id: int | None, reason: Refusal) -> Refused:
    named = (entry.id, entry.code) if isinstance(entry, Entry) else (entry.entry_id, entry.entry_code)
    return Refused(
        entry_id=named[0],
        entry_code=named[1],
        area_code=entry.area_code,
        duty=entry.duty,
        unit_id=unit_id,
        reason=reason.value,
    )
