"""Tokens in the header, read strictly: whatever is no token of ours is a 401 and never a fault."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from kernel import clock

PLAIN = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*\Z")


class StrictTokenAuthentication(TokenAuthentication):
    """Knox's tokens; a header that is not plain ASCII is refused before anybody decodes it."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The user and the token record, or None where no token was sent. Raises AuthenticationFailed (401)."""
        given = request.META.get("HTTP_AUTHORIZATION", "")
        if given and not PLAIN.match(given):
            raise AuthenticationFailed(_("This is no token."))
        found: tuple[Any, Any] | None = super().authenticate(request)
        return found

    def _cleanup_token(self, auth_token: Any) -> bool:
        """Whether this very token is over. Knox looks through all tokens of the person at each request; we do not."""
        if auth_token.expiry is None or auth_token.expiry >= clock.now():
            return False
        auth_token.delete()
        return True
