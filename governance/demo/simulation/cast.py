"""The people of the play: who works where, as actors with their real seats."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from random import Random

from kernel.actors import Actor
from organizations.choices import Role
from organizations.models import Posting, Unit, User
from organizations.queries import actor_of

WORKING = (Role.HANDLER, Role.VILLAGE_OFFICER, Role.TOWNSHIP_OFFICER)
HEADQUARTERS = "CC-370404"


class Cast:
    """Everybody, found by unit, role and grid. People are read once; actors as they are first needed."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.users = {user.pk: user for user in User.objects.filter(is_active=True)}
        self.units = {unit.pk: unit for unit in Unit.objects.working().order_by("code")}
        self.by_code = {unit.code: unit for unit in self.units.values()}
        self.headquarters = self.by_code[HEADQUARTERS].pk
        self.posts: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.cells: dict[str, int] = {}
        posted = set()
        postings = Posting.objects.in_force(at).order_by("id").values_list("user_id", "unit_id", "role", "cell_code")
        for user_id, unit_id, role, cell in postings:
            posted.add(user_id)
            self.posts[unit_id, role].append(user_id)
            if role == Role.GRIDWORKER:
                self.cells[cell] = user_id
        self.citizens = [pk for pk, user in sorted(self.users.items()) if pk not in posted and not user.is_staff]
        self._actors: dict[int, Actor] = {}

    def actor(self, user_id: int) -> Actor:
        """The actor of one person."""
        if user_id not in self._actors:
            self._actors[user_id] = actor_of(self.users[user_id], at=self.at)
        return self._actors[user_id]

    def one(self, *, unit_id: int, role: str, random: Random) -> Actor | None:
        """Somebody posted so, or None."""
        found = self.posts.get((unit_id, role))
        return self.actor(random.choice(found)) if found else None

    def worker(self, *, unit_id: int, random: Random) -> Actor | None:
        """Somebody who works on the orders of a unit."""
        return next((actor for role in WORKING if (actor := self.one(unit_id=unit_id, role=role, random=random))), None)

    def dispatcher(self, *, center_id: int, random: Random) -> Actor:
        """A dispatcher of the centre that has the petition; the county's sits in where it has none."""
        found = self.one(unit_id=center_id, role=Role.DISPATCHER, random=random)
        return found or self._at_headquarters(Role.DISPATCHER, random)

    def receiver(self, *, center_id: int, random: Random) -> Actor:
        """Whoever accepts at a centre: in a village its officer."""
        return self.one(unit_id=center_id, role=Role.VILLAGE_OFFICER, random=random) or self.dispatcher(
            center_id=center_id, random=random
        )

    def verifier(self, *, random: Random) -> Actor:
        """A verifier of the county's centre."""
        return self._at_headquarters(Role.VERIFIER, random)

    def county_dispatcher(self, *, random: Random) -> Actor:
        """A dispatcher of the county's centre."""
        return self._at_headquarters(Role.DISPATCHER, random)

    def director(self, *, random: Random) -> Actor:
        """The director of the county's centre."""
        return self._at_headquarters(Role.CENTER_DIRECTOR, random)

    def _at_headquarters(self, role: str, random: Random) -> Actor:
        found = self.one(unit_id=self.headquarters, role=role, random=random)
        assert found is not None, f"the county's centre has no {role}"
        return found
