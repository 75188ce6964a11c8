"""What every kind of thing looks like among the results, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from kernel.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words, cut into terms, by whom and when; `few` is how many lines of a kind are wanted."""

    terms: tuple[str, ...]
    actor: Actor
    at: datetime
    staff: bool = False
    few: int = 6

    @property
    def words(self) -> str:
        """The terms as one text."""
        return " ".join(self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One result. `title` and `under` may hold marks, and are escaped; `state` is a badge in words on its colour."""

    title: Any
    href: str
    icon: str
    under: Any = ""
    state: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The results of one kind. `more` says that there are others; `all_href` is where all of them are listed."""

    code: str
    label: str | Promise
    lines: list[Line]
    more: bool = False
    all_href: str = ""
