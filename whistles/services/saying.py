"""What a whistle says: matter, place, time and units, looked at before anybody is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import Invalid, Message, Missing
from petitions.models import Petition
from petitions.services.placing import Place, place_of
from petitions.services.sealing import naming_reporter
from petitions.services.stages import end_of
from whistles.choices import Form, Kind
from whistles.deadlines import limit_of
from whistles.queries import callable_units

MOST_UNITS = 40
MOST_ITEMS = 30
LONGEST_ITEM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is asked for or issued. `area_code` and the point say where it is; `where` says it in words."""

    kind: str
    matter: str
    where: str
    meets_at: datetime
    units: Sequence[int]
    form: str = Form.WHISTLE
    details: str = ""
    area_code: str = ""
    lng: float | None = None
    lat: float | None = None
    agenda: Sequence[str] = ()
    petition_id: Any = None

    def tidied(self) -> Said:
        """Without spaces around, empty items and units named twice."""
        return replace(
            self,
            matter=self.matter.strip(),
            where=self.where.strip(),
            details=self.details.strip(),
            units=tuple(dict.fromkeys(self.units)),
            agenda=tuple(item.strip() for item in self.agenda if item.strip()),
        )


def petition_of(*, said: Said, actor: Actor) -> Petition | None:
    """The petition that it is for, locked; None where it is for none. Raises Missing where the actor sees none."""
    if said.petition_id is None:
        return None
    if not Petition.objects.visible_to(actor).filter(pk=said.petition_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    found: Petition = Petition.objects.locked(said.petition_id)
    return found


def placed(*, said: Said, petition: Petition | None) -> Place:
    """Where it is: what was said, else where the petition is."""
    if not said.area_code and said.lng is None and petition is not None:
        return Place(code=petition.place, lng=petition.lng, lat=petition.lat)
    return place_of(lng=said.lng, lat=said.lat, area_code=said.area_code)


def check(*, said: Said, petition: Petition | None, caller: int, at: datetime) -> None:
    """Raise Invalid naming everything that is wrong with what was said. `caller`: the unit that asks or issues."""
    fields: dict[str, list[Message]] = {}
    if said.kind not in Kind.values:
        fields["kind"] = [_("Unknown kind.")]
    if said.form not in Form.values:
        fields["form"] = [_("Unknown form.")]
    for name in ("matter", "where"):
        if not getattr(said, name):
            fields[name] = [_("Required.")]
    if len(said.agenda) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in said.agenda):
        fields["agenda"] = [_("Too long.")]
    if not fields:
        fields |= time_wrong(kind=said.kind, form=said.form, meets_at=said.meets_at, at=at)
        fields |= units_wrong(units=said.units, caller=caller)
        fields |= reporter_named(petition=petition, texts={"matter": said.matter, "details": said.details})
    if fields:
        raise Invalid(_("The whistle is not complete."), fields=fields)


def time_wrong(*, kind: str, form: str, meets_at: datetime, at: datetime) -> dict[str, list[Message]]:
    """What stands against a time to meet: it lies ahead, and not farther than its kind allows."""
    latest = end_of(limit=limit_of(clock="whistle.meet", kind=kind, form=form), at=at)
    if meets_at < at:
        return {"meets_at": [_("This time is over.")]}
    if meets_at > latest:
        return {"meets_at": [_("Too late for this kind: at the latest %(end)s.") % {"end": f"{latest:%Y-%m-%d %H:%M}"}]}
    return {}


def units_wrong(*, units: Sequence[int], caller: int | None) -> dict[str, list[Message]]:
    """What stands against the units that are to come."""
    if not units:
        return {"units": [_("Name at least one unit.")]}
    if len(units) > MOST_UNITS:
        return {"units": [_("At most %(most)s units.") % {"most": MOST_UNITS}]}
    if callable_units(caller=caller).filter(pk__in=units).count() != len(units):
        return {"units": [_("One of these units cannot be called.")]}
    return {}


def reporter_named(*, petition: Petition | None, texts: dict[str, str]) -> dict[str, list[Message]]:
    """The texts that name who reported the petition, or the telephone: the units that are called never learn it."""
    named = naming_reporter(petition=petition, texts=texts)
    said = _("This names who reported the petition; the units that are called must not learn it.")
    return {field: [said] for field in named}
