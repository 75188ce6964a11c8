"""Hosts of dedicated grids: how many of each, how large, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from grids.choices import HostKind


@dataclass(frozen=True, slots=True)
class Host:
    """A kind of host: its share of all dedicated grids, its ground in metres, and the endings of its names."""

    kind: str
    share: int
    width: float
    depth: float
    endings: tuple[str, ...]


# fmt: off
HOSTS = (
    Host(HostKind.SCHOOL, 32, 170, 130, ("小学", "中心幼儿园", "中学")),  # zh: names of places
    Host(HostKind.ENTERPRISE, 28, 260, 180, ("石材厂", "纺织厂", "榴园食品厂", "机械厂")),  # zh: names of places
    Host(HostKind.MARKET, 16, 190, 140, ("集贸市场", "农贸市场", "商贸城")),  # zh: names of places
    Host(HostKind.HOSPITAL, 12, 140, 110, ("卫生院", "社区卫生服务站")),  # zh: names of places
    Host(HostKind.PARK, 6, 620, 420, ("产业园", "工业园")),  # zh: names of places
    Host(HostKind.AGENCY, 6, 100, 80, ("便民服务中心", "党群服务中心")),  # zh: names of places
)
# fmt: on


def choose(*, count: int, random: Random) -> list[Host]:
    """So many hosts in their shares, shuffled."""
    total = sum(host.share for host in HOSTS)
    chosen = [host for host in HOSTS for _ in range(round(count * host.share / total))]
    chosen += [HOSTS[0]] * max(0, count - len(chosen))
    random.shuffle(chosen)
    return chosen[:count]


def ground(host: Host, *, inside: BaseGeometry, random: Random) -> BaseGeometry:
    """A turned rectangle of the host's size that lies wholly inside a grid; smaller where it does not fit."""
    middle = shapely.point_on_surface(inside)
    half_width, half_depth = host.width / 2, host.depth / 2
    shape = shapely.box(middle.x - half_width, middle.y - half_depth, middle.x + half_width, middle.y + half_depth)
    shape = affinity.rotate(shape, random.uniform(0, 90), origin=middle)
    while not inside.contains(shape):
        shape = affinity.scale(shape, 0.8, 0.8, origin=middle)
    return shape
