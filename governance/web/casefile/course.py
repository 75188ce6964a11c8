"""The course of a case: one timeline over every app, in pages, narrowed by kind or to what changed hands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.case.details import Names, detail_of
from desk.case.people import People
from desk.case.words import EVENT_WORDS, words_of
from governance.web.casefile.links import Links
from governance.web.casefile.minutes import holder_name
from kernel.keyset import Page, page
from kernel.models import Event

# What one may narrow the course to: the apps in the words of the desk, by the first part of their events' names.
KINDS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "petition": (_("Petition"), ("petition.",)),
    "order": (_("Work orders"), ("order.", "joint.")),
    "call": (_("Calls"), ("call.",)),
    "whistle": (_("Whistles"), ("whistle.",)),
    "mediation": (_("Mediation"), ("mediation.",)),
    "supervision": (_("Supervision"), ("supervision.",)),
    "development": (_("Steps of the plan"), ("development.",)),
    "document": (_("Documents"), ("document.",)),
}
SHOWN = 40
PRINTED = 500
PUBLIC = sorted(name for name, words in EVENT_WORDS.items() if words.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the reader asked to see of the course. `whole`: as one long page, for paper."""

    kind: str = ""
    hands: bool = False
    joined: bool = False
    whole: bool = False
    cursor: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything of the course is left out."""
        return bool(self.kind or self.hands)


def wanted_of(said: Mapping[str, str]) -> Wanted:
    """What an address asks for; what it does not know is left aside."""
    kind = said.get("kind", "")
    return Wanted(
        kind=kind if kind in KINDS else "",
        hands=said.get("hands") == "1",
        joined=said.get("joined") == "1",
        whole=said.get("whole") == "1",
        cursor=said.get("cursor", ""),
    )


def events_of(*, cases: Sequence[UUID], wanted: Wanted, for_public: bool) -> Page:
    """One page of the events of some cases, the latest first. One query, two where only changes of hands are wanted."""
    found = Event.objects.filter(case_id__in=cases)
    if wanted.kind:
        starts = [Q(name__startswith=start) for start in KINDS[wanted.kind][1]]
        found = found.filter(starts[0] if len(starts) == 1 else starts[0] | starts[1])
    if for_public:
        found = found.filter(name__in=PUBLIC)
    if wanted.hands:
        found = found.filter(pk__in=[pk for pk, _holder in changes_of_hands(cases=cases)])
    return page(found, order="-occurred_at", cursor=wanted.cursor, size=PRINTED if wanted.whole else SHOWN)


def changes_of_hands(*, cases: Sequence[UUID]) -> list[tuple[int, str]]:
    """The events after which somebody else has a case, with who has it. Naming the same holder again is no change."""
    said: QuerySet[Event, Any] = Event.objects.filter(case_id__in=cases).exclude(holder="")
    last: dict[UUID, str] = {}
    changes = []
    for pk, case_id, holder in said.order_by("case_id", "seq").values_list("pk", "case_id", "holder"):
        if last.get(case_id) != holder:
            last[case_id] = holder
            changes.append((pk, holder))
    return changes


def entries_of(
    *, events: Iterable[Event], people: People, names: Names, links: Links, numbers: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """The entries for the page. `numbers`: of the joined cases, whose entries say whose they are."""
    entries = []
    for event in events:
        words = words_of(event.name)
        holder = "" if people.for_public or not event.holder else event.holder
        entries.append(
            {
                "at": event.occurred_at,
                "title": words.label,
                "icon": words.icon,
                "colour": words.colour,
                "who": people.who(event),
                "detail": detail_of(name=event.name, payload=event.payload, names=names),
                "to": holder_name(holder=holder, unit_name=names.unit) if holder else "",
                "href": links.of(event),
                "tag": numbers.get(event.case_id, ""),
            }
        )
    return entries


def by_day(entries: Iterable[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The entries in days of the office's clock, each day with its own."""
    return [(day, list(own)) for day, own in groupby(entries, key=lambda entry: timezone.localtime(entry["at"]).date())]
