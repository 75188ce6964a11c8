"""How long before its end an assignment is spoken of, and how late a visit may be written down."""

from datetime import time, timedelta

ENDS_SOON = timedelta(days=14)
SAID_AT = time(9)  # in the morning of that day
LATEST_RECORD = timedelta(days=31)
