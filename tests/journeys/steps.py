"""Short names for what the stories do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.models import WorkOrder
from kernel.relay import deliver_everything
from kernel.timers import fire_everything
from petitions.models import Petition
from petitions.services.filing import ReporterData, file_petition
from petitions.services.reception import accept
from tests.world import World


def filed(world: World, *, by: str = "dispatcher", at: datetime, **said: Any) -> Petition:
    """A petition as the hotline takes it, about stalls on the pavement in the east village."""
    given = {
        "nature": "complaint",
        "channel": "hotline",
        "title": "门前占道经营",
        "description": "摊贩每天早上占用人行道。",
        "lng": 117.59,
        "lat": 34.77,
        "reporter": ReporterData(name="张三丰", phone="13812345678"),
        **said,
    }
    return file_petition(actor=world.actor(by, on=at), at=at, **given)


def dispatched(world: World, *, at: datetime, category: str = "010101", **said: Any) -> WorkOrder:
    """A petition filed, accepted and with a unit."""
    petition = filed(world, at=at, **said)
    accept(petition_id=petition.pk, category_code=category, actor=world.actor("dispatcher", on=at), at=at)
    deliver_everything(at=at)
    return WorkOrder.objects.get(petition=petition)


def let_time_pass(*, until: datetime) -> None:
    """Everything that the clock and the relay would have done by then, in its order."""
    fire_everything(at=until)
    deliver_everything(at=until)
