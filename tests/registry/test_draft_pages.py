"""The pages of drafts: an item proposed, changed, refused and approved, without JavaScript."""

from __future__ import annotations

import pytest

from registry.models import Draft, ItemVersion
from tests.registry.steps import found, proposed, stall
from tests.registry.typed import SOON, rows, typed

pytestmark = pytest.mark.django_db
CARD = "/registry/items/T-CG/"


def test_an_item_is_proposed_submitted_and_approved_by_somebody_else(page, world):
    here = page("keeper", "/registry/new/", typed(), expect=302)
    draft = Draft.objects.get()
    assert here == f"/registry/drafts/{draft.pk}/"
    chart = draft.lines.get().payload["chart"]
    assert [(one["title"], one["next"]) for one in chart] == [("接报", ["s2", "s3"]), ("抢修", ["s3"]), ("办结", [])]
    shown = page("keeper", here)
    assert "协助通知。" in shown
    page("keeper", f"{here}approve/", {"version": draft.version, "effective": str(SOON)}, expect=409)
    page("keeper", f"{here}submit/", {"version": draft.version}, expect=302)
    draft.refresh_from_db()
    said = {"version": draft.version, "document": "峄政发〔2026〕3号", "effective": str(SOON)}
    assert "Nobody decides on what they proposed themselves." in page("keeper", f"{here}approve/", said, expect=403)
    page("director", f"{here}approve/", said, expect=302)
    assert ItemVersion.objects.get(item__code="T-XX").valid_from == SOON
    assert "协助通知。" in page("director", here)
    assert "峄政发〔2026〕3号" in page("gridworker", "/registry/items/T-XX/")


def test_a_faulty_form_comes_back_with_everything_that_was_typed(page, world):
    wrong = typed(
        name="", **rows("conditions", [{"code": "M-1", "text": "停水", "limit_value": "", "limit_unit": "workday"}])
    )
    back = page("keeper", "/registry/new/", wrong, expect=422)
    assert "新法施行" in back
    assert "停水" in back
    assert back.count("field-error") >= 2
    astray = typed(**rows("chart", [{"number": 10, "title": "接报", "next": "40"}]))
    assert "There is no step 40." in page("keeper", "/registry/new/", astray, expect=422)
    assert not Draft.objects.exists()


def test_more_rows_come_without_javascript_and_without_a_word_of_blame(page, world):
    more = page("keeper", "/registry/new/", typed(name="", more="chart"))
    assert 'name="chart-TOTAL_FORMS" value="6"' in more
    assert "抢修" in more
    assert "field-error" not in more


def test_a_change_begins_with_what_stands_and_keeps_what_is_not_touched(page, world):
    found(("T-CG", stall()))
    form = page("keeper", f"{CARD}change/")
    for words in ("依法查处占道经营行为。", "流动摊点", "现场查处"):
        assert words in form
    said = {name: value for name, value in stall().items() if isinstance(value, str)}
    said |= {"title": "改时限", "reason": "提速", "effective": str(SOON), "version": 1, "limit_value": "3"}
    said |= {"categories": ["010101"]} | rows("cooperations", [])
    said |= rows("conditions", [{**one} for one in stall()["conditions"]], there=2)
    steps = [
        {"key": "1", "number": 10, "title": "巡查发现", "who": "township_of_place", "next": "20"},
        {"key": "2", "number": 20, "title": "现场查处", "who": "D-CG", "limit_value": "4", "limit_unit": "work_hour"},
    ]
    here = page("keeper", f"{CARD}change/", said | rows("chart", steps, there=2), expect=302)
    line = Draft.objects.get(title="改时限").lines.get()
    assert (line.verdict, line.faults) == ("changed", [])
    shown = page("keeper", here)
    assert "<del>5</del>" in shown
    assert "<ins>3</ins>" in shown
    assert "流动摊点" not in shown
    whole = page("keeper", f"{here}lines/1/")
    assert "As proposed" in whole
    assert "流动摊点" in whole
    page("keeper", f"{here}lines/1/drop/", {}, expect=302)
    assert "This draft is still empty" in page("keeper", here)


def test_a_line_with_faults_is_kept_told_and_mended(page, world):
    found(("T-CG", stall()))
    lines = [("change", "T-CG", {"lead_unit": "D-XX"})]
    with pytest.raises(Exception, match="有误"):
        proposed(world, *lines)
    here = page("keeper", "/registry/new/", typed(code="T-CG"), expect=302)
    shown = page("keeper", f"{here}?verdict=wrong")
    assert "There is an item with this code" in shown
    assert "No line like that" in page("keeper", f"{here}?verdict=gone")
    draft = Draft.objects.latest("opened_at")
    assert "1 line is wrong." in shown
    assert "The draft has faults" in page("keeper", f"{here}submit/", {"version": draft.version}, expect=422)
    assert "接报" in page("keeper", f"{here}lines/1/edit/")


def test_a_draft_is_refused_with_a_reason_and_read_by_whoever_proposed_it(page, world):
    found(("T-CG", stall()))
    draft = proposed(world, ("withdraw", "T-CG", {}), effective=SOON)
    here = f"/registry/drafts/{draft.pk}/"
    assert page("director", f"{here}refuse/", {"version": draft.version, "reason": ""}, expect=422)
    page("director", f"{here}refuse/", {"version": draft.version, "reason": "仍需保留"}, expect=302)
    assert "仍需保留" in page("keeper", here)
    page("urban_handler", here, expect=404)
    page("gridworker", "/registry/drafts/", expect=403)
    assert draft.number in page("director", "/registry/drafts/", state="refused")
    assert "No draft in this state" in page("director", "/registry/drafts/", state="discarded")


def test_a_stale_approval_tells_and_keeps(page, world):
    found(("T-CG", stall()))
    draft = proposed(world, ("withdraw", "T-CG", {}), effective=SOON)
    said = {"version": draft.version - 1, "document": "文号一", "effective": str(SOON)}
    back = page("director", f"/registry/drafts/{draft.pk}/approve/", said, expect=412)
    assert "文号一" in back


def test_withdrawing_an_item_is_a_draft_too(page, world):
    found(("T-CG", stall()))
    said = {"version": 1, "reason": "职责取消", "effective": str(SOON)}
    here = page("keeper", f"{CARD}withdraw/", said, expect=302)
    assert "gone" in page("keeper", here)
    assert ItemVersion.objects.get().valid_until is None
