"""What people are told of. Each app above declares its kinds in its `tellings.py`, which is read at start-up.

    CALLED = register(NoticeKind(
        code="calls.filed",
        title=_("%(unit)s calls for you, answer by %(due_at)s"),
        label=_("A township calls"),
        url_name="calls:call",
        icon="phone-call",
        urgent=True,
    ))

A title names facts of the telling. Facts are ids and codes, and become words when somebody reads: "unit" and whatever
ends in "_unit" is the id of a unit and shows its name; whatever ends in "_at" is an instant (kernel.events.instant) and
shows the time of the office; a fact that `words` names shows the word of its code; everything else stands as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """One kind of notice.

    `code` is "<app>.<what>" and stored with each notice: never change it. `label` names the kind itself, in filters and
    beside the switch that mutes it. The link is `url_name` with the subject of the telling as its only argument; ""
    leads nowhere. What is urgent shows as a toast, passes quiet hours and cannot be muted. What is the person's own
    affair is not passed on to whoever stands in for an absent person; everything else is.
    """

    code: str
    title: str | Promise
    url_name: str
    icon: str = "bell"
    urgent: bool = False
    own: bool = False
    label: str | Promise = ""
    words: Mapping[str, Mapping[str, str | Promise]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The kind itself in words: its label, or its title with the facts left open."""
        return str(self.label) or str(self.title) % Open()


class Open(dict[str, str]):
    """Facts of which none is known: each one shows as an ellipsis."""

    def __missing__(self, fact: str) -> str:
        return "…"


KINDS: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> NoticeKind:
    """Declare a kind; a code may be taken once (ValueError)."""
    if kind.code in KINDS:
        raise ValueError(f"notice kind {kind.code} is declared twice")
    KINDS[kind.code] = kind
    return kind


def is_unit(fact: str) -> bool:
    """Whether the fact of this name is the id of a unit."""
    return fact == "unit" or fact.endswith("_unit")


def is_instant(fact: str) -> bool:
    """Whether the fact of this name is an instant."""
    return fact.endswith("_at")
