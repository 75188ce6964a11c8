"""Parts of forms that the framework's own would draw too slowly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LIST, GROUP = '<select name="{}"{}>{}</select>', '<optgroup label="{}">{}</optgroup>'
LINE, SAID = '<option value="{}"{}>{}</option>', ' {}="{}"'


class LongSelect(forms.Select):
    """A list of hundreds, written in one go: a template for every line takes longer than the page around it."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The same marks as the framework's own list has."""
        shown = self.get_context(name, value, attrs)["widget"]
        groups = ((_group(named, lines),) for named, lines, _index in shown["optgroups"])
        return format_html(LIST, shown["name"], _attributes(shown["attrs"]), format_html_join("", "{}", groups))


def _group(name: str | None, lines: list[dict[str, Any]]) -> SafeString:
    rows = format_html_join("", LINE, ((one["value"], _attributes(one["attrs"]), one["label"]) for one in lines))
    return format_html(GROUP, name, rows) if name else rows


def _attributes(attrs: dict[str, Any]) -> SafeString:
    """In the order that they were given in; True stands by its name alone, False not at all."""
    said = (
        (format_html(" {}", name) if value is True else format_html(SAID, name, value),)
        for name, value in attrs.items()
        if value is not False
    )
    return format_html_join("", "{}", said)
