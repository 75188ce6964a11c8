"""Carrying a message over a channel. Only the workers read this file: apprise is slow to load."""

from __future__ import annotations

import structlog
from apprise import Apprise, NotifyType

from notices.channels import LOG
from notices.queries.outward import Message
from notices.services.sending import NotCarriedError

log = structlog.get_logger(__name__)


def carry(url: str, message: Message) -> None:
    """Hand one message over. Raises NotCarriedError where the channel does not take it; apprise waits a few seconds."""
    if url.startswith(LOG):
        log.info("notice", delivery=message.delivery, text=message.body)
        return
    carrier = Apprise()
    if not carrier.add(url):
        raise NotCarriedError("not_a_channel")
    if not carrier.notify(title=message.title, body=message.body, notify_type=NotifyType.INFO):
        raise NotCarriedError("not_taken")
