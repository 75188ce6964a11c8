from liaisons.models.assignment import Assignment
from liaisons.models.visit import Visit

__all__ = ["Assignment", "Visit"]
