"""THE TABLE of events in words: what the timeline says, with which mark, and whether the citizen reads it too."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calls.wording import WORDS as CALL_WORDS
from desk.case.elsewhere import ELSEWHERE
from developments.wording import INTERNAL as INTERNAL_PLANS
from developments.wording import WORDS as PLAN_WORDS
from dispatch.joint.wording import WORDS as JOINT_WORDS
from mediation.history import WORDS as MEDIATION_WORDS
from projects.wording import WORDS as PROJECT_WORDS
from supervision.wording import WORDS as SUPERVISION_WORDS
from whistles.wording import WORDS as WHISTLE_WORDS


@dataclass(frozen=True, slots=True)
class Words:
    """One row. `public`: shown to the citizen whose case it is."""

    label: str | Promise
    icon: str
    colour: str = "grey"
    public: bool = False


PUBLIC = True
# What of a mediation concerns the public life of the case; its inside is the parties' own.
PUBLIC_MEDIATION = frozenset(
    {
        "mediation.opened",
        "mediation.assigned",
        "mediation.session_held",
        "mediation.extended",
        "mediation.agreement_in_force",
        "mediation.performed",
        "mediation.terminated",
    }
)
# fmt: off
EVENT_WORDS: dict[str, Words] = {
    "petition.filed":                  Words(_("Filed"), "flag", "blue", PUBLIC),
    "petition.information_requested":  Words(_("Information asked for"), "message-question", "yellow", PUBLIC),
    "petition.information_supplied":   Words(_("Information supplied"), "message-reply", "blue", PUBLIC),
    "petition.passed_up":              Words(_("Passed up: nobody answered in time"), "arrow-up", "red"),
    "petition.accepted":               Words(_("Accepted"), "check", "teal", PUBLIC),
    "petition.planned":                Words(_("Taken up as a plan of steps"), "list-check", "teal", PUBLIC),
    "petition.classified":             Words(_("Category or place put right"), "tag"),
    "petition.regridded":              Words(_("Its grid was split or merged"), "scissors"),
    "petition.declined":               Words(_("Declined"), "ban", "red", PUBLIC),
    "petition.withdrawn":              Words(_("Withdrawn"), "arrow-back-up", "grey", PUBLIC),
    "petition.joined":                 Words(_("Joined to another petition"), "git-merge", "violet", PUBLIC),
    "petition.separated":              Words(_("Separated again"), "git-branch", "violet", PUBLIC),
    "petition.unroutable":             Words(_("The list names no unit"), "help", "yellow"),
    "petition.dispatched":             Words(_("Handed to a unit"), "send", "teal", PUBLIC),
    "petition.recalled":               Words(_("Taken back from the unit"), "arrow-back", "yellow"),
    "petition.overdue":                Words(_("The promised time is over"), "alarm", "red"),
    "petition.reprojected":            Words(_("Moved by a holiday notice"), "calendar-time", "blue"),
    "petition.handled":                Words(_("Handled, says the unit"), "circle-check", "violet", PUBLIC),
    "petition.rejected":               Words(_("Sent back to be handled again"), "rotate", "yellow"),
    "petition.verified":               Words(_("Checked by the centre"), "shield-check", "green", PUBLIC),
    "petition.replied":                Words(_("Written to the citizen"), "message", "blue", PUBLIC),
    "petition.called_back":            Words(_("Called the citizen"), "phone", "blue", PUBLIC),
    "petition.rated":                  Words(_("Rated"), "star", "green", PUBLIC),
    "petition.reopened":               Words(_("Dissatisfied: handled again"), "refresh", "yellow", PUBLIC),
    "petition.closed":                 Words(_("Closed"), "lock", "green", PUBLIC),
    "petition.archived":               Words(_("Archived"), "archive"),
    "petition.attached":               Words(_("File attached"), "paperclip", "grey", PUBLIC),
    "petition.identity_revealed":      Words(_("Reporter's data looked at"), "eye", "yellow"),
    "petition.erased":                 Words(_("Reporter's data erased"), "eraser"),
    "petition.exported":               Words(_("List exported"), "table-export"),
    "order.assigned":                  Words(_("Work order opened"), "clipboard-list", "teal"),
    "order.signed":                    Words(_("Signed for"), "signature", "teal"),
    "order.progressed":                Words(_("Progress reported"), "progress", "blue"),
    "order.return_requested":          Words(_("The unit asks to return it"), "arrow-back-up", "yellow"),
    "order.returned":                  Words(_("Return granted"), "arrow-back", "yellow"),
    "order.return_refused":            Words(_("Return refused: the unit keeps it"), "gavel", "yellow"),
    "order.adjudicated":               Words(_("Adjudicated: it binds"), "scale", "red"),
    "order.time_asked":                Words(_("The unit asks for more time"), "hourglass", "yellow"),
    "order.time_refused":              Words(_("More time refused"), "hourglass-off", "yellow"),
    "order.time_lapsed":               Words(_("Nobody decided on more time before the end"), "hourglass-empty", "red"),
    "order.extended":                  Words(_("Time extended"), "calendar-plus", "yellow", PUBLIC),
    "order.suspended":                 Words(_("Suspended: the clock stands still"), "player-pause", "yellow", PUBLIC),
    "order.resumed":                   Words(_("The clock runs again"), "player-play", "teal", PUBLIC),
    "order.reprojected":               Words(_("Moved by a holiday notice"), "calendar-time", "blue", PUBLIC),
    "order.time_rule_set":             Words(_("Rule on extensions and suspensions set"), "hourglass"),
    "order.lights_set":                Words(_("Lights set anew"), "traffic-lights"),
    "order.completed":                 Words(_("Work order completed"), "circle-check", "violet"),
    "order.verified":                  Words(_("Work order verified"), "shield-check", "green"),
    "order.rejected":                  Words(_("Work order sent back"), "rotate", "yellow"),
    "order.cancelled":                 Words(_("Work order cancelled"), "x"),
    "order.recalled":                  Words(_("Dispatch taken back before it was signed for"), "arrow-back", "yellow"),
    "order.warned":                    Words(_("Nearly due: the unit was warned"), "bell", "yellow"),
    "order.escalated":                 Words(_("The level above was told"), "arrow-up", "red"),
    **{name: Words(*words) for name, words in JOINT_WORDS.items()},
    **{name: Words(*words, name in PUBLIC_MEDIATION) for name, words in MEDIATION_WORDS.items()},
    **{name: Words(*words) for name, words in SUPERVISION_WORDS.items()},
    **{name: Words(*words) for name, words in CALL_WORDS.items()},
    **{name: Words(*words) for name, words in WHISTLE_WORDS.items()},
    **{name: Words(*words, name not in INTERNAL_PLANS) for name, words in PLAN_WORDS.items()},
    "document.issued":                 Words(_("Document issued"), "file-certificate", "blue"),
    **{name: Words(*words) for name, words in PROJECT_WORDS.items()},
    **{name: Words(*words) for name, words in ELSEWHERE.items()},
}
# fmt: on


def words_of(name: str) -> Words:
    """The row of an event. One that an older or newer release wrote is shown by its name rather than not at all."""
    return EVENT_WORDS.get(name) or Words(name, "point")
