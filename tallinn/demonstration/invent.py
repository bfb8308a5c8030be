"""Everything that is invented, from one seed: the same facts on every machine."""

from random import Random

from tallinn.demonstration.attacks import invent_counts, invent_incidents
from tallinn.demonstration.facts import Facts, parts
from tallinn.demonstration.forms import forms
from tallinn.demonstration.money import invent_money
from tallinn.demonstration.office import (
    invent_capabilities,
    invent_members,
    invent_milestones,
    invent_needs,
    invent_organisations,
    invent_register,
    invent_totals,
)
from tallinn.demonstration.projects import answering, invent_projects

SEED = 20231220


def invent(scale: float = 1.0) -> Facts:
    """The facts of the demonstration. `scale` makes fewer projects and incidents, with less money; all forms stay."""
    draw = Random(SEED)  # noqa: S311 - no secret, and it must come out the same each time
    projects = invent_projects(draw, scale)
    facts = {
        donor["donor"]: {
            "projects": projects[donor["donor"]],
            "contributions": invent_money(draw, donor, projects[donor["donor"]], forms()[donor["donor"]]),
        }
        for donor in parts("donors")
    }
    incidents = invent_incidents(draw, scale)
    register = invent_register(draw, scale, list(facts))
    office = {
        "organisations": [*invent_members(), *invent_organisations(draw)],
        "needs": invent_needs(draw),
        "capabilities": invent_capabilities(draw),
        "milestones": invent_milestones(),
        "reported_totals": invent_totals(),
        "incident_counts": invent_counts(draw, incidents),
    }
    return {
        **{donor: {**own, "projects": answering(own["projects"], office["needs"])} for donor, own in facts.items()},
        "register": {"contributions": register},
        "incidents": {"incidents": incidents},
        "office": office,
    }
