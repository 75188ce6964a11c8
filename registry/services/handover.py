"""Hand-over: a matter moves from one party to another when both have signed, whatever kinds of body they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message, Missing, NotAllowed, Stale, Unprocessable
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.choices import LeadRule, UnitKind
from organizations.models import Unit
from organizations.queries import may_anywhere
from organizations.services.amending import amend_entries
from registry.choices import ActKind, HandOverState, TownshipRole
from registry.events import HandOverProposed, HandOverSigned, HandOverWithdrawn, ItemHandedOver
from registry.models import Act, HandOver, Item, ItemVersion
from registry.policies.admitted import NOT_ADMITTED
from registry.queries.contents import Content, Held, held_items
from registry.queries.following import amendment_of
from registry.queries.plans import faults_of_item, known_of
from registry.services import waiting
from registry.services.telling import tell_to_sign
from registry.services.versions import Source, write_versions
from registry.workflow import HAND_OVER, PROPOSE, SIGN

LOCAL = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


@deed
def propose(*, item_code: str, to_unit_id: int, text: str, effective: date, actor: Actor, at: datetime) -> HandOver:
    """Propose that an item moves from the unit that leads it to another, from a day on.

    Whoever works for one of the two proposes, or the keeper of the list. Raises NotAllowed, Missing, Invalid, Conflict
    where a hand-over of the item is open already.
    """
    require(may_anywhere(actor, capability=PROPOSE))
    if actor.user_id is None:
        raise NotAllowed(_("Only a person does this."))
    item = Item.objects.select_for_update(of=("self",)).filter(code=item_code).first()
    if item is None:
        raise Missing(_("There is no such item."))
    held = _in_force(item.code, effective)
    to_unit = Unit.objects.working().filter(pk=to_unit_id).first()
    from_unit_id = held.version.lead_unit_id
    _check_parties(held, to_unit, text, effective, at)
    assert to_unit is not None
    assert from_unit_id is not None
    if not (actor.holds("registry.review") or actor.unit_ids & {from_unit_id, to_unit.pk}):
        raise NotAllowed(_("Only the two units and the keeper of the list propose this."))
    if item.hand_overs.filter(state__in=(HandOverState.PROPOSED, HandOverState.SIGNED_ONCE)).exists():
        raise Conflict(_("A hand-over of this item is open already."))
    made = HandOver.objects.create(
        id=new_id(at=at),
        item=item,
        from_unit_id=from_unit_id,
        to_unit=to_unit,
        text=text.strip(),
        effective=effective,
        proposed_by_id=actor.user_id,
        proposed_at=at,
    )
    happened = HandOverProposed(
        **_identity(made),
        item=item.code,
        from_unit=from_unit_id,
        to_unit=to_unit.pk,
        effective=effective.isoformat(),
    )
    waiting.wait(subject=made, clock="registry.first_signature", at=at)
    record(happened, actor=actor, at=at)
    tell_to_sign(hand_over=made, item_code=item.code, actor=actor, at=at)
    return made


def _check_parties(held: Held, to_unit: Unit | None, text: str, effective: date, at: datetime) -> None:
    fields: dict[str, list[Message]] = {}
    if held.content.lead_rule != LeadRule.UNIT:
        fields["item_code"] = [_("Whoever is of the place leads this; there is no one party to hand it over.")]
    if to_unit is None:
        fields["to_unit"] = [_("There is no such unit.")]
    elif to_unit.pk == held.version.lead_unit_id:
        fields["to_unit"] = [_("This unit leads it already.")]
    elif to_unit.kind in LOCAL:
        fields["to_unit"] = [NOT_ADMITTED]
    if not text.strip() or len(text) > 4000:
        fields["text"] = [_("Required.")]
    if effective < timezone.localtime(at).date() or effective <= held.version.valid_from:
        fields["effective"] = [_("Name a later day.")]
    if fields:
        raise Invalid(_("This hand-over is not possible."), fields=fields)


def _in_force(code: str, on: date) -> Held:
    held = held_items(codes=[code], on=on).get(code)
    if held is None or not held.in_force(on):
        raise Conflict(_("This item is not in force on that day, or a later version of it is set already."))
    return held


@deed
def sign(*, hand_over_id: Any, actor: Actor, at: datetime, version: int | None = None) -> HandOver:
    """Sign for the unit that one works for; with the second signature the matter moves.

    Raises Missing, Stale, WrongState, NotAllowed for somebody of neither unit, Conflict where that side has signed, the
    same person signed for the other side, or the item was changed since.
    """
    # The item is locked before the hand-over, as everywhere: an approval that concerns it waits, or is waited for.
    item_id = HandOver.objects.filter(pk=hand_over_id).values_list("item_id", flat=True).first()
    list(Item.objects.select_for_update().filter(pk__in=[item_id]).values_list("pk", flat=True))
    made = _locked(hand_over_id, actor, version)
    move = "sign" if made.state == HandOverState.PROPOSED else "countersign"
    HAND_OVER.row(move=move, state=made.state)
    side = _side(made, actor)
    setattr(made, f"{side}_signed_by_id", actor.user_id)
    setattr(made, f"{side}_signed_at", at)
    both = made.from_signed_by_id is not None and made.to_signed_by_id is not None
    HAND_OVER.advance(made, move, given={"signatures": both})
    if both:
        made.ended_at = at
    _save(made, f"{side}_signed_by_id", f"{side}_signed_at", "ended_at")
    unit_id = made.from_unit_id if side == "from" else made.to_unit_id
    record(HandOverSigned(**_identity(made), unit=unit_id), actor=actor, at=at)
    if both:
        waiting.stop(subject=made, at=at)
        _move(made, actor=actor, at=at)
    else:
        waiting.wait(subject=made, clock="registry.second_signature", at=at)
    return made


def _side(made: HandOver, actor: Actor) -> str:
    """For which side the actor signs: "from" or "to"."""
    units = {seat.unit_id for seat in actor.seats if SIGN in seat.capabilities}
    sides = [name for name, unit in (("from", made.from_unit_id), ("to", made.to_unit_id)) if unit in units]
    if actor.user_id is None or not sides:
        raise NotAllowed(_("Only whoever works for one of the two units signs."))
    open_sides = [name for name in sides if getattr(made, f"{name}_signed_by_id") is None]
    if not open_sides:
        raise Conflict(_("This side has signed already."))
    if actor.persons & {made.from_signed_by_id, made.to_signed_by_id}:
        raise Conflict(_("The two signatures are of two persons."))
    return open_sides[0]


def _move(made: HandOver, *, actor: Actor, at: datetime) -> None:
    """Both have signed: the item gets a version that the other unit leads, and the decision table follows."""
    item = made.item
    held = _in_force(item.code, made.effective)
    if held.version.lead_unit_id != made.from_unit_id or held.version.valid_from >= made.effective:
        raise Conflict(_("The item was changed since this was proposed; propose it again."))
    if made.effective < timezone.localtime(at).date():
        raise Conflict(_("The day from which it shall hold has passed; propose it again."))
    content = _taken_over(held.content, made.to_unit)
    identity = replace(held.identity, unit=made.to_unit.code) if held.identity.unit else held.identity
    known = known_of(content=content, identity=identity, item_code=item.code, effective=made.effective)
    faults = faults_of_item(content=content, identity=identity, item_code=item.code, known=known)
    if faults:
        raise Unprocessable(_("The item has faults."), fields={one.column: [one.why] for one in faults})
    Item.objects.filter(pk=item.pk).update(version=item.version + 1, unit_id=made.to_unit_id if item.unit_id else None)
    item.refresh_from_db()
    ItemVersion.objects.filter(pk=held.version.pk).update(valid_until=made.effective)
    source = Source(effective=made.effective, hand_over=made)
    units = {**known.units, made.to_unit.code: made.to_unit_id}
    version = write_versions(contents={item.code: content}, items={item.code: item}, source=source, units=units)[
        item.code
    ]
    amendment = amendment_of(item_code=item.code, identity=identity, content=content, known=known)
    if amendment is not None:
        amend_entries(amendments=[amendment], effective=made.effective, actor=actor, at=at)
    _seal(made, held, version, actor=actor, at=at)


def _taken_over(content: Content, to_unit: Unit) -> Content:
    """The same item led by the other unit, which no longer cooperates in it."""
    return replace(
        content,
        lead_unit=to_unit.code,
        township_role=TownshipRole.NONE if content.township_role == TownshipRole.LEAD else content.township_role,
        cooperations=tuple(one for one in content.cooperations if one.unit != to_unit.code),
    )


def _seal(made: HandOver, held: Held, version: ItemVersion, *, actor: Actor, at: datetime) -> None:
    Act.objects.create(
        item=made.item,
        kind=ActKind.HANDED_OVER,
        reason=made.text,
        signed_by_id=made.from_signed_by_id,
        signed_unit_id=made.from_unit_id,
        second_signed_by_id=made.to_signed_by_id,
        second_signed_unit_id=made.to_unit_id,
        at=at,
        from_version=held.version,
        to_version=version,
    )
    happened = ItemHandedOver(
        case_id=made.item_id,
        subject_id=str(made.item_id),
        item=made.item.code,
        number=version.number,
        hand_over=str(made.pk),
        from_unit=made.from_unit_id,
        to_unit=made.to_unit_id,
        effective=made.effective.isoformat(),
    )
    record(happened, actor=actor, at=at)


@deed
def withdraw(*, hand_over_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> HandOver:
    """Take the proposal back, for a reason: whoever proposed it, one of the two units, or the keeper of the list."""
    made = _locked(hand_over_id, actor, version)
    require(may_anywhere(actor, capability=HAND_OVER.row(move="withdraw", state=made.state).capability))
    HAND_OVER.advance(made, "withdraw", given={"reason": reason.strip()})
    made.ended_at, made.note = at, reason.strip()[:300]
    _save(made, "ended_at", "note")
    waiting.stop(subject=made, at=at)
    record(HandOverWithdrawn(**_identity(made)), actor=actor, at=at)
    return made


def _locked(hand_over_id: Any, actor: Actor, version: int | None) -> HandOver:
    made: HandOver = HandOver.objects.locked(hand_over_id, version=version)
    if not HandOver.objects.visible_to(actor).filter(pk=made.pk).exists():
        raise Missing(_("This does not exist, or not for you."))
    return made


def _save(made: HandOver, *columns: str) -> None:
    made.version += 1
    names = {"state", "version", *columns}
    written = HandOver.objects.filter(pk=made.pk, version=made.version - 1).update(
        **{name: getattr(made, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def _identity(made: HandOver) -> dict[str, Any]:
    return {"case_id": made.pk, "subject_id": str(made.pk)}
