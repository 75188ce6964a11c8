"""THE TABLE: what each role may do, and over what. A city that decides otherwise changes this file and nothing else.

One row per capability, one column per role.
"""

from __future__ import annotations

from organizations.choices import Role

# fmt: off
COLUMNS = {
    "C": Role.CITIZEN,          "W": Role.GRIDWORKER,       "L": Role.GRID_LEADER,   "V": Role.VILLAGE_OFFICER,
    "T": Role.TOWNSHIP_OFFICER, "D": Role.DISPATCHER,       "Y": Role.VERIFIER,      "R": Role.CENTER_DIRECTOR,
    "H": Role.HANDLER,          "S": Role.SUPERVISOR,       "M": Role.MEDIATOR,      "K": Role.LIST_KEEPER,
    "G": Role.TOWNSHIP_HEAD,    "B": Role.DEPARTMENT_HEAD,  "P": Role.COUNTY_LEADER, "E": Role.ENFORCER,
    "N": Role.ENTERPRISE,       "A": Role.ADMINISTRATOR,
}

TABLE = {
    #                      C W L V T D Y R H S M K G B P E N A
    "petition.file":       "x x x x x x . x x . . . x . . . . .",
    "petition.supply":     "x . . . . x . x . . . . . . . . . .",
    "petition.withdraw":   "x . . . . x . x . . . . . . . . . .",
    "petition.rate":       "x . . . . . x x . . . . . . . . . .",
    "petition.accept":     ". . . x . x . x . . . . . . . . . .",
    "petition.ask":        ". . . x . x . x . . . . . . . . . .",
    "petition.decline":    ". . . . . x . x . . . . . . . . . .",
    "petition.classify":   ". . . x . x . x . . . . . . . . . .",
    "petition.join":       ". . . . . x . x . . . . . . . . . .",
    "petition.attach":     "x x x x x x x x x . x . . . . . . .",
    "petition.reply":      ". . . . . x x x x . . . . . . . . .",
    "petition.callback":   ". . . . . . x x . . . . . . . . . .",
    "petition.reveal":     ". . . . . x x x . . . . . . . . . .",  # each look needs a purpose and leaves an event
    "petition.import":     ". . . . . x . x . . . . . . . . . .",
    "petition.export":     ". . . . . x . x . x . . . . . . . .",
    "petition.archive":    ". . . . . x x x . . . . . . . . . .",
    "order.assign":        ". . . . . x . x . . . . . . . . . .",  # only the centre dispatches
    "order.recall":        ". . . . . x . x . . . . . . . . . .",  # one's own dispatch, before the unit signs
    "order.recall_any":    ". . . . . . . x . . . . . . . . . .",  # what somebody else dispatched
    "order.rule":          ". . . . . x . x . . . . . . . . . .",
    "order.sign":          ". x x x x . . . x . . . . . . . . .",
    "order.progress":      ". x x x x . . . x . . . . . . . . .",
    "order.return":        ". x x x x . . . x . . . . . . . . .",
    "order.complete":      ". x x x x . . . x . . . . . . . . .",
    "order.verify":        ". . . . . . x x . . . . . . . . . .",  # and never by whoever handled it
    "order.adjudicate":    ". . . . . . . x . . . . . . . . . .",  # the second return: binding, with grounds
    "order.ask_time":      ". . . x x . . . x . . . . . . . . .",
    "order.grant_time":    ". . . . . . . x . . . . . . . . . .",  # extension and suspension, never by whoever asked
    "time.rules":          ". . . . . . . x . . . x . . . . . x",  # how much time may be given, area by area
    "supervision.urge":    ". . . . . x x x . x . . . . . . . .",
    "supervision.order":   ". . . . . . . x . x . . . . . . . .",
    "supervision.answer":  ". . . x x . . . x . . . . . . . . .",
    "call.file":           ". . . . x . . . x . . . x . . . . .",  # a township, or a department that needs others
    "call.sign":           ". . . . . . . . . . . . x x . . . .",  # where the city wants the head's signature
    "call.triage":         ". . . . . x . x . . . . . . . . . .",  # lead, cooperating units and limit, by the list
    "call.answer":         ". . . x x . . . x . . . x x . . . .",  # for one's unit: a named person and a time
    "call.serve":          ". . . . . . . . x . . . . . . x . .",  # in the own team of a township, as one posted down
    "call.rule":           ". . . . . . . x . . . . . . . . . .",  # a refusal is upheld or not: binding
    "call.rate":           ". . . . x . . . x . . . x x . . . .",  # the caller says whether it is solved
    "whistle.view":        ". x x x x x . x x x . . x x x . . .",
    "whistle.ask":         ". . . . x . . . x . . . x x . . . .",
    "whistle.issue":       ". . . . . . . x . . . . x . . . . .",  # the centre's head, or a township's for its own area
    "whistle.answer":      ". x x x x . . . x . . . x x . . . .",  # receipt and check-in
    "whistle.record":      ". . . . . x . x . . . . x . . . . .",  # minutes, decisions, tasks
    "project.view":        ". . . . x x x x x x . . x x x . . .",  # one's area, or what one's unit has to do with
    "project.keep":        ". . . . . x . x . . . . . . . . . .",  # plans, batches, groups, projects, milestones
    "project.report":      ". . . . x . . . x . . . x x . . . .",  # the owner, for its own
    "project.check":       ". . . . . x x x . . . . . . . . . .",  # the centre, and never who reported
    "project.rule":        ". . . . . . . x . . . . . . x . . .",  # days moved, suspended, ended: director or leader
    "project.publish":     ". . . . . . . x . x . . . . . . . .",
    "mediation.open":      ". . . . x x . x . . x . . . . . . .",
    "mediation.manage":    ". . . . . . . . . . x . . . . . . .",
    "registry.propose":    ". . . . x . . x x . . x . . . . . .",
    "registry.review":     ". . . . . . . . . . . x . . . . . .",  # legality and need, before anybody approves
    "registry.opinion":    ". . . . x . . . . . . . . . . . . .",  # a township on a duty that is to be put on it
    "registry.approve":    ". . . . . . . x . . . x . . . . . .",  # and never what one proposed oneself
    "registry.sign":       ". . . x x . . . x . . . . . . . . .",  # for one's unit, when a matter changes hands
    "assessment.view":     ". . x x x x x x x x . . x x x . . .",
    "assessment.publish":  ". . . . . . . x . x . . . . . . . .",
    "team.view":           ". . . . x x x x x x . . x x x x . x",  # those of one's area, or with people of one's unit
    "team.manage":         ". . . . x . . . . . . . x . . . . x",  # the township over its own, and who keeps all
    "liaison.view":        ". x x x x x x x x x x x x x x x . .",  # of one's area, of one's unit, and one's own
    "liaison.manage":      ". . . . x . . x . . . . x . . . . .",  # the township over its area, the centre over all
    "liaison.record":      ". x x x x x x x x x x x x x x x . .",  # for the place that one is assigned to
    "development.file":    ". . . . . . . . . . . . . . . . x .",  # a contact, for the own company and no other
    "development.view":    ". . . . x x x x x x . . x x x . . .",
    "development.accept":  ". . . . . x . x . . . . . . . . . .",  # takes up, declines, opens from a petition
    "development.rule":    ". . . . . . . x . . . . . . . . . .",  # refused and held steps, a paper prolonged, the end
    "development.answer":  ". . . . x . . . x . . . x x . . . .",  # for one's unit: its own steps
    "development.green":   ". . . . . . . x . . . . . . . . . .",  # the green channel, with the reason
    "development.keep":    ". . . . . . . . . . . x . . . . . x",  # plan templates and the register of enterprises
    "finding.view":        ". x x x x x . x x x . . x x . x . x",  # of the map audit: one's area, one's unit, one's own
    "finding.run":         ". . . . . . . x . . . . . . . . . x",
    "finding.assign":      ". . . . x . . x . . . . x . . . . x",  # over one's own area, or who keeps the map
    "finding.accept":      ". . . . . . . x . . . . . . . . . x",  # it stays as it is, for a reason
    "reference.view":      "x x x x x x x x x x x x x x x x x .",
    "reference.edit":      ". . . . . . . . . . . . . . . . . x",
    "operations.view":     ". . . . . . . x . . . . . . . . . x",
    "account.manage":      ". . . . . . . . . . . . . . . . . x",  # and no petition: who runs the machine reads no case
}
# fmt: on

# Oversees every place inside the area of its unit.
OVER_AREA = frozenset(
    {
        Role.VILLAGE_OFFICER,
        Role.TOWNSHIP_OFFICER,
        Role.TOWNSHIP_HEAD,
        Role.DISPATCHER,
        Role.VERIFIER,
        Role.CENTER_DIRECTOR,
        Role.SUPERVISOR,
    }
)
# Oversees the one grid cell that the posting names.
OVER_CELL = frozenset({Role.GRIDWORKER, Role.GRID_LEADER})
# Works for no unit's cases: its seat opens nothing by place or by unit.
OVER_NOTHING = frozenset({Role.CITIZEN, Role.ENTERPRISE, Role.ADMINISTRATOR})


def _capabilities(letter: str) -> frozenset[str]:
    column = list(COLUMNS).index(letter)
    return frozenset(name for name, marks in TABLE.items() if marks.split()[column] == "x")


CAPABILITIES: dict[str, frozenset[str]] = {role.value: _capabilities(letter) for letter, role in COLUMNS.items()}


def territory_of(*, role: str, area_prefix: str, cell_code: str) -> str:
    """The code prefix that a posting oversees; "" oversees none."""
    if role in OVER_AREA:
        return area_prefix
    return cell_code if role in OVER_CELL else ""
