"""How the endpoints describe themselves: headers of deeds, the one error shape, the token."""

from __future__ import annotations

from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.utils import OpenApiParameter

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The version that the change is made from, as the ETag gave it. Another one is answered with 412.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="Up to 80 printable ASCII characters. The same key again gives the same answer and does nothing twice.",
)

MEANINGS = {
    "400": "Not of the form asked for; `fields` names what is wrong where.",
    "401": "Not signed in.",
    "403": "Not permitted; the message says why.",
    "404": "Does not exist, or not for you.",
    "409": "Somebody was faster, or the present state has no such move; `details` says what changed.",
    "412": "The version in If-Match is not the current one; `details` says what changed.",
    "413": "Too large.",
    "415": "Another content type is needed.",
    "422": "The Idempotency-Key was used for a different request.",
    "428": "A header is missing: If-Match or Idempotency-Key.",
    "429": "Too many requests; Retry-After says when to come again.",
    "503": "Somebody else works on this just now; Retry-After says when to come again.",
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields", "details", "request_id"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "fields": {"type": "object", "additionalProperties": True},
                "details": {"type": "object", "additionalProperties": True},
                "request_id": {"type": "string"},
            },
        }
    },
}


class TokenScheme(KnoxTokenScheme):
    """`Authorization: Token …`."""

    target_class = "kernel.api.authentication.StrictTokenAuthentication"
    name = "token"


def with_refusals(result: dict[str, Any], **_said: Any) -> dict[str, Any]:
    """Add to every operation the refusals that it can answer with, all of the one shape."""
    result.setdefault("components", {}).setdefault("schemas", {})["Refusal"] = ERROR
    for operations in result.get("paths", {}).values():
        for operation in operations.values():
            for one in operation.get("parameters", []):
                one.get("schema", {}).pop("title", None)  # a label of a form; kept in whichever language came first
            for status in sorted(_statuses(operation)):
                operation["responses"].setdefault(
                    status,
                    {
                        "description": MEANINGS[status],
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
                    },
                )
    return result


def _statuses(operation: dict[str, Any]) -> set[str]:
    headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
    statuses = {"400", "404", "429"}
    if operation.get("security", [{}]) and {} not in operation.get("security", []):
        statuses |= {"401", "403"}
    if "requestBody" in operation:
        statuses |= {"413", "415"}
    if "If-Match" in headers:
        statuses |= {"409", "412", "428", "503"}
    if "Idempotency-Key" in headers:
        statuses |= {"409", "422", "428", "503"}
    return statuses
