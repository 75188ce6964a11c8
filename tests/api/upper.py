"""Mediation cases and reports for the table of access: one in each state that an address asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from assessment.models import Report, ReportLine
from assessment.months import month_before
from assessment.services import reporting
from dispatch.services import working
from kernel import clock
from kernel.actors import SYSTEM
from mediation.models import MediationCase
from organizations.models import Posting, User
from registry.services.gaps import Met, open_gap
from tests.api import (
    admitted,
    asked,
    assigned,
    audited,
    away,
    called,
    joined,
    keyed,
    listed,
    mapped,
    noticed,
    planned,
    printed,
    replayed,
    sheeted,
    supervised,
    teamed,
    timed,
    whistled,
)
from tests.journeys.steps import dispatched
from tests.mediation.steps import TEXT, drawn, held, opened, signed, taken
from tests.world import World

# Which thing an address is asked of, and what is sent.
PARTS = (
    admitted,
    asked,
    assigned,
    audited,
    away,
    called,
    joined,
    keyed,
    listed,
    mapped,
    noticed,
    planned,
    printed,
    replayed,
    sheeted,
    supervised,
    teamed,
    timed,
    whistled,
)
SENT: dict[str, tuple[str, Any]] = {
    "GET /mediations/": ("opened", None),
    "POST /mediations/": ("petition", {}),
    "GET /mediations/{pk}/": ("opened", None),
    "POST /mediations/{pk}/assign/": ("opened", {"relation": "none"}),
    "POST /mediations/{pk}/replace/": ("taken", {"relation": "none", "reason": "回避"}),
    "POST /mediations/{pk}/parties/": ("taken", {"side": "respondent", "name": "王五"}),
    "POST /mediations/{pk}/sessions/": ("taken", {"place": "调解室", "record": "陈述", "outcome": "continue"}),
    "POST /mediations/{pk}/extend/": ("taken", {"reason": "等待鉴定"}),
    "POST /mediations/{pk}/agreement/": ("held", {**TEXT, "form": "written"}),
    "POST /mediations/{pk}/signatures/": ("drawn", {}),
    "POST /mediations/{pk}/drop/": ("drawn", {"reason": "一方反悔"}),
    "POST /mediations/{pk}/confirmation/": ("agreed", {"confirmation": "applied"}),
    "POST /mediations/{pk}/performance/": ("agreed", {}),
    "POST /mediations/{pk}/terminate/": ("taken", {"reason": "outside"}),
    "GET /reports/": ("published", None),
    "POST /reports/": ("draft", {}),
    "GET /reports/{pk}/": ("published", None),
    "POST /reports/{pk}/publish/": ("draft", {}),
    "GET /report-lines/{pk}/": ("line", None),
    "GET /gaps/": ("gap", None),
    "GET /gaps/{pk}/": ("gap", None),
    "POST /gaps/{pk}/close/": ("gap", {"note": "清单无误"}),
    **admitted.SENT,
    **asked.SENT,
    **assigned.SENT,
    **audited.SENT,
    **away.SENT,
    **called.SENT,
    **replayed.SENT,
    **joined.SENT,
    **keyed.SENT,
    **listed.SENT,
    **mapped.SENT,
    **noticed.SENT,
    **planned.SENT,
    **printed.SENT,
    **sheeted.SENT,
    **supervised.SENT,
    **teamed.SENT,
    **timed.SENT,
    **whistled.SENT,
}


class Upper:
    """What the addresses of mediation and assessment are asked of."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.at = clock.now() - timedelta(minutes=10)
        at, later = self.at, self.at + timedelta(minutes=1)
        self.things: dict[str, Any] = {"petition": self._in_hand(), "opened": opened(world, at=at)}
        for name in ("taken", "held", "drawn", "agreed"):
            case = self.things[name] = taken(world, at=at)
            day = timezone.localtime(clock.now()).date() + timedelta(days=9)
            if name != "taken":
                held(world, case, at=later)
            if name in ("drawn", "agreed"):
                drawn(world, case, at=later, due_on=day)
            if name == "agreed":
                signed(world, case, at=timezone.localtime(later))
        met = Met(
            petition_id=self.things["petition"].pk, kind="no_lead", category="010101", matter_id=None, place="370404"
        )
        self.things["gap"] = open_gap(met=met, at=at)
        for part in PARTS:
            self.things |= part.things(world, at=at)
        month = month_before(at=clock.now())
        self.month_before_last = month_before(at=reporting.build(month=month, actor=SYSTEM, at=self.at).starts_at)
        self.things["published"], self.things["line"] = self._published(Report.objects.get(month=month))
        self.things["draft"] = reporting.build(month=self.month_before_last, actor=SYSTEM, at=self.at)

    def _in_hand(self) -> Any:
        order = dispatched(self.world, at=self.at)
        working.sign(order_id=order.pk, actor=self.world.actor("urban_handler", on=self.at), at=self.at)
        return order.petition

    def _published(self, report: Report) -> tuple[Report, ReportLine]:
        # Cases of long ago may have given the unit a line of its own.
        ReportLine.objects.filter(report=report, unit=self.world.units["urban"], indicator="close").delete()
        line = ReportLine.objects.create(
            report=report, audience="departments", unit=self.world.units["urban"], name="综合执法局", place="370404",
            indicator="close", numerator=1, denominator=1, rate=1, low=0, high=1, unranked="few",
            inputs=[self.things["petition"].pk], hits=[self.things["petition"].pk],
        )  # fmt: skip
        return reporting.publish(report_id=report.pk, actor=SYSTEM, at=self.at), line

    def ask(self, caller: Any, address: str) -> Any:
        """One request as a good client makes it."""
        method, path = address.split(" ")
        key, sent = SENT[address]
        thing = self.things[key]
        if isinstance(thing, (MediationCase, Report, *(kind for part in PARTS for kind in part.KINDS))):
            thing.refresh_from_db()
        path = path.format(
            pk=thing.pk,
            code=thing.pk,
            order_id=getattr(thing, "order_id", ""),
            part_id=getattr(thing, "part_id", ""),
            file_id=getattr(thing, "file_id", ""),
            step_id=getattr(thing, "step_id", ""),
            paper_id=getattr(thing, "paper_id", ""),
            run_id=getattr(thing, "run_id", ""),
        )
        if method == "GET":
            return caller.get(path)
        body = sent(self.world, thing) if callable(sent) else {**sent, **self._more(path, thing)}
        creating = path in ("/mediations/", "/reports/", *(one for part in PARTS for one in part.CREATING))
        creating = creating or (path.startswith("/orders/") and path.endswith(joined.CREATING))
        creating = creating or (path.startswith("/whistles/") and path.endswith(whistled.BESIDE))
        creating = creating or (path.startswith("/project-reports/") and path.endswith(keyed.BESIDE))
        creating = creating or (path.startswith("/map-findings/") and path.endswith(audited.BESIDE))
        if "file" in body:
            return caller.upload(path, **body)
        if creating:
            return caller.create(path, body)
        return caller.deed(path, body, version=getattr(thing, "version", 1))

    def _more(self, path: str, thing: Any) -> dict[str, Any]:
        today = timezone.localtime(clock.now()).date()
        soon = (today + timedelta(days=9)).isoformat()
        last = path.strip("/").split("/")[-1]
        more = {
            "mediations": lambda: {"petition": str(thing.pk)},
            "reports": lambda: {"month": self.month_before_last},
            "assign": lambda: {"mediator": self.mediator(last).pk},
            "replace": lambda: {"mediator": self.mediator(last).pk},
            "sessions": lambda: {
                "held_at": clock.now().isoformat(),
                "present": [one.pk for one in thing.parties.all()],
            },
            "extend": lambda: {"until": (today + timedelta(days=40)).isoformat()},
            "agreement": lambda: {
                "promises": [{"party": thing.parties.first().pk, "what": "支付", "due_on": soon}],
            },
            "signatures": lambda: {"sealed_on": today.isoformat()},
            "confirmation": lambda: {"on": today.isoformat()},
            "performance": lambda: {
                "promise": thing.agreements.get().promises.get().pk,
                "on": today.isoformat(),
            },
        }
        return more[last]() if last in more else {}

    def mediator(self, last: str) -> Any:
        """The county's mediator, or the second one where the first is to be replaced."""
        if last == "assign":
            return self.world.users["mediator"]
        second, made = User.objects.get_or_create(username="second_mediator")
        if made:
            Posting.objects.create(
                user=second, unit=self.world.units["mediators"], role="mediator", valid_from=self.at - timedelta(days=9)
            )
        return second
