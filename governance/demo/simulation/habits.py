"""How the people of the play behave: every share in one place. Rates by field follow published ones of real cities."""

# fmt: off
ON_TIME = {  # of handling, by field (the whole: 74 to 98 %)
    "01": .955, "02": .93, "03": .90, "04": .86, "05": .84, "06": .978, "07": .93, "08": .92, "09": .86, "10": .94,
    "11": .95,  "12": .94, "13": .91, "14": .74, "15": .85, "16": .95,  "17": .92, "99": .90,
}
# fmt: on

ASKED = 0.05  # for information that is missing
ANSWERED = 0.8  # of those that are asked
DECLINED = 0.03
TAKEN_BACK = 0.015  # by the citizen
SEPARATED = 0.15  # of those that were joined

ACCEPTED_LATE_BY_VILLAGE = 0.09
ACCEPTED_LATE = 0.025
SIGNED_LATE = 0.07
RULED_LATE = 0.06
VERIFIED_LATE = 0.05

MISJUDGED = 0.04  # accepted under a wrong category
RETURNED = 0.03  # by a unit that the list does name
RETURNED_IF_MISJUDGED = 0.85
GRANTED = 0.25  # of returns of what was judged rightly
KEPT_BY_RULING = 0.5  # of second returns, by the unit that objected

EXTENDED = 0.03  # of orders with a limit of some days: the unit asks for more
LET_REST = 0.02  # likewise, for something that it cannot hurry
TIME_GRANTED = 0.8
RESUMED_EARLY = 0.4

FAILED_CHECK = 0.07
FAILED_AGAIN = 0.03
CALLED = 0.62  # by telephone after verification
RATED_BY_THEMSELVES = 0.18
NOT_REACHED = 0.18  # at one call
SATISFIED, BASICALLY = 0.80, 0.15  # of ratings in the first round; the rest is not
SATISFIED_AGAIN, BASICALLY_AGAIN = 0.62, 0.26

INTERIM_REPLIES = 0.2  # of orders with a limit of some days
