"""Questions about notices: how many are unread, what they say, and how somebody wants to be told."""

from notices.queries.bell import Bell, bell_of
from notices.queries.saying import Said, said
from notices.queries.wishes import contacts_of, muted_by, wishes_of

__all__ = ["Bell", "Said", "bell_of", "contacts_of", "muted_by", "said", "wishes_of"]
