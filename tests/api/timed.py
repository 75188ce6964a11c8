"""Rules on time for the table of access: one of the county in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.models import TimeRule
from dispatch.services.time_rules import Said, set_time_rule
from dispatch.times import usual_figures
from tests.world import COUNTY, World

KINDS = (TimeRule,)
CREATING = ("/time-rules/",)


def ruling(_world: World, _thing: Any) -> dict[str, Any]:
    share = usual_figures()["quota_share"]
    days = {name: int(value) for name, value in usual_figures().items() if name != "quota_share"}
    return {"area": COUNTY, "grounds": "从严", **days, "extension_ordinary": 15, "quota_share": share}


# fmt: off
WHO = {
    # The director of the county sets what holds in it; see matrix.py.
    "GET /time-rules/":                                "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /time-rules/":                               "-- ----- --x- - --- --xx ----- !",
}
# fmt: on

SENT: dict[str, tuple[str, Any]] = {
    "GET /time-rules/": ("time_rule", None),
    "POST /time-rules/": ("time_rule", ruling),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """The rule that the keeper of the lists has set."""
    said = Said(area_code=COUNTY, figures=usual_figures(), grounds="通用标准", valid_from=at)
    return {"time_rule": set_time_rule(said=said, actor=world.actor("keeper", on=at), at=at)}
