"""The living page: every part in both themes side by side, with the rule of its use, before it is used anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from governance.web.style import samples, tokens
from governance.web.style.states import states
from kernel import clock
from kernel.errors import NotAllowed
from kernel.http import ActorRequest

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Section:
    """One part: the anchor and template of its name, its heading, and the one sentence that says how it is used."""

    name: str
    heading: str | Promise
    rule: str | Promise

    @property
    def template(self) -> str:
        """The template of its sample."""
        return f"style/{self.name}.html"


SECTIONS = (
    Section(
        "colours",
        _("Colours"),
        _("One accent; tones on their tints for states, marks for lights and charts. No page names a colour."),
    ),
    Section(
        "scales", _("Spacing, type and radius"), _("Distances and sizes come from these scales and from nowhere else.")
    ),
    Section(
        "states",
        _("States"),
        _("A state is one badge with the colour that stands beside its word; the same everywhere."),
    ),
    Section(
        "lights",
        _("Lights and clocks"),
        _("A light is told by shape and word too; a clock says whose it is, why, and who is next."),
    ),
    Section(
        "buttons",
        _("Buttons"),
        _("Buttons come from the workflow. One is primary; what the server would refuse says why instead."),
    ),
    Section(
        "table",
        _("Tables and pagers"),
        _("Rows are dense at a desk and cards on a telephone; the pager keeps filters and place."),
    ),
    Section("filters", _("Filters"), _("What is chosen stands in the address; empty fields leave it.")),
    Section("tiles", _("Tiles"), _("A figure names its denominator and its age and opens the list that it counts.")),
    Section(
        "charts",
        _("Charts and map"),
        _("Every chart has its figures below it as a table; a map is drawn from our own boundaries."),
    ),
    Section("forms", _("Forms"), _("A fault stands beside its field and in the list above; what was typed stays.")),
    Section("timeline", _("Timeline"), _("What happened, who did it, when; the newest where the eye begins.")),
    Section(
        "notices",
        _("Notices, toasts and dialogs"),
        _("A toast is read out and goes by itself, a fault stays; a dialog keeps the focus and gives it back."),
    ),
    Section(
        "empty",
        _("Empty and loading"),
        _("An empty list says what to do next. What loads shows its shape, not a wheel."),
    ),
    Section("print", _("Print"), _("Paper is white, in ink; menus, filters and buttons stay off it.")),
)


@login_required
@require_safe
def style(request: ActorRequest) -> HttpResponse:
    """Every part, for those who run the system and for developers."""
    if not (settings.DEBUG or request.actor.holds("operations.view")):
        raise NotAllowed(_("This page is for those who run the system."))
    at = clock.now()
    context = {"sections": SECTIONS, "faces": [_face(theme, at) for theme in THEMES], "at": at}
    return render(request, "style/style.html", context)


def _face(theme: str, at: datetime) -> dict[str, Any]:
    """What the samples of one theme are drawn from."""
    colours = tokens.tokens(tokens.DARK if theme == "dark" else tokens.LIGHT)
    return {
        "theme": theme,
        "tones": tokens.TONES,
        "inks": [(one, colours[one]) for one in tokens.INKS],
        "grounds": [(one, colours[one]) for one in tokens.GROUNDS],
        "measures": tokens.measures(),
        "states": states(),
        "lights": samples.LIGHTS,
        "clocks": samples.clocks(at),
        "events": samples.timeline(at),
        "charts": {f"{theme}-{name}": picture for name, picture in samples.charts().items()},
        "form": samples.filled(theme=theme),
        **samples.moves(),
    }
