"""THE TABLE: which calls need the head's signature first. A city that decides otherwise changes it.

Yihuang county whistles only with the head's signature (吹哨准); a call that brings enforcers is weighed the same. What
cannot wait is signed by nobody.
"""

from calls.choices import Kind

SIGNED_BY_HEAD: dict[str, bool] = {
    Kind.ENFORCEMENT: True,
    Kind.DEVELOPMENT: False,
    Kind.LIVELIHOOD: False,
    Kind.EMERGENCY: False,
}


def needs_signature(*, kind: str, signs: bool) -> bool:
    """Whether the head has yet to sign; `signs`: whoever files it may sign, and does so by filing."""
    return SIGNED_BY_HEAD[kind] and not signs
