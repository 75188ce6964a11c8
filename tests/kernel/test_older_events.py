"""What an earlier release recorded is delivered by this one."""

from __future__ import annotations

from uuid import uuid4

from kernel.relay import Claimed, _fact
from petitions.events import PetitionAccepted
from tests.world import MONDAY

RECORDED = """{"kind": "", "category": "010101", "urgency": "ordinary", "due_at": "2026-11-20", "reason": "illness"}"""


def test_a_field_that_an_event_has_no_more_does_not_keep_it_from_being_delivered():
    case = uuid4()
    claimed = Claimed(
        id=1, subscriber="dispatch.dispatch", attempts=0, event_id=7, case_id=case, name="petition.accepted",
        subject_id=str(case), holder="", payload=RECORDED, occurred_at=MONDAY, actor_key="user:1",
    )  # fmt: skip
    fact = _fact(claimed, MONDAY)
    assert fact.event == PetitionAccepted(
        case_id=case, subject_id=str(case), kind="", category="010101", urgency="ordinary", due_at="2026-11-20"
    )
