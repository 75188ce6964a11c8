"""Plan templates: what is in force, every version, and a new one, signed with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from developments.forms import TemplateForm, step_rows
from developments.forms.templates import units_for_steps
from developments.models import PlanTemplate, TemplateStep
from developments.policies import ACCEPT, KEEP, VIEW
from developments.queries import in_force
from developments.services.templates import NO_STEPS, publish_template
from kernel import clock
from kernel.desks import require_any
from kernel.errors import DomainError
from kernel.http import ActorRequest

COMES_BACK = (400, 409, 422)
UNPROCESSABLE = 422


@login_required
@require_safe
def templates(request: ActorRequest) -> HttpResponse:
    """What is in force today."""
    require_any(request.actor, KEEP, VIEW, ACCEPT)
    context = {"templates": in_force(on=clock.today()), "may_keep": request.actor.holds(KEEP)}
    return render(request, "developments/templates.html", context)


@login_required
@require_safe
def template(request: ActorRequest, code: str) -> HttpResponse:
    """The newest version of a template, or the one that `?version=` names, and the signed acts of all."""
    require_any(request.actor, KEEP, VIEW, ACCEPT)
    versions = list(PlanTemplate.objects.filter(code=code).select_related("signed_by", "category").order_by("-number"))
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), versions[0] if versions else None)
    if shown is None:
        raise Http404
    steps = TemplateStep.objects.filter(template=shown).select_related("unit").prefetch_related("papers")
    context = {
        "template": shown,
        "versions": versions,
        "steps": steps.order_by("order"),
        "may_keep": request.actor.holds(KEEP),
    }
    return render(request, "developments/template.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, code: str = "") -> HttpResponse:
    """Sign a new version: the newest one as lines to change, or an empty one."""
    actor, at = request.actor, clock.now()
    require_any(actor, KEEP)
    last = PlanTemplate.objects.filter(code=code).order_by("-number").first() if code else None
    if code and last is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = TemplateForm(posted, initial=_begun(last))
    rows = step_rows(data=posted, template=last, units=units_for_steps(exclude=NO_STEPS))
    context = {"form": form, "rows": rows, "template": last, "version": last.number if last else 0}
    if posted is None:
        return render(request, "developments/template_edit.html", context)
    if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
        return render(request, "developments/template_edit.html", context, status=UNPROCESSABLE)
    try:
        made = publish_template(
            steps=[step for row in rows if (step := row.step()) is not None],
            version=_version(posted.get("version", "")),
            actor=actor,
            at=at,
            **form.given(),
        )
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error, names={"category": "category_code"})
        return render(request, "developments/template_edit.html", context, status=error.status)
    return redirect("developments:template", made.code)


def _version(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def _begun(last: PlanTemplate | None) -> dict[str, Any]:
    if last is None:
        return {"valid_from": clock.today()}
    said = {name: getattr(last, name) for name in ("code", "name", "basis")}
    return {**said, "category_code": last.category_id, "valid_from": clock.today()}
