"""How somebody wants to be told: what they chose, or what holds for those who chose nothing."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.personal import decrypt, mask_phone
from notices.choices import Means
from notices.models import Contact, Mute, Preference

PURPOSE = "notices.contact"


def wishes_of(*, user_id: int) -> Preference:
    """The preferences of a person; version 0 and the defaults where nothing was ever chosen."""
    found = Preference.objects.filter(pk=user_id).first()
    return found if found is not None else Preference(user_id=user_id, version=0)


def muted_by(*, user_id: int) -> set[str]:
    """The kinds that a person muted."""
    return set(Mute.objects.filter(user_id=user_id).values_list("kind", flat=True))


def contacts_of(*, user_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Where people are reached, opened: means → address by person. For sending, and masked for their own eyes."""
    found: dict[int, dict[str, str]] = {}
    for row in Contact.objects.filter(user_id__in=set(user_ids)):
        found.setdefault(row.user_id, {})[row.means] = decrypt(row.sealed, purpose=f"{PURPOSE}:{row.means}")
    return found


def masked(*, means: str, address: str) -> str:
    """138****5678, or z***@example.cn: enough for its owner to know it again."""
    if means == Means.PHONE:
        return mask_phone(address)
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}***@{host}"
