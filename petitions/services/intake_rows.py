"""Rows of an import: each gets a verdict by itself, and none stops another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.sheets.reading import Row
from organizations.models import Area
from petitions.intake import spooling
from petitions.intake.problems import BadRow
from petitions.intake.reading import Said, Words, cells_by_field, said
from petitions.models import Category, Petition
from petitions.models.intake import Verdict
from petitions.services.filing import ReporterData, file_petition


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the rows of one file are understood."""

    source: str
    channel: str
    columns: list[str]
    mapping: Mapping[str, str]
    words: Words


@dataclass(frozen=True, kw_only=True)
class RowVerdict:
    """What becomes of one row; `column` is the name in the file, `why` a code of petitions.intake.reasons."""

    number: int
    source_no: str
    verdict: str
    column: str = ""
    why: str = ""
    petition_id: UUID | None = None
    said: Said | None = None


def words_here(*, at: datetime) -> Words:
    """The names of categories and of the areas of this county, with their codes; a name shared by two is left out."""
    categories: dict[str, str] = {}
    for code, name in Category.objects.filter(active=True).values_list("code", "name"):
        categories |= {name: code, code: code}
    areas: dict[str, str] = {}
    shared = set()
    for code, name in Area.objects.filter(code__startswith=settings.HOME_AREA).values_list("code", "name"):
        if name in areas:
            shared.add(name)
        areas |= {name: code, code: code}
    known = {name: code for name, code in areas.items() if name not in shared}
    return Words(categories=categories, areas=known, zone=timezone.get_default_timezone(), at=at)


def check(*, spooled: Path, plan: Plan, limit: int | None = None, size: int = 500) -> Iterator[RowVerdict]:
    """What an import would say about each row, without writing anything."""
    seen: set[str] = set()
    rows = islice(spooling.rows_of(spooled), limit)
    while chunk := list(islice(rows, size)):
        for one in judged(chunk, plan=plan):
            if one.verdict == Verdict.NEW and one.source_no in seen:
                yield replace(one, verdict=Verdict.KNOWN, why="twice")
            else:
                yield one
            seen.add(one.source_no)


def judged(rows: Iterable[Row], *, plan: Plan) -> list[RowVerdict]:
    """Read rows and look up, in one query, which of them are here already."""
    read = [_read(row, plan) for row in rows]
    numbers = [one.source_no for one in read if one.said is not None]
    known = dict(Petition.objects.filter(source=plan.source, source_no__in=numbers).values_list("source_no", "pk"))
    verdicts, seen = [], set()
    for one in read:
        if one.said is not None and one.source_no in known:
            one = replace(one, verdict=Verdict.KNOWN, petition_id=known[one.source_no], said=None)
        elif one.said is not None and one.source_no in seen:
            one = replace(one, verdict=Verdict.KNOWN, why="twice", said=None)
        seen.add(one.source_no)
        verdicts.append(one)
    return verdicts


def _read(row: Row, plan: Plan) -> RowVerdict:
    number = ""
    try:
        cells = cells_by_field(row, columns=plan.columns, mapping=plan.mapping)
        number = cells.get("source_no", "")[:64]
        understood = said(cells, words=plan.words)
    except BadRow as bad:
        column = plan.mapping.get(bad.column, "")
        return RowVerdict(number=row.number, source_no=number, verdict=Verdict.REFUSED, column=column, why=bad.why)
    return RowVerdict(number=row.number, source_no=understood.source_no, verdict=Verdict.NEW, said=understood)


def taken(one: RowVerdict, *, plan: Plan, actor: Actor, at: datetime) -> RowVerdict:
    """File one new row inside a savepoint; whatever is wrong with it stays its own affair."""
    if one.said is None:
        return one
    try:
        with transaction.atomic():
            petition = file_petition(actor=actor, at=at, **_filing(one.said, plan))
    except DomainError as error:
        field, messages = next(iter(error.fields.items()), ("", [error.message]))
        why = str(messages[0])[:200]
        return replace(one, verdict=Verdict.REFUSED, column=plan.mapping.get(field, field)[:40], why=why)
    except DataError:
        return replace(one, verdict=Verdict.REFUSED, why="unstorable")
    except IntegrityError as error:
        if "petitions_source_once" not in str(error):
            raise
        return replace(one, verdict=Verdict.KNOWN, why="twice")
    return replace(one, verdict=Verdict.FILED, petition_id=petition.pk)


def _filing(row: Said, plan: Plan) -> dict[str, Any]:
    return {
        "nature": row.nature,
        "channel": plan.channel,
        "title": row.title,
        "description": row.description,
        "category_code": row.category_code,
        "urgency": row.urgency,
        "address": row.address,
        "area_code": row.area_code,
        "lng": row.lng,
        "lat": row.lat,
        "reporter": ReporterData(name=row.name, phone=row.phone, identity=row.identity, home=row.home),
        "source": plan.source,
        "source_no": row.source_no,
        "source_at": row.source_at,
    }
