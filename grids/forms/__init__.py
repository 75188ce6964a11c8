"""Forms of the pages of the grids."""

from grids.forms.cells import MapForm

__all__ = ["MapForm"]
