"""`make run`: everything the product needs on one machine, started in order, kept alive, stopped together.

Plain Python without Django. What runs is the table in `plan.py`; the order of the first minute is in `opening.py`.
"""
