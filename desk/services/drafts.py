"""Drafts: kept while somebody types, for that person alone. A draft is no deed, so it leaves no event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from django.utils.translation import gettext as _

from desk.models import Draft
from desk.models.draft import KEY_SIGNS, MOST_BYTES
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Missing, NotAllowed, TooLarge
from kernel.personal import decrypt, encrypt
from organizations.models import User

MOST_DRAFTS = 30  # the oldest one goes
MOST_FIELDS = 60
KEPT_FOR = timedelta(days=14)
STEP = 1000
SEALING = 64  # bytes that sealing adds at most
KEY = re.compile(KEY_SIGNS)
FIELD = re.compile(r"[A-Za-z0-9_-]{1,80}\Z")
# Of a form but not of a text: who sends it, over which version, and what opens a door.
NEVER = re.compile(r"csrfmiddlewaretoken|version|idempotency_key|_draft|.*(password|secret|token|otp).*", re.IGNORECASE)

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft, opened for its owner."""

    fields: dict[str, list[str]]
    begun_at: datetime
    kept_at: datetime


@deed
def keep(*, key: str, fields: Fields, actor: Actor, at: datetime) -> Draft:
    """Keep what stands in a form. Raises NotAllowed (nobody), Invalid (key, fields), TooLarge.

    What must never be kept, such as a password, is left out, whatever the page sends.
    """
    user_id = _owner(actor)
    _check(key, fields)
    plain = orjson.dumps({name: list(values) for name, values in fields.items() if not NEVER.fullmatch(name)})
    if len(plain) > MOST_BYTES - SEALING:
        raise TooLarge(_("This is more than is kept of a form."))
    # The row of the person is the lock under which drafts are counted.
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)
    sealed = encrypt(plain.decode(), purpose=_purpose(user_id, key))
    kept, made = Draft.objects.get_or_create(
        user_id=user_id, key=key, defaults={"sealed": sealed, "begun_at": at, "kept_at": at}
    )
    if made:
        _make_room(user_id)
    else:
        kept.sealed, kept.kept_at = sealed, max(at, kept.begun_at)
        kept.save(update_fields=["sealed", "kept_at"])
    return kept


def opened(*, key: str, actor: Actor) -> Begun | None:
    """One's own draft of a form; None where there is none, whoever else may have one."""
    found = Draft.objects.visible_to(actor).filter(key=key).first()
    if found is None:
        return None
    text = decrypt(found.sealed, purpose=_purpose(found.user_id, key))
    return Begun(fields=orjson.loads(text), begun_at=found.begun_at, kept_at=found.kept_at)


@deed
def discard(*, key: str, actor: Actor) -> None:
    """Throw one's own draft away. Raises Missing where there is none."""
    gone, _each = Draft.objects.visible_to(actor).filter(key=key).delete()
    if not gone:
        raise Missing(_("This does not exist, or not for you."))


@deed
def forget(*, key: str, actor: Actor) -> None:
    """The same after the deed is done: what was never kept needs no forgetting."""
    Draft.objects.visible_to(actor).filter(key=key).delete()


def sweep_old(*, at: datetime) -> int:
    """Throw away what nobody came back to for two weeks; returns how many."""
    total = 0
    while gone := _sweep_step(at=at):
        total += gone
    return total


@deed
def _sweep_step(*, at: datetime) -> int:
    old = Draft.objects.filter(kept_at__lt=at - KEPT_FOR).order_by("kept_at", "pk").values_list("pk", flat=True)[:STEP]
    ids = list(old)
    if ids:
        Draft.objects.filter(pk__in=ids).delete()
    return len(ids)


def _owner(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotAllowed(_("Only a person has drafts."))
    return actor.user_id


def _check(key: str, fields: Fields) -> None:
    if not KEY.fullmatch(key):
        raise Invalid(_("This is no form of ours."), fields={"key": [_("Not a key.")]})
    good = len(fields) <= MOST_FIELDS and all(FIELD.match(name) for name in fields)
    if not good:
        raise Invalid(_("This is no form of ours."), fields={"fields": [_("Not the fields of a form.")]})


def _make_room(user_id: int) -> None:
    mine = Draft.objects.filter(user_id=user_id).order_by("-kept_at", "-pk")
    Draft.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_DRAFTS:])).delete()


def _purpose(user_id: int, key: str) -> str:
    """Bound in, so that a row moved to another person or another form does not open."""
    return f"desk.draft:{user_id}:{key}"
