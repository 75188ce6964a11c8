"""What every desk, a list with tabs and filters in its address, does alike; and the list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from datetime import datetime
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import keyset
from kernel.actors import Actor
from kernel.books import XLSX
from kernel.errors import NotAllowed
from kernel.pages import neighbours, readdressed

PAGE = 50  # rows of a desk


def require_any(actor: Actor, *capabilities: str) -> None:
    """Raise NotAllowed (403) for those who have nothing to do with what a page shows."""
    if not any(actor.holds(one) for one in capabilities):
        raise NotAllowed(_("Your role does not include this."))


def chosen_tab(request: HttpRequest, *, tabs: Container[str], first: str, everything: str = "all") -> str:
    """The tab asked for; without one the first, and where filters are set the one that leaves nothing out."""
    wanted = request.GET.get("tab", "")
    if wanted in tabs:
        return wanted
    filtered = any(name not in ("cursor", "tab") and value for name, value in request.GET.items())
    return everything if filtered else first


def tab_links(request: HttpRequest, *, labels: Iterable[tuple[str, Any]], tab: str) -> list[tuple[str, Any, bool]]:
    """Address, label and whether it is the one at hand, of each tab; the filters stay."""
    return [(readdressed(request, tab=name, cursor=""), label, name == tab) for name, label in labels]


def listed(
    request: HttpRequest,
    *,
    found: QuerySet[Any],
    order: str,
    row: Callable[[Any], dict[str, Any]],
    tab: str,
    labels: Iterable[tuple[str, Any]],
) -> dict[str, Any]:
    """What the template of a desk is given: one page of the rows in order, the tabs, and the addresses beside it.

    `row` says what is shown of a row; `export_href` is the query of the same list for a spreadsheet.
    """
    shown = keyset.page(found, order=order, cursor=request.GET.get("cursor", ""), size=PAGE)
    return {
        "rows": [row(one) for one in shown.rows],
        "tab": tab,
        "tabs": tab_links(request, labels=labels, tab=tab),
        "export_href": readdressed(request, tab=tab, cursor=""),
        **neighbours(request, shown),
    }


def download(book: IO[bytes], *, name: str, at: datetime) -> FileResponse:
    """A workbook to take away, named after what it holds and when."""
    filename = f"{name}-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    return FileResponse(book, as_attachment=True, filename=filename, content_type=XLSX)
