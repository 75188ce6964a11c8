"""Choosing a category: three levels in one list that can be searched where there is JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from petitions.models import Category


class CategorySelect(forms.Select):
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

    def load(self, chosen: Category | None = None) -> None:
        """Read the categories in use. One query; `chosen` stays on offer even where it is no longer in use."""
        rows = list(Category.objects.filter(active=True).order_by("code"))
        names = {row.code: row.name for row in rows}
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            if row.level == 3:
                path = f"{names.get(row.code[:2], '')} / {names.get(row.code[:4], '')}"
                groups.setdefault(path, []).append((row.code, row.name))
        if chosen is not None and chosen.code not in names:
            groups.setdefault("…", []).append((chosen.code, chosen.name))
        self.choices = [("", self.none), *groups.items()]
        assert isinstance(self.widget, CategorySelect)
        self.widget.words = {row.code: row.keywords.replace("|", " ") for row in rows if row.keywords}


def first_levels() -> Callable[[], list[tuple[str, str]]]:
    """The categories of the first level, for filters."""

    def read() -> list[tuple[str, str]]:
        rows = Category.objects.filter(level=1, active=True).order_by("code").values_list("code", "name")
        return [("", str(_("All categories"))), *rows]

    return read
