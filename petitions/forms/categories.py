"""Choosing a category: three levels in one list that can be searched where there is JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.widgets import LongSelect
from petitions.models import Category

LAST = 3  # the level at which a case is filed


class CategorySelect(LongSelect):
    """A list of categories; each carries its key words, by which the search of the page finds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attrs |= {"data-search": "", "data-search-hint": _("Type a word, a name or a code")}
        self.words: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the key words to the option."""
        option = super().create_option(name, value, *args, **kwargs)
        if words := self.words.get(str(value)):
            option["attrs"]["data-words"] = words
        return option


class CategoryField(forms.ChoiceField):
    """A category of the third level, by code."""

    widget: type[CategorySelect] | CategorySelect = CategorySelect

    def __init__(self, *, none: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(**{"label": _("Category"), **kwargs})
        self.none = none or _("Not chosen yet")
        self.chosen: Category | None = None

    def load(self, chosen: Category | None = None) -> None:
        """Offer the categories in use, read when they are drawn; `chosen` stays on offer where it no longer is."""
        self.chosen = chosen
        self.choices = cache(self._read)  # a list that is required is asked for its first line too

    def valid_value(self, value: Any) -> bool:
        """Whether it may be chosen: one code is asked for, hundreds are not read."""
        kept = self.chosen is not None and self.chosen.code == value
        return kept or Category.objects.filter(code=value, level=LAST, active=True).exists()

    def _read(self) -> list[Any]:
        rows = Category.objects.filter(active=True).order_by("code").values_list("code", "name", "level", "keywords")
        names = {code: name for code, name, _level, _words in rows}
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, name, level, _words in rows:
            if level == LAST:
                path = f"{names.get(code[:2], '')} / {names.get(code[:4], '')}"
                groups.setdefault(path, []).append((code, name))
        if self.chosen is not None and self.chosen.code not in names:
            groups.setdefault("…", []).append((self.chosen.code, self.chosen.name))
        assert isinstance(self.widget, CategorySelect)
        self.widget.words = {code: words.replace("|", " ") for code, _name, _level, words in rows if words}
        return [("", self.none), *groups.items()]


def first_levels() -> Callable[[], list[tuple[str, str]]]:
    """The categories of the first level, for filters."""

    def read() -> list[tuple[str, str]]:
        rows = Category.objects.filter(level=1, active=True).order_by("code").values_list("code", "name")
        return [("", str(_("All categories"))), *rows]

    return read
