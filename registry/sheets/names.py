"""Codes and names of units, matters, areas and categories: written as both, read as either."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from kernel.sheets.cells import BadCell, folded
from organizations.models import Area, Matter, Unit
from petitions.models import Category

PIECES, WORDS = re.compile(r"[;；\n]"), re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True, slots=True)
class Named:
    """Things of one sort: code → name, and what else leads to a code."""

    names: dict[str, str]
    codes: dict[str, str]

    def written(self, code: str) -> str:
        """Code and name, which a person reads and a program finds again."""
        name = self.names.get(code, "")
        return f"{code} {name}" if name and name != code else code

    def code_of(self, text: str) -> str:
        """The code of what is written: a code, a name that only one has, or both; "" for an empty cell."""
        said = folded(text)
        if not said:
            return ""
        found = self.codes.get(said) or self.codes.get(said.split()[0])
        if found is None:
            raise BadCell("unknown_name", said)
        return found

    def codes_of(self, text: str) -> list[str]:
        """Several of them, one a line or with semicolons between; commas serve where no name has any."""
        found: list[str] = []
        for piece in PIECES.split(text):
            try:
                found.append(self.code_of(piece))
            except BadCell:
                found += [self.code_of(word) for word in WORDS.split(piece)]
        return list(dict.fromkeys(code for code in found if code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Everything that cells name."""

    units: Named
    matters: Named
    areas: Named
    categories: Named


def names_here() -> Names:
    """What there is to be named in this county. Four queries."""
    areas = Area.objects.filter(code__startswith=settings.HOME_AREA)
    units = list(Unit.objects.values_list("code", "name", "short_name"))
    return Names(
        units=_named([(code, name) for code, name, _short in units], also=[(code, short) for code, _n, short in units]),
        matters=_named(Matter.objects.values_list("code", "name")),
        areas=_named(areas.values_list("code", "name")),
        categories=_named(Category.objects.filter(level=3).values_list("code", "name")),
    )


def _named(pairs: Iterable[tuple[str, str]], *, also: Iterable[tuple[str, str]] = ()) -> Named:
    names = dict(pairs)
    alike = {(code, folded(name)) for code, name in [*names.items(), *also] if name}
    times = Counter(name for _code, name in alike)
    codes = {name: code for code, name in alike if times[name] == 1}
    # A code leads to itself, whatever else bears it as a name.
    return Named(names, codes | {code: code for code in names})
