"""Tables of supervision."""

from supervision.models.listing import Listing
from supervision.models.order import Answer, SupervisionOrder
from supervision.models.serial import Serial
from supervision.models.told import Escalation
from supervision.models.urging import Urging

__all__ = ["Answer", "Escalation", "Listing", "Serial", "SupervisionOrder", "Urging"]
