from desk.models.draft import Draft
from desk.models.reading import Reading
from desk.models.saved_filter import SavedFilter
from desk.models.snooze import Snooze

__all__ = ["Draft", "Reading", "SavedFilter", "Snooze"]
