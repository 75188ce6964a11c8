"""What an event adds to its label, from the ids and codes that the log holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.wording import WORDS as CALLS
from calls.wording import detail_of as called
from developments.wording import WORDS as PLANS
from developments.wording import Course
from dispatch.choices import NoRoute, RecallReason, RouteReason
from dispatch.clocks import NAMES as ORDER_CLOCKS
from dispatch.joint.choices import OfferState
from dispatch.rungs import TOLD
from dispatch.times import PauseEnd, PauseReason, TimeKind
from documents.kinds import KINDS
from kernel.choices import LimitUnit
from mediation.history import WORDS as MEDIATION
from mediation.history import detail_of as mediated
from organizations.queries.timelines import Names as PlainNames
from petitions.choices import AttachmentPurpose, RevealField, RevealPurpose, Satisfaction
from petitions.clocks import NAMES as PETITION_CLOCKS
from supervision.wording import WORDS as SUPERVISION
from supervision.wording import detail_of as supervised
from whistles.wording import WORDS as WHISTLES
from whistles.wording import detail_of as whistled

Payload = Mapping[str, Any]
CLOCKS = {**PETITION_CLOCKS, **ORDER_CLOCKS}
MOMENT = "Y-m-d H:i"
ONE = {
    "natural_hour": gettext_lazy("1 hour"),
    "work_hour": gettext_lazy("1 working hour"),
    "workday": gettext_lazy("1 working day"),
    "calendar_day": gettext_lazy("1 calendar day"),
}


class Names:
    """Units, reasons, categories, people and steps of a plan by id or code, as the page has read them."""

    def __init__(
        self,
        *,
        units: Mapping[int, str],
        categories: Mapping[str, str],
        reasons: Mapping[str, str],
        people: Mapping[int, str] | None = None,
        plan: Course | None = None,
    ) -> None:
        self.units, self.categories, self.reasons = units, categories, reasons
        self.people, self.plan = people or {}, plan

    def unit(self, unit_id: Any) -> str:
        """A unit's name; "—" for none."""
        return self.units.get(unit_id, "—") if unit_id else "—"

    def several(self, unit_ids: Iterable[int]) -> str:
        """The names of some units in a row."""
        return ", ".join(self.unit(one) for one in unit_ids)

    def plain(self) -> PlainNames:
        """The same names as the courses of single calls and plans read them."""
        return PlainNames(people=self.people, units=self.units)


def moment(text: str) -> str:
    """An instant of the log on the clock of the office."""
    try:
        return date_format(timezone.localtime(datetime.fromisoformat(text)), MOMENT)
    except ValueError:
        return text


def limit_words(value: Any, unit: str) -> str:
    """A limit in words: 5 working days."""
    number = str(value).rstrip("0").rstrip(".") if "." in str(value) else str(value)
    if number == "1" and unit in ONE:
        return str(ONE[unit])
    return f"{number} {LimitUnit(unit).label}" if unit in LimitUnit.values else number


def _choice(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _assigned(said: Payload, names: Names) -> str:
    limit, due = limit_words(said["limit_value"], said["limit_unit"]), moment(said["handle_due_at"])
    why = _choice(RouteReason, said["reason"])
    by = f" ({said['entry']})" if said["entry"] else ""
    return _("%(unit)s: %(why)s%(by)s; %(limit)s, until %(due)s") % {
        "unit": names.unit(said["unit"]),
        "why": why,
        "by": by,
        "limit": limit,
        "due": due,
    }


def _escalated(said: Payload, names: Names) -> str:
    return _("%(told)s was told: %(what)s (step %(rung)s)") % {
        "told": names.unit(said["told"]),
        "what": TOLD.get(said["what"], said["what"]),
        "rung": said["rung"],
    }


def days_words(n: int) -> str:
    """A number of calendar days in words."""
    return limit_words(n, "calendar_day")


def _time_asked(said: Payload, names: Names) -> str:
    what = _choice(PauseReason, said["reason"]) if said["reason"] else days_words(said["days"])
    return f"{names.unit(said['unit'])} · {_choice(TimeKind, said['kind'])}: {what}"


def _moved(said: Payload, _names: Names) -> str:
    return f"{moment(said['from_due'])} → {moment(said['to_due'])}"


def _reprojected(said: Payload, names: Names) -> str:
    by = _("calendar, version %(n)s") % {"n": said["calendar"]}
    return f"{_moved(said, names)} · {by}"


def _on_time(said: Payload, names: Names) -> str:
    kept = _("in time") if said.get("on_time") else _("late")
    return f"{names.unit(said.get('unit'))} · {kept}"


def _rated(said: Payload, names: Names) -> str:
    resolved: bool | None = said.get("resolved")
    solved = "" if resolved is None else _("solved") if resolved else _("not solved")
    return " · ".join(part for part in (_choice(Satisfaction, said["satisfaction"]), solved) if part)


def _called(said: Payload, names: Names) -> str:
    return _rated(said, names) if said["reached"] else _("not reached")


def _closed(said: Payload, names: Names) -> str:
    how = str(said["how"])
    return {
        "rated": _("after the rating"),
        "called_back": _("after a call"),
        "lapsed": _("nobody rated in time"),
        "joined": _("with the main petition"),
        "plan": _("with its plan"),
    }.get(how, how)


def _unit(said: Payload, names: Names) -> str:
    return names.unit(said.get("unit"))


def _reason(said: Payload, names: Names) -> str:
    return names.reasons.get(said["reason"], said["reason"])


def _supervised(name: str) -> Callable[[Payload, Names], str]:
    return lambda said, names: supervised(
        name=name, payload=dict(said), unit=names.unit(said.get("unit")), told=names.unit(said.get("told"))
    )


def _whistled(name: str) -> Callable[[Payload, Names], str]:
    return lambda said, names: whistled(
        name=name, payload=dict(said), unit=names.unit(said.get("unit")), told=names.unit(said.get("told"))
    )


def _called_for(name: str) -> Callable[[Payload, Names], str]:
    return lambda said, names: called(name=name, payload=dict(said), names=names.plain())


def _planned(name: str) -> Callable[[Payload, Names], str]:
    def say(said: Payload, names: Names) -> str:
        return names.plan.detail(name=name, payload=dict(said), names=names.plain()) if names.plan else ""

    return say


def _mediated(name: str) -> Callable[[Payload, Names], str]:
    return lambda said, _names: mediated(name=name, payload=dict(said))


def _offer_answered(said: Payload, names: Names) -> str:
    return f"{names.unit(said['unit'])} → {names.unit(said['to'])}: {_choice(OfferState, said['outcome'])}"


def _unit_and_time(said: Payload, names: Names) -> str:
    """What nearly every event says where nothing of its own is written: the unit, and whether it was in time."""
    parts = [names.unit(said["unit"])] if said.get("unit") else []
    if isinstance(said.get("on_time"), bool):
        parts.append(_("in time") if said["on_time"] else _("late"))
    return " · ".join(parts)


# The fields in which events name units: one, or several.
ONE_UNIT = ("unit", "named", "told", "from_unit", "committee", "from_committee", "lead", "caller", "to")
MANY_UNITS = ("assists", "asked", "referred", "units", "homes")
DETAILS: dict[str, Callable[[Payload, Names], str]] = {
    **{name: _whistled(name) for name in WHISTLES},
    **{name: _supervised(name) for name in SUPERVISION},
    "petition.accepted": lambda said, names: names.categories.get(said["category"], said["category"]),
    "petition.classified": lambda said, names: names.categories.get(said["category"], said["category"]),
    "petition.information_requested": lambda said, _names: _("answer until %(due)s") % {"due": moment(said["due_at"])},
    "petition.passed_up": lambda said, names: str(CLOCKS.get(said["clock"], said["clock"])),
    "petition.overdue": lambda said, names: str(CLOCKS.get(said["clock"], said["clock"])),
    "petition.declined": _reason,
    "petition.unroutable": lambda said, names: _choice(NoRoute, said["reason"]),
    "petition.dispatched": lambda said, names: (
        _("%(unit)s, until %(due)s") % {"unit": names.unit(said["unit"]), "due": moment(said["due_at"])}
    ),
    "petition.recalled": _unit,
    "petition.handled": _on_time,
    "petition.rated": _rated,
    "petition.called_back": _called,
    "petition.closed": _closed,
    "petition.attached": lambda said, names: _choice(AttachmentPurpose, said["purpose"]),
    "petition.identity_revealed": lambda said, names: (
        f"{_choice(RevealField, said['field'])}: {_choice(RevealPurpose, said['purpose'])}"
    ),
    "order.assigned": _assigned,
    "order.signed": _on_time,
    "order.return_requested": lambda said, names: f"{names.unit(said['unit'])}: {_reason(said, names)}",
    "order.returned": _unit,
    "order.return_refused": _unit,
    "order.recalled": lambda said, names: f"{names.unit(said['unit'])} · {_choice(RecallReason, said['reason'])}",
    "order.adjudicated": lambda said, names: names.unit(said["named"]),
    "order.time_asked": _time_asked,
    "order.time_refused": lambda said, names: f"{names.unit(said['unit'])} · {_choice(TimeKind, said['kind'])}",
    "order.time_lapsed": lambda said, names: f"{names.unit(said['unit'])} · {_choice(TimeKind, said['kind'])}",
    "order.extended": lambda said, names: f"{days_words(said['days'])} · {_moved(said, names)}",
    "order.suspended": lambda said, names: f"{_choice(PauseReason, said['reason'])} · {_moved(said, names)}",
    "order.resumed": lambda said, names: f"{_choice(PauseEnd, said['how'])} · {_moved(said, names)}",
    "order.reprojected": _reprojected,
    "petition.reprojected": _reprojected,
    "order.completed": _on_time,
    "order.rejected": _unit,
    "order.escalated": _escalated,
    **{name: _called_for(name) for name in CALLS},
    **{name: _planned(name) for name in PLANS},
    **{name: _mediated(name) for name in MEDIATION},
    "mediation.opened": lambda said, names: names.unit(said["committee"]),
    "mediation.passed_up": lambda said, names: names.unit(said["committee"]),
    "joint.given": lambda said, names: names.several([*said["asked"], *said["referred"]]),
    "joint.escalated": _escalated,
    "joint.reprojected": _reprojected,
    "joint.offered": lambda said, names: f"{names.unit(said['unit'])} → {names.unit(said['to'])}",
    "joint.offer_answered": _offer_answered,
    "document.issued": lambda said, _names: str(KINDS[said["kind"]].label),
}


def detail_of(*, name: str, payload: Payload, names: Names) -> str:
    """The second line of an entry, "" where the label says it all or an older release wrote other fields or codes."""
    say = DETAILS.get(name, _unit_and_time)
    try:
        return str(say(payload, names))
    except (KeyError, ValueError):
        return ""


def units_in(payloads: Sequence[Payload]) -> set[int]:
    """The ids of every unit that some events name."""
    one = {said[name] for said in payloads for name in ONE_UNIT if isinstance(said.get(name), int) and said[name]}
    return one | {unit for said in payloads for name in MANY_UNITS for unit in said.get(name) or ()}


def people_in(payloads: Sequence[Payload]) -> set[int]:
    """The ids of everybody whom some events name beside those who did them."""
    found = {said.get("person") for said in payloads} | {key for said in payloads for key in said.get("people") or ()}
    return {one for one in found if isinstance(one, int) and one}
