"""What the forms of supervision have in common."""

from __future__ import annotations

LONG, SHORT = {"rows": 6}, {"rows": 3}
