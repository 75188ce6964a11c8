"""How somebody wants to be told: chosen by each person for themselves, for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Message, Missing, NotAllowed, Stale
from kernel.events import record
from kernel.personal import encrypt
from notices import channels
from notices.choices import Means, Outward
from notices.events import ContactChanged, KindHeard, KindMuted, Preferred
from notices.kinds import KINDS, NoticeKind
from notices.models import Contact, Mute, Notice, Preference
from notices.queries.wishes import PURPOSE, muted_by, wishes_of
from organizations.events import person
from organizations.models import User

PHONE = re.compile(r"\+?[0-9]{6,15}\Z")
LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody chose; see Preference."""

    outward: str
    channel: str
    digest_hour: int
    quiet_from: time
    quiet_until: time


@deed
def prefer(*, wishes: Wishes, actor: Actor, at: datetime, version: int | None = None) -> Preference:
    """Choose what leaves the product, over which channel first, and when not. Raises NotAllowed, Invalid, Stale."""
    user_id = _locked(actor)
    _check(wishes)
    mine = wishes_of(user_id=user_id)
    if version is not None and version != mine.version:
        raise Stale(_("This was changed in the meantime."), details={"current_version": mine.version})
    mine.outward, mine.channel, mine.digest_hour = wishes.outward, wishes.channel, wishes.digest_hour
    mine.quiet_from, mine.quiet_until = wishes.quiet_from, wishes.quiet_until
    mine.digest_at = _before_next_digest(hour=wishes.digest_hour, at=at)
    mine.version += 1
    mine.save(force_insert=mine._state.adding, force_update=not mine._state.adding)
    happened = Preferred(
        case_id=person(user_id=user_id),
        subject_id=f"user:{user_id}",
        user_id=user_id,
        outward=wishes.outward,
        channel=wishes.channel,
        digest_hour=wishes.digest_hour,
        quiet_from=f"{wishes.quiet_from:%H:%M}",
        quiet_until=f"{wishes.quiet_until:%H:%M}",
    )
    record(happened, actor=actor, at=at)
    return mine


def _check(wishes: Wishes) -> None:
    fields: dict[str, list[Message]] = {}
    if wishes.outward not in Outward.values:
        fields["outward"] = [_("Not a choice.")]
    if wishes.channel and wishes.channel not in channels.configured():
        fields["channel"] = [_("There is no such channel.")]
    if not 0 <= wishes.digest_hour < 24:
        fields["digest_hour"] = [_("An hour of the day, from 0 to 23.")]
    if fields:
        raise Invalid(_("This cannot be chosen."), fields=fields)


def _before_next_digest(*, hour: int, at: datetime) -> datetime:
    """The instant before which nothing is due again: now where today's hour has passed, a day ago where it comes."""
    return at if timezone.localtime(at).hour >= hour else at - timedelta(days=1)


@deed
def mute(*, kind: str, actor: Actor, at: datetime) -> None:
    """Hear no more of a kind; what is unread of it no longer counts. Raises Missing, NotAllowed for an urgent kind."""
    user_id, wanted = _locked(actor), _kind(kind)
    if wanted.urgent:
        raise NotAllowed(_("What is urgent cannot be muted."))
    _mute, made = Mute.objects.get_or_create(user_id=user_id, kind=kind)
    if made:
        Notice.objects.visible_to(actor).filter(kind=kind).counted().update(muted=True)
        happened = KindMuted(case_id=person(user_id=user_id), subject_id=f"user:{user_id}", user_id=user_id, kind=kind)
        record(happened, actor=actor, at=at)


@deed
def unmute(*, kind: str, actor: Actor, at: datetime) -> None:
    """Hear of a kind again, from now on. Raises Missing."""
    user_id = _locked(actor)
    _kind(kind)
    gone, _each = Mute.objects.filter(user_id=user_id, kind=kind).delete()
    if gone:
        happened = KindHeard(case_id=person(user_id=user_id), subject_id=f"user:{user_id}", user_id=user_id, kind=kind)
        record(happened, actor=actor, at=at)


@deed
def hear_only(*, kinds: Iterable[str], actor: Actor, at: datetime) -> None:
    """Mute every kind that can be muted and is not named, and hear of all that are. Raises NotAllowed."""
    wanted, muted = set(kinds), muted_by(user_id=_locked(actor))
    for code, kind in sorted(KINDS.items()):
        if code in wanted and code in muted:
            unmute(kind=code, actor=actor, at=at)
        elif code not in wanted and code not in muted and not kind.urgent:
            mute(kind=code, actor=actor, at=at)


def _kind(code: str) -> NoticeKind:
    if code not in KINDS:
        raise Missing(_("There is no such kind of notice."))
    return KINDS[code]


@deed
def reach(*, means: str, address: str, actor: Actor, at: datetime) -> None:
    """Give, change or (with "") take away where one means reaches oneself. Raises NotAllowed, Invalid."""
    user_id = _locked(actor)
    plain = _plain(means, address)
    mine = Contact.objects.filter(user_id=user_id, means=means)
    if plain:
        sealed = encrypt(plain, purpose=f"{PURPOSE}:{means}")
        Contact.objects.update_or_create(user_id=user_id, means=means, defaults={"sealed": sealed})
    elif not mine.delete()[0]:
        return
    happened = ContactChanged(
        case_id=person(user_id=user_id),
        subject_id=f"user:{user_id}",
        user_id=user_id,
        means=means,
        given=bool(plain),
    )
    record(happened, actor=actor, at=at)


def _plain(means: str, address: str) -> str:
    """The address in its one form, "" for none."""
    if means not in Means.values:
        raise Invalid(_("This cannot be chosen."), fields={"means": [_("Not a choice.")]})
    said = address.strip()
    if not said:
        return ""
    if means == Means.PHONE:
        said = said.replace(" ", "").replace("-", "")
        good = bool(PHONE.match(said))
    else:
        good = len(said) <= LONGEST and _is_email(said)
    if not good:
        raise Invalid(_("Nobody is reached there."), fields={means: [_("Not an address of this kind.")]})
    return said


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _locked(actor: Actor) -> int:
    """The person who chooses, locked, so that two windows choose one after the other. Raises NotAllowed for nobody."""
    found = User.objects.select_for_update(of=("self",)).filter(pk=actor.user_id or 0, is_active=True).first()
    if found is None:
        raise NotAllowed(_("Only a person has notices."))
    return int(found.pk)
