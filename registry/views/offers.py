"""The buttons of items, drafts and hand-overs: what may be done, and what may not with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.actors import Actor
from organizations.choices import LeadRule
from registry.choices import OPEN_HAND_OVERS, ItemStatus
from registry.models import Draft, HandOver, Item, ItemVersion
from registry.services import papers
from registry.workflow import DRAFT, PROPOSE

ICONS = {
    "submit": "send",
    "take_back": "arrow-back-up",
    "approve": "checks",
    "refuse": "x",
    "discard": "trash",
    "sign": "writing-sign",
    "countersign": "writing-sign",
    "withdraw": "arrow-back-up",
}
FIRST = frozenset({"submit", "approve", "sign", "countersign"})
GRAVE = frozenset({"refuse", "discard", "withdraw"})
OF_LINES = frozenset({"put", "drop"})
WORKERS = ("registry.propose", "registry.review", "registry.approve")  # for whom there are drafts at all


def split(offers: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """For the page: buttons, and what is refused with its reason."""
    known = list(offers)
    return {"offers": [one for one in known if not one["reason"]], "refused": [one for one in known if one["reason"]]}


def offers_of_draft(draft: Draft, actor: Actor, *, lines: int, wrong: int) -> dict[str, list[dict[str, Any]]]:
    """The moves of a draft that has so many lines, and so many wrong ones."""
    unready = _unready(lines, wrong)
    moves = DRAFT.moves(state=draft.state, verdict=lambda row: papers.verdict(draft=draft, move=row.move, actor=actor))
    deeds = (
        {
            "label": one.label,
            "href": reverse("registry:draft_deed", args=[draft.pk, one.move]),
            "icon": ICONS[one.move],
            "primary": one.move in FIRST,
            "danger": one.move in GRAVE,
            "reason": one.reason if not one.allowed else unready if one.move == "submit" else "",
        }
        for one in moves
        if one.move not in OF_LINES
    )
    return split([*deeds, *_trial(draft, actor, lines=lines)])


def _trial(draft: Draft, actor: Actor, *, lines: int) -> list[dict[str, Any]]:
    """What it would have done to past cases: whoever can tell lies above this app and is named in the settings."""
    href = import_string(settings.DRAFT_TRIAL)(draft=draft, actor=actor) if lines else ""
    words = _("Try it on past cases")
    return [{"label": words, "href": href, "icon": "history", "page": True, "reason": ""}] if href else []


def _unready(lines: int, wrong: int) -> str:
    """Why a draft cannot be submitted yet, "" where it can."""
    if wrong:
        return ngettext("%(n)s line is wrong.", "%(n)s lines are wrong.", wrong) % {"n": wrong}
    return "" if lines else _("A draft needs at least one line before it can be submitted.")


def may_edit(draft: Draft, actor: Actor) -> bool:
    """Whether the lines of a draft can be changed by this person now."""
    return "put" in DRAFT.legal(state=draft.state) and bool(papers.verdict(draft=draft, move="put", actor=actor))


def offers_of_item(
    item: Item, version: ItemVersion, status: ItemStatus, hand_overs: Iterable[HandOver], actor: Actor
) -> dict[str, list[dict[str, Any]]]:
    """What may be proposed about an item: each is a draft or a hand-over, and nothing happens at once."""
    role = "" if actor.holds(PROPOSE) else _("Your role does not include this.")
    over = "" if status == ItemStatus.IN_FORCE and version.valid_until is None else _not_now(status)
    unit = "" if version.lead_rule == LeadRule.UNIT else _("The list names no single unit that could hand it over.")
    under_way = any(one.state in OPEN_HAND_OVERS for one in hand_overs)
    busy = _("A hand-over of this item is under way.") if under_way else ""
    return split(
        [
            {
                "label": _("Propose a change"),
                "href": reverse("registry:change", args=[item.code]),
                "icon": "pencil",
                "primary": True,
                "page": True,
                "reason": role or over,
            },
            {
                "label": _("Propose a hand-over"),
                "href": reverse("registry:hand_over_new", args=[item.code]),
                "icon": "arrows-exchange",
                "reason": role or over or unit or busy,
            },
            {
                "label": _("Propose to withdraw it"),
                "href": reverse("registry:withdraw", args=[item.code]),
                "icon": "circle-x",
                "danger": True,
                "reason": role or over,
            },
        ]
    )


def _not_now(status: ItemStatus) -> str:
    if status == ItemStatus.WITHDRAWN:
        return _("This item is no longer in force.")
    return _("A later version is set already.")
