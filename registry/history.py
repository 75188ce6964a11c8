"""The acts upon an item, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.choices import ActKind
from registry.models import Act, Item

# fmt: off
LOOKS: dict[str, tuple[str, str]] = {
    ActKind.FOUNDED:     ("flag", "grey"),
    ActKind.ADOPTED:     ("plus", "green"),
    ActKind.AMENDED:     ("pencil", "blue"),
    ActKind.WITHDRAWN:   ("circle-x", "red"),
    ActKind.HANDED_OVER: ("arrows-exchange", "violet"),
}
# fmt: on
SIGNED = ("signed_by", "signed_unit", "second_signed_by", "second_signed_unit", "from_version", "to_version")


def acts_of(*, item: Item) -> list[dict[str, Any]]:
    """What was done to an item, the latest first, as entries of a timeline. One query."""
    return [_entry(one, item) for one in Act.objects.filter(item=item).select_related(*SIGNED).order_by("-at", "-pk")]


def _entry(act: Act, item: Item) -> dict[str, Any]:
    icon, colour = LOOKS[act.kind]
    return {
        "at": act.at,
        "title": _title(act),
        "icon": icon,
        "colour": colour,
        "who": _who(act),
        "detail": "\n".join(part for part in (act.reason, act.document) if part),
        "href": _comparison(act, item),
    }


def _title(act: Act) -> str:
    kind = str(act.get_kind_display())
    if act.to_version is None:
        return kind
    return _("%(act)s: version %(number)s") % {"act": kind, "number": act.to_version.number}


def _who(act: Act) -> str:
    pairs = ((act.signed_by, act.signed_unit), (act.second_signed_by, act.second_signed_unit))
    signed = [f"{person}{f' ({unit})' if unit else ''}" for person, unit in pairs if person is not None]
    return _("signed: %(who)s") % {"who": ", ".join(signed)} if signed else ""


def _comparison(act: Act, item: Item) -> str:
    """What the act changed, side by side."""
    if act.from_version is None or act.to_version is None:
        return ""
    pair = f"a={act.from_version.number}&b={act.to_version.number}"
    return f"{reverse('registry:versions', args=[item.code])}?{pair}"
