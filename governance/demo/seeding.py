"""The whole district in one transaction: after a failure nothing is there, and the next try begins anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings

from governance.demo import admitted, changes, developing, district, files, keyed, linked, people, served, teamed
from grids.services.auditing import run_audit
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.errors import NotAllowed
from kernel.worktime import SHANGHAI
from organizations.models import Area, Unit
from organizations.services.responsibility_list import publish_list
from registry.services.files import read_items
from registry.services.founding import found_items

IN_FORCE_FROM = date(2025, 1, 1)  # before every history that is played
REGISTRY_FROM = date(2026, 1, 1)  # the registry takes over the list as it stands on this day
DOCUMENT = "峄政发〔2025〕20号"  # zh: documents of the district are numbered so
SEED = 370404


def is_seeded() -> bool:
    """Whether a district is here already, this one or another."""
    return Area.objects.exists() or Unit.objects.exists()


@deed
def seed(*, at: datetime, number: int = SEED, say: Callable[[str], None]) -> None:
    """Build the district into a database that has its reference data and no areas yet.

    Raises NotAllowed on a system that is no demonstration: it would get accounts whose password everybody is told.
    """
    refuse_outside_demonstrations()
    begin = datetime.combine(IN_FORCE_FROM, datetime.min.time(), tzinfo=SHANGHAI)
    say("areas and units")
    district.make_areas()
    district.make_units(at=at)
    say("grids")
    district.make_cells(seed=number)
    say("people")
    people.make_people(seed=number, valid_from=begin, at=at)
    served.make_staff(seed=number, valid_from=IN_FORCE_FROM, at=at)
    say("responsibility list")
    entries = files.rows(files.LISTS / "responsibilities.csv")
    publish_list(entries, effective=IN_FORCE_FROM, actor=SYSTEM, at=at)
    say("enforcement teams")
    teamed.make_teams(valid_from=REGISTRY_FROM, at=at)
    say("liaison officials")
    linked.make_officials(seed=number, valid_from=REGISTRY_FROM, at=at)
    say("companies and plans")
    developing.make_plans(at=datetime.combine(REGISTRY_FROM, datetime.min.time(), tzinfo=SHANGHAI))
    say("registry")
    found_items(items=read_items(), effective=REGISTRY_FROM, document=DOCUMENT, actor=SYSTEM, at=at)
    changes.make_changes(at=at)
    say("admissions")
    admitted.make_admissions(at=at)
    say("key work")
    keyed.make_keywork(seed=number, at=at)
    say("audit of the map")
    run_audit(actor=SYSTEM, at=at)


def refuse_outside_demonstrations() -> None:
    """Raise NotAllowed unless this system says that it is a demonstration."""
    if not settings.DEMO:
        raise NotAllowed("this is an installation, not a demonstration (DEMO=1 says otherwise)")
