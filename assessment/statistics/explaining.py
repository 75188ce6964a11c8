"""What stands on the first sheet of an export: what was asked, of what, by whom and when."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.statistics import dimensions
from assessment.statistics.asking import Question
from assessment.statistics.drilling import COUNTED, Drill
from assessment.statistics.indicators import Indicator
from assessment.statistics.windows import windows
from assessment.statistics.wording import filters_in_words, scope_in_words, stretch_in_words
from kernel.actors import Actor

Fact = tuple[str, str]


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def question_in_words(*, question: Question, actor: Actor, at: datetime, who: str) -> list[Fact]:
    """The question of a table."""
    across = question.columns.label if question.columns else _("the figures")
    first, *earlier = windows(question=question, at=at)
    return [
        (_("Rows"), str(question.rows.label)),
        (_("Columns"), str(across)),
        (_("Period counted"), stretch_in_words(question, first)),
        *((_("Beside"), stretch_in_words(question, one)) for one in earlier),
        *((name, value) for name, value in filters_in_words(question.filters)),
        *_frame(actor, at, who),
        *(fact for one in question.indicators for fact in _meaning(one)),
    ]


def drill_in_words(*, drill: Drill, actor: Actor, at: datetime, who: str) -> list[Fact]:
    """The question of a list of cases."""
    one = drill.indicator
    found = [
        (_("Figure"), str(one.label)),
        (_("Cases"), str(one.of if drill.part == COUNTED and one.of else one.said)),
        (_("From"), _moment(drill.since)),
        (_("Until"), _moment(drill.until)),
        *filters_in_words(drill.filters),
    ]
    return [*found, *keys_in_words(drill), *_frame(actor, at, who)]


def keys_in_words(drill: Drill) -> list[Fact]:
    """The row and the column that a list belongs to."""
    found = []
    for code, key in drill.keys.items():
        one = dimensions.BY_CODE[code]
        labels = one.labels([key]) if one.labels else {}
        found.append((str(one.label), str(labels.get(key) or key or _("none"))))
    return found


def _frame(actor: Actor, at: datetime, who: str) -> list[Fact]:
    return [(_("Counted among"), scope_in_words(actor)), (_("Counted at"), _moment(at)), (_("Exported by"), who)]


def _meaning(one: Indicator) -> list[Fact]:
    found = [(str(one.label), str(one.said))]
    return [*found, (_("%(figure)s, of") % {"figure": one.label}, str(one.of))] if one.of else found
