"""Texts and their translations: found in the sources, kept per app, compiled without gettext's programs.

English is the language of the sources; the one catalogue of each app is Simplified Chinese.
"""
