"""Papers as files: PDF by typst, Word by python-docx."""
