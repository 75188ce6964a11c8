"""Urging asks for nothing; a word may go with it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import Over
from supervision.forms.base import SHORT


class Urge(Over):
    note = forms.CharField(
        label=_("A word to the unit"), required=False, max_length=300, widget=forms.Textarea(attrs=SHORT)
    )
