"""The bell: how much is unread, and what of it is urgent. Asked on every page and every two seconds, so it is small."""

from __future__ import annotations

from dataclasses import dataclass

from notices.models import Notice

MOST = 99  # nobody reads a greater number, and counting it would cost
REMEMBERED = 5


@dataclass(frozen=True, slots=True)
class Bell:
    """`urgent` holds the ids of the newest urgent unread notices, newest first."""

    unread: int
    more: bool
    urgent: tuple[int, ...]

    @property
    def mark(self) -> str:
        """What a page has seen of the bell; another mark means that something changed."""
        return "-".join(str(number) for number in (self.unread, *self.urgent))

    def newer_than(self, mark: str) -> list[int]:
        """Urgent notices that a page with this mark has not seen, newest first; none for a mark that is not ours.

        By id and not by count alone, because transactions commit in another order than they took their ids.
        """
        _unread, *seen = mark.split("-")
        if not all(one.isascii() and one.isdigit() for one in (_unread, *seen)):
            return []
        known = {int(one) for one in seen}
        # A page remembers the newest few: what is older than all of them was there before.
        oldest = min(known) if len(known) == REMEMBERED else 0
        return [one for one in self.urgent if one not in known and one > oldest]


def bell_of(*, user_id: int | None) -> Bell:
    """The bell of a person. One statement along the index of what is unread."""
    newest = Notice.objects.told_to(user_id).counted().order_by("-pk")
    rows = list(newest.values_list("pk", "urgent")[: MOST + 1])
    urgent = tuple(pk for pk, pressing in rows if pressing)[:REMEMBERED]
    return Bell(unread=min(len(rows), MOST), more=len(rows) > MOST, urgent=urgent)
