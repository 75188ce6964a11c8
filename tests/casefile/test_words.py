"""Every event that the product can record has a label, and a second line that can be written from its own fields."""

from __future__ import annotations

import types
from dataclasses import fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.utils import translation

from calls.choices import Told as CallTold
from desk.case.details import DETAILS, Names, detail_of
from desk.case.words import EVENT_WORDS
from dispatch.times import PauseEnd, TimeKind
from governance.web.casefile.course import KINDS
from governance.web.casefile.marks import MARKS
from kernel.events import ENVELOPE_FIELDS, EVENTS
from supervision.choices import Ground, Level, Reason
from whistles.choices import Attendance, Form, Kind

WHEN = "2026-11-16T01:00:00.000000Z"
# What a field holds in the log, where any word will not do.
CODES: dict[str, Any] = {
    "limit_value": "5.00", "limit_unit": "workday", "level": Level.values[0], "ground": Ground.values[0],
    "form": Form.values[0], "attendance": Attendance.values[0], "kind": TimeKind.values[0], "how": PauseEnd.values[0],
    "what": "overdue", "promised_for": WHEN, "handle_due_at": WHEN, "due_at": WHEN, "from_due": WHEN, "to_due": WHEN,
}  # fmt: skip
OF_EVENT: dict[str, dict[str, Any]] = {
    "call.escalated": {"what": CallTold.values[0]},
    "document.issued": {"kind": "dispatch-sheet"},
    "development.escalated": {"what": "not_signed"},
    "supervision.escalated": {"what": "not_received"},
    "supervision.issued": {"reason": Reason.values[0]},
    "whistle.asked": {"kind": Kind.values[0]},
    "whistle.issued": {"kind": Kind.values[0]},
    "whistle.late": {"what": "not_received"},
}


def _value(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return _value(next(one for one in get_args(hint) if one is not type(None)))
    if get_origin(hint) is list:
        return [_value(get_args(hint)[0])]
    return {int: 7, bool: True, str: "x"}.get(hint, {})


def _payload(name: str) -> dict[str, Any]:
    cls = EVENTS[name]
    hints = get_type_hints(cls)
    own = [one.name for one in fields(cls) if one.name not in ENVELOPE_FIELDS]
    made = {field: CODES.get(field, _value(hints[field])) for field in own}
    return made | {key: value for key, value in OF_EVENT.get(name, {}).items() if key in made}


class _Plan:
    """Steps and papers, as a plan would name them."""

    steps, papers, by_center = {"x": "step"}, {"x": "paper"}, False

    def detail(self, *, name: str, payload: dict[str, Any], names: Any) -> str:
        from developments.wording import Course

        return Course.detail(self, name=name, payload=payload, names=names)


NAMES = Names(
    units={7: "综合执法局"}, categories={"x": "占道"}, reasons={"x": "不属职责"}, people={7: "张三"}, plan=_Plan()
)


def test_every_event_has_a_label_in_both_languages() -> None:
    assert set(EVENTS) - set(EVENT_WORDS) == set(), "give them a row in desk/case/words.py or desk/case/elsewhere.py"
    for words in EVENT_WORDS.values():
        assert words.icon
        with translation.override("en"):
            english = str(words.label)
        with translation.override("zh-hans"):
            assert str(words.label) != english, f"no Chinese for “{english}”"


def test_a_second_line_can_be_written_from_the_fields_of_every_event() -> None:
    for name in sorted(EVENTS):
        _second_line_of(name)


def _second_line_of(name: str) -> None:
    payload = _payload(name)
    if name in DETAILS:
        DETAILS[name](payload, NAMES)  # without the net that catches what older releases wrote
    said = detail_of(name=name, payload=payload, names=NAMES)
    if payload.get("unit") == 7 and name not in DETAILS:
        assert "综合执法局" in said
    if name in ("call.answered", "development.step_finished", "joint.given", "whistle.late", "mediation.opened"):
        assert len(said) > 4


def test_what_an_older_release_wrote_is_shown_by_its_label_alone() -> None:
    assert detail_of(name="whistle.issued", payload={"form": "gone", "kind": "gone"}, names=NAMES) == ""
    assert detail_of(name="order.assigned", payload={}, names=NAMES) == ""


def test_marks_and_kinds_speak_of_events_that_there_are() -> None:
    assert set(MARKS) <= set(EVENTS)
    for _label, starts in KINDS.values():
        for start in starts:
            assert any(name.startswith(start) for name in EVENTS), start
