"""Tables of registry."""

from registry.models.act import Act
from registry.models.adhoc import AdHocTask
from registry.models.admission import Admission, AdmissionSerial, Consultation, Opinion, Reassessment
from registry.models.draft import Draft, DraftLine
from registry.models.gap import Gap, GapCase
from registry.models.hand_over import HandOver
from registry.models.item import Cooperation, Item, ItemVersion
from registry.models.sheet import SheetImport, SheetRow

__all__ = [
    "Act",
    "AdHocTask",
    "Admission",
    "AdmissionSerial",
    "Consultation",
    "Cooperation",
    "Draft",
    "DraftLine",
    "Gap",
    "GapCase",
    "HandOver",
    "Item",
    "ItemVersion",
    "Opinion",
    "Reassessment",
    "SheetImport",
    "SheetRow",
]
