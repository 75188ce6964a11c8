"""A request that knows who asks: what every page of ours gets."""

from __future__ import annotations

from django.http import HttpRequest

from kernel.actors import Actor


class ActorRequest(HttpRequest):
    """For annotations: the middleware has put the actor there."""

    actor: Actor
