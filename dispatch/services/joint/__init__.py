"""Deeds on joint orders, by subject: giving, answering, judging, releasing, handing over."""
