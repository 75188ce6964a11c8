"""Tables of registry."""

from registry.models.act import Act
from registry.models.draft import Draft, DraftLine
from registry.models.hand_over import HandOver
from registry.models.item import Cooperation, Item, ItemVersion

__all__ = ["Act", "Cooperation", "Draft", "DraftLine", "HandOver", "Item", "ItemVersion"]
