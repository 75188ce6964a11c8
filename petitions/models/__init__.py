"""Tables of the petitions app."""

from petitions.models.attachment import Attachment, StoredFile
from petitions.models.category import Category, DeclineReason
from petitions.models.intake import ImportBatch, ImportRow
from petitions.models.petition import Petition
from petitions.models.reply import Callback, Question, Reply
from petitions.models.reporter import Reporter
from petitions.models.tally import Tally, TallyDelta

__all__ = [
    "Attachment",
    "Callback",
    "Category",
    "DeclineReason",
    "ImportBatch",
    "ImportRow",
    "Petition",
    "Question",
    "Reply",
    "Reporter",
    "StoredFile",
    "Tally",
    "TallyDelta",
]
