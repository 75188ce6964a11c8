"""Words of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """What a document goes out as."""

    PDF = "pdf", _("PDF")
    WORD = "word", _("Word")


class Language(models.TextChoices):
    """The official language, and a variant for whoever reads in English. What people wrote stays as they wrote it."""

    CHINESE = "zh-hans", _("Chinese")
    ENGLISH = "en", _("English")


CONTENT_TYPES = {
    Form.PDF: "application/pdf",
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {Form.PDF: "pdf", Form.WORD: "docx"}
