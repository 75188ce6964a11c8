"""Listed supervision 挂牌督办: put on the list, extended once, looked at again, taken off with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message, Missing, Stale
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.timers import TimerSpec
from kernel.worktime import SHANGHAI
from organizations.models import Area
from petitions.models import Petition
from petitions.services.stages import locked as locked_petition
from supervision.choices import Numbered, Removal
from supervision.deadlines import LONGEST_EXTENSION_DAYS, LONGEST_LISTING_DAYS
from supervision.events import CaseListed, CaseUnlisted, ListingExtended
from supervision.models import Listing
from supervision.policies import listing_verdict
from supervision.queries import grounds_of, issuer_of, listing_of, open_order
from supervision.services.issuing import COUNTY_DIGITS
from supervision.services.orders import lock_petitions, next_number, seen
from supervision.workflow import LISTINGS

KIND = "supervision.recheck"
FULL = 12
MORNING = time(9)
CHANGED = ("version", "changed_at", "state")


@deed
def list_case(*, petition_id: Any, until: date, recheck_on: date, demand: str, actor: Actor, at: datetime) -> Listing:
    """Put a case on the list until the end of a day, to be looked at again on another one not after it.

    Raises Missing, NotAllowed, Conflict where nothing lets it be listed or it is on the list already, Invalid naming
    what is wrong.
    """
    petition = locked_petition(petition_id=petition_id)
    seen(petition=petition, actor=actor)
    require(actor.may("supervision.order", place=petition.place))
    if listing_of(petition_id=petition.pk) is not None:
        raise Conflict(_("This case is on the list already."))
    listing = _late(petition, actor, at)
    _check(until, recheck_on, demand, at)
    listing.until, listing.recheck_on, listing.demand = until, recheck_on, demand.strip()
    listing.year, listing.serial, listing.number = next_number(county=listing.county, kind=Numbered.LISTING, at=at)
    listing.save(force_insert=True)
    _clock(listing, recheck_on, at)
    happened = CaseListed(
        **identity(listing),
        unit=listing.unit_id,
        year=listing.year,
        serial=listing.serial,
        ground=listing.ground,
        until=until.isoformat(),
        recheck_on=recheck_on.isoformat(),
    )
    record(happened, actor=actor, at=at)
    return listing


def _late(petition: Petition, actor: Actor, at: datetime) -> Listing:
    """The listing of a case that may be listed, without number and period, not saved. Raises Conflict otherwise."""
    order = open_order(petition=petition)
    grounds = grounds_of(petition=petition, order=order, at=at)
    if order is None or not grounds:
        raise Conflict(_("A case is listed when it is overdue by more than its whole limit, or went red twice."))
    issuer = issuer_of(actor=actor, place=petition.place)
    assert issuer is not None  # whoever may issue orders works for a body
    return Listing(
        id=new_id(at=at),
        petition=petition,
        work_order=order,
        place=petition.place,
        county=petition.place[:COUNTY_DIGITS],
        unit_id=order.unit_id,
        issuer_id=issuer,
        category_id=petition.category_id,
        township_id=_township(petition),
        ground=grounds[0],
        case_due_at=order.handle_due_at,
        listed_at=at,
        listed_by_id=actor.user_id,
        changed_at=at,
    )


def _township(petition: Petition) -> str | None:
    code = petition.township_code.ljust(FULL, "0")
    return code if petition.township_code and Area.objects.filter(pk=code).exists() else None


def _check(until: date, recheck_on: date, demand: str, at: datetime) -> None:
    today, fields = timezone.localtime(at).date(), dict[str, list[Message]]()
    if not today < until <= today + timedelta(days=LONGEST_LISTING_DAYS):
        fields["until"] = [_("After today, and within %(days)s days.") % {"days": LONGEST_LISTING_DAYS}]
    if not today < recheck_on <= until:
        fields["recheck_on"] = [_("After today, and not after the end of the period.")]
    if not demand.strip():
        fields["demand"] = [_("Required.")]
    if fields:
        raise Invalid(_("The listing is not complete."), fields=fields)


@deed
def extend(
    *, listing_id: Any, until: date, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Listing:
    """More time on the list, once, until the end of a later day, on which it is looked at again."""
    listing, _petition = locked(listing_id=listing_id, version=version)
    require(listing_verdict(listing=listing, actor=actor))
    LISTINGS.advance(listing, "extend", given={"until": until, "note": note.strip()})
    if listing.extended_from is not None:
        raise Conflict(_("This listing was extended already; it is extended once."))
    last = listing.until + timedelta(days=LONGEST_EXTENSION_DAYS)
    if not max(listing.until, timezone.localtime(at).date()) < until <= last:
        said = _("After the present end, and at most %(days)s days after it.") % {"days": LONGEST_EXTENSION_DAYS}
        raise Invalid(_("This day is not possible."), fields={"until": [said]})
    listing.extended_from, listing.until, listing.recheck_on = listing.until, until, until
    listing.extension_note, listing.rung = note.strip(), 0
    save(listing=listing, at=at, columns=("extended_from", "until", "recheck_on", "extension_note", "rung"))
    _clock(listing, until, at)
    record(ListingExtended(**identity(listing), unit=listing.unit_id, until=until.isoformat()), actor=actor, at=at)
    return listing


@deed
def remove(*, listing_id: Any, why: str, note: str, actor: Actor, at: datetime, version: int | None = None) -> Listing:
    """Take a case off the list, with the reason."""
    listing, _petition = locked(listing_id=listing_id, version=version)
    require(listing_verdict(listing=listing, actor=actor))
    if why not in Removal.values:
        raise Invalid(_("Say why."), fields={"why": [_("Unknown reason.")]})
    LISTINGS.advance(listing, "remove", given={"why": why, "note": note.strip()})
    listing.removed_at, listing.removal, listing.removal_note = at, why, note.strip()
    save(listing=listing, at=at, columns=("removed_at", "removal", "removal_note"))
    timers.cancel(subject_id=str(listing.pk), at=at)
    record(CaseUnlisted(**identity(listing), unit=listing.unit_id, why=why), actor=actor, at=at)
    return listing


def locked(*, listing_id: Any, version: int | None = None) -> tuple[Listing, Petition]:
    """The listing and its petition, the petition locked first."""
    petition_id = Listing.objects.filter(pk=listing_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    listing: Listing = Listing.objects.locked(listing_id, version=version)
    return listing, petition


def locked_in(*, listing_ids: list[Any]) -> list[Listing]:
    """Those among the listings that still stand, their petitions locked first."""
    lock_petitions(petition_ids=Listing.objects.filter(pk__in=listing_ids).values_list("petition_id", flat=True))
    rows = Listing.objects.open().select_for_update(of=("self",)).select_related("petition")
    return list(rows.filter(pk__in=listing_ids).order_by("pk"))


def save(*, listing: Listing, at: datetime, columns: tuple[str, ...]) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    listing.version += 1
    listing.changed_at = at
    written = Listing.objects.filter(pk=listing.pk, version=listing.version - 1).update(
        **{name: getattr(listing, name) for name in (*CHANGED, *columns)}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(listing: Listing) -> dict[str, Any]:
    """The fields by which every event names its case and itself."""
    return {"case_id": listing.petition_id, "subject_id": str(listing.pk)}


def morning(day: date) -> datetime:
    """When people begin on a day."""
    return datetime.combine(day, MORNING, SHANGHAI)


def _clock(listing: Listing, day: date, at: datetime) -> None:
    spec = TimerSpec(kind=KIND, case_id=listing.petition_id, subject_id=str(listing.pk), due_at=max(morning(day), at))
    timers.start_many([spec], at=at)
