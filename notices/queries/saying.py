"""What a notice says: its facts become words only now, in the reader's language and with the names that hold today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from notices.kinds import KINDS, NoticeKind, Open, is_instant, is_unit
from notices.models import Notice
from organizations.queries import unit_names
from organizations.queries.absences import names_of

STANDS_FOR = "stands_for"


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words. `label` names its kind, `target` is the page it leads to ("" where it leads nowhere)."""

    notice: Notice
    title: str
    label: str
    icon: str
    target: str


class Words(Open):
    """The facts of one notice in words; a fact that a title names and the telling left out shows as an ellipsis."""


def said(notices: Iterable[Notice]) -> list[Said]:
    """Notices in words, in their order; one query for the names of all units they speak of, none where they do not.

    One more where something was said to the reader in the place of somebody who was away.
    """
    rows = list(notices)
    units = {value for row in rows for fact, value in row.facts.items() if is_unit(fact) and isinstance(value, int)}
    names = unit_names(unit_ids=units)
    absent = names_of(user_ids=frozenset(row.facts[STANDS_FOR] for row in rows if STANDS_FOR in row.facts))
    return [_said(row, names, absent) for row in rows]


def _said(row: Notice, names: dict[int, str], absent: dict[int, str]) -> Said:
    kind = KINDS.get(row.kind)
    if kind is None:  # of an app that was taken out since
        return Said(notice=row, title=_("A notice"), label=row.kind, icon="bell", target="")
    words = Words({fact: _word(kind, fact, value, names) for fact, value in row.facts.items()})
    title = str(kind.title) % words
    if who := absent.get(row.facts.get(STANDS_FOR, 0)):
        title = _("%(title)s (you stand in for %(who)s)") % {"title": title, "who": who}
    return Said(notice=row, title=title, label=kind.name, icon=kind.icon, target=_target(kind, row.subject))


def _word(kind: NoticeKind, fact: str, value: Any, names: dict[int, str]) -> str:
    if fact in kind.words:
        return str(kind.words[fact].get(value, value))
    if is_unit(fact):
        return names.get(value, "…")
    if is_instant(fact):
        return f"{localtime(datetime.fromisoformat(value)):%m-%d %H:%M}"
    return str(value)


def _target(kind: NoticeKind, subject: str) -> str:
    if not kind.url_name:
        return ""
    try:
        return reverse(kind.url_name, args=[subject])
    except NoReverseMatch:
        return ""  # a page that was there when it was told
