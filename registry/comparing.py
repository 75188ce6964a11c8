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
ALIKE = 0.4  # texts less alike than this are marked as a whole
LONE = 1


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
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _pieces([(before, True)]), _pieces([(after, True)])
    steps = matcher.get_opcodes()
    # A sign or two that happen to be the same in the middle of something else would only make it hard to read.
    edges = (0, len(steps) - 1)
    kept = [tag == "equal" and (j - i > LONE or number in edges) for number, (tag, i, j, _k, _m) in enumerate(steps)]
    left = [("".join(old[i:j]), not same) for same, (_tag, i, j, _k, _m) in zip(kept, steps, strict=True)]
    right = [("".join(new[k:m]), not same) for same, (_tag, _i, _j, k, m) in zip(kept, steps, strict=True)]
    return _pieces(left), _pieces(right)


def _pieces(stretches: Iterable[tuple[str, bool]]) -> tuple[Piece, ...]:
    """Neighbours that are marked alike as one piece, empty ones left out."""
    pieces: list[Piece] = []
    for text, is_marked in stretches:
        if pieces and pieces[-1].marked == is_marked:
            pieces[-1] = Piece(pieces[-1].text + text, is_marked)
        elif text:
            pieces.append(Piece(text, is_marked))
    return tuple(pieces)
