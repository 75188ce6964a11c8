"""Two readings side by side, the differences marked word by word (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from registry.wording import Fact, Words

# Short texts are compared sign by sign as Chinese is read, long ones clause by clause.
SIGNS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
CLAUSES = re.compile(r"[^。；;，,\n]*[。；;，,\n]|[^。；;，,\n]+")
LONG = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `marked` where the other side does not have it."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both sides."""

    key: str
    label: Words
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is marked."""
        return any(piece.marked for piece in (*self.before, *self.after))


def compared(*, before: Iterable[Fact], after: Iterable[Fact]) -> list[Compared]:
    """The fields of two readings in the order of the later one."""
    earlier = {fact.key: fact for fact in before}
    return [_field(earlier.get(fact.key), fact) for fact in after]


def _field(before: Fact | None, after: Fact) -> Compared:
    left, right = marked(before=before.text if before else "", after=after.text)
    return Compared(key=after.key, label=after.label, before=left, after=right)


def marked(*, before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; a piece is marked where the other text lacks it."""
    if before == after:
        whole = (Piece(before, False),) if before else ()
        return whole, whole
    pattern = SIGNS if len(before) + len(after) <= LONG else CLAUSES
    old, new = pattern.findall(before), pattern.findall(after)
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        left.append(Piece("".join(old[i:j]), tag != "equal"))
        right.append(Piece("".join(new[k:m]), tag != "equal"))
    return tuple(one for one in left if one.text), tuple(one for one in right if one.text)
