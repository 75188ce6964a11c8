"""How long before its end an assignment is spoken of, how far back one begins, and how late a visit is written down."""

from datetime import date, time, timedelta

ENDS_SOON = timedelta(days=14)
SAID_AT = time(9)  # in the morning of that day
LATEST_RECORD = timedelta(days=31)
EARLIEST = date(2000, 1, 1)  # nobody who is in office now has been assigned for longer
