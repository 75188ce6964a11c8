"""How the deeds of calls stand in the schema, and what each needs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema

from calls.api.outputs import CallOutput, CallPartOutput
from kernel.api.schema import IF_MATCH

FILE, SIGN, TRIAGE, ANSWER = "call.file", "call.sign", "call.triage", "call.answer"
RULE, RATE, SERVE = "call.rule", "call.rate", "call.serve"

CAPABILITIES: dict[str, str | tuple[str, ...]] = {
    "list": "",
    "retrieve": "",
    "create": FILE,
    "sign": SIGN,
    "decline": SIGN,
    "triage": TRIAGE,
    "turn_away": TRIAGE,
    "answer": (ANSWER, SERVE),
    "refuse": ANSWER,
    "arrive": (ANSWER, SERVE),
    "report": (ANSWER, SERVE),
    "part_answer": ANSWER,
    "part_arrive": ANSWER,
    "part_report": ANSWER,
    "part_refuse": ANSWER,
    "part_uphold": RULE,
    "part_overrule": RULE,
    "send": FILE,
    "add_file": "",
    "file": "",
    "solve": RATE,
    "send_back": RATE,
    "uphold": RULE,
    "overrule": RULE,
    "withdraw": FILE,
    "petition": FILE,
}


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a call."""
    return extend_schema(tags=["calls"], request=request, parameters=[IF_MATCH], responses=CallOutput, summary=summary)


def part_schema(request: Any, summary: str) -> Any:
    """The schema of a deed of a cooperating unit; the version is that of its part."""
    return extend_schema(
        tags=["calls"], request=request, parameters=[IF_MATCH], responses=CallPartOutput, summary=summary
    )
