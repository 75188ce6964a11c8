"""A planned filing becomes a petition, told by whoever would tell it by that channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from governance.demo.chance import chance
from governance.demo.simulation.filings import Filing
from governance.demo.simulation.stage import Stage
from kernel.actors import Actor
from organizations.choices import Role
from organizations.queries import center_of, unit_of_place
from petitions.choices import Channel
from petitions.models import Petition
from petitions.services.filing import ReporterData, file_petition

# Who reports by these channels knows the category; elsewhere the centre finds it when it accepts.
CLASSIFIED = {Channel.GRIDWORKER, Channel.TOWNSHIP, Channel.ENTERPRISE}


def arrive(stage: Stage, filing: Filing, *, source: str, at: datetime) -> Petition:
    """File it through the service."""
    spot = filing.spot
    where: dict[str, Any] = {"lng": spot.lng, "lat": spot.lat} if filing.pointed else {}
    user_id = stage.cast.citizens[filing.citizen % len(stage.cast.citizens)] if filing.channel == Channel.APP else None
    own = filing.channel == Channel.GRIDWORKER
    return file_petition(
        actor=_registrar(stage, filing, user_id, at),
        at=at,
        nature=filing.nature,
        channel=filing.channel,
        title=filing.title,
        description=filing.description,
        category_code=filing.category_code if filing.channel in CLASSIFIED else "",
        address=spot.address,
        reporter=None if own else ReporterData(name=filing.name, phone=filing.phone),
        reporter_user_id=user_id,
        confidential=filing.confidential,
        source=source,
        source_no=filing.source_no,
        **where,
    )


def _registrar(stage: Stage, filing: Filing, user_id: int | None, at: datetime) -> Actor:
    cast, place = stage.cast, filing.spot.cell_code
    random = chance(stage.seed, filing.source_no, "registrar")
    if user_id is not None:
        return cast.actor(user_id)
    if filing.channel == Channel.GRIDWORKER:
        return cast.actor(cast.cells[place])
    if filing.channel == Channel.VISIT and (center := center_of(place=place, level="township")):
        return cast.dispatcher(center_id=center.pk, random=random)
    if filing.channel == Channel.TOWNSHIP and (township := unit_of_place(place=place, level="township")):
        found = cast.one(unit_id=township.pk, role=Role.TOWNSHIP_OFFICER, random=random)
        if found is not None:
            return found
    return cast.county_dispatcher(random=random)
