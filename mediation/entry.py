"""THE TABLE: which petitions become a mediation case by themselves, and what their files are called.

The work order goes on beside the mediation: the unit still answers for the petition, the committee for the peace.
"""

from __future__ import annotations

# Beginning of the category code → why. Longer codes go before shorter ones; "" opens no case.
TRIGGERS: tuple[tuple[str, str], ...] = (
    ("150603", "人民调解申请"),  # zh: names of categories
    ("1506", ""),  # other legal services, such as aid and notary: there is nobody to mediate between
    ("15", "矛盾纠纷"),  # zh: names of categories
)

# 〔year〕, short name of the county, running number within the year: the usual form of a mediation file.
NUMBER = "（{year}）峄人调字第{serial}号"  # zh: the register writes it so


def becomes_mediation(*, category: str) -> bool:
    """Whether a petition of this category opens a mediation case when it is accepted."""
    return bool(next((why for code, why in TRIGGERS if category.startswith(code)), ""))
