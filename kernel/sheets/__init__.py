"""Files of rows from outside: measured, parsed in a bounded child process, read as tables with words for every fault.

`reading`, `tables`, `cells` and `words` are for the product; the rest runs in the child and knows nothing of Django.
"""
