"""The entry of the live process: `uvicorn governance.live.asgi:application`. One process, beside the web workers."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "5")  # everybody waits for the one reader
django.setup()

from django.conf import settings  # noqa: E402  (settings are known only now)

from governance.live.application import Live  # noqa: E402
from governance.live.door import Limits  # noqa: E402

application = Live(limits=Limits(streams=settings.LIVE_STREAMS))
