"""What the forms of development petitions have in common."""

from __future__ import annotations

LONG, SHORT = {"rows": 5}, {"rows": 3}
