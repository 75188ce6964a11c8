"""Where petitions are, in words: the names of their townships and villages."""

from __future__ import annotations

from collections.abc import Iterable

from organizations.choices import DIGITS, AreaLevel
from organizations.models import Area
from petitions.models import Petition

WIDTH = 12


def area_names(petitions: Iterable[Petition]) -> dict[str, str]:
    """Code prefix → name, for the townships and villages that the petitions lie in."""
    prefixes = {code for one in petitions for code in (one.township_code, one.village_code) if code}
    found = Area.objects.filter(pk__in={code.ljust(WIDTH, "0") for code in prefixes}).values_list(
        "code", "name", "level"
    )
    return {code[: DIGITS[AreaLevel(level)]]: name for code, name, level in found}


def place_name(petition: Petition, names: dict[str, str]) -> str:
    """Township and village in words, "" where neither is known."""
    parts = (names.get(petition.township_code, ""), names.get(petition.village_code, ""))
    return " · ".join(part for part in parts if part)
