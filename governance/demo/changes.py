"""What happens to the registry after its founding: one change made, one that waits, one matter that changes hands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from kernel.actors import Actor
from kernel.deeds import deed
from organizations.models import Unit, User
from organizations.queries import actor_of
from registry.choices import DraftOrigin, LineOp
from registry.models import Draft
from registry.services import drafts, handover, publishing

BARBECUE, STALLS, PARKING = "YC-D-039", "YC-D-001", "UD-EN-PARKING-01"
TAKES_OVER = "EN-370404-BUILD"
# What people of the district write.
NIGHTS = "露天烧烤整治保障措施调整"  # zh: title of a draft
NIGHTS_WHY = "夜间执法力量不足，增加联合执法保障。"  # zh: its reason
NIGHTS_SAID = "区综合执法局每晚安排两个机动组，公安派出所派员配合，装备经费列入部门预算。"  # zh: its content
NIGHTS_PAPER = "峄编办〔2026〕31号"  # zh: documents of the district are numbered so
MARKETS = "占道经营整治保障措施调整"  # zh: title of a draft
MARKETS_WHY = "早夜市集中，镇街反映保障不足。"  # zh: its reason
MARKETS_SAID = "早夜市高峰时段由执法中队驻点值守，劝导员费用由主体责任部门承担。"  # zh: its content
AGREED = "公共停车泊位随资产划转，双方同意一并移交管理职责、台账和收费系统。"  # zh: text of a hand-over


@deed
def make_changes(*, at: datetime) -> None:
    """The registry of a district in which people work: drafts and a hand-over by the accounts of the demonstration."""
    today = timezone.localtime(at).date()
    soon = today + timedelta(days=30)
    keeper, director, handler = (_actor(name, at) for name in ("keeper", "director", "citylaw"))
    made = _submitted(NIGHTS, NIGHTS_WHY, {BARBECUE: NIGHTS_SAID}, effective=today, actor=keeper, at=at)
    publishing.approve(draft_id=made.pk, actor=director, at=at, document=NIGHTS_PAPER)
    _submitted(MARKETS, MARKETS_WHY, {STALLS: MARKETS_SAID}, effective=soon, actor=handler, at=at)
    takes_over = Unit.objects.get(code=TAKES_OVER).pk
    moved = handover.propose(item_code=PARKING, to_unit_id=takes_over, text=AGREED, effective=soon, actor=keeper, at=at)
    handover.sign(hand_over_id=moved.pk, actor=_actor("parking", at), at=at)


def _actor(username: str, at: datetime) -> Actor:
    return actor_of(User.objects.get(username=username), at=at)


def _submitted(title: str, reason: str, said: dict[str, str], *, effective: date, actor: Actor, at: datetime) -> Draft:
    """A draft that gives items other safeguards, handed in."""
    opened = drafts.open_draft(
        title=title, origin=DraftOrigin.BY_HAND, reason=reason, effective=effective, actor=actor, at=at
    )
    for code, safeguards in said.items():
        payload = {"safeguards": safeguards}
        drafts.put_line(draft_id=opened.pk, op=LineOp.CHANGE, item_code=code, payload=payload, actor=actor, at=at)
    return drafts.submit(draft_id=opened.pk, actor=actor, at=at)
