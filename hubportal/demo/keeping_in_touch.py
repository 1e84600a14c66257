"""How the invented hubs keep in touch with their schools."""

from engagement.models import ContactRules
from hubportal.demo.world import Place, World
from hubportal.kit.wording import academic_year

OFTEN = {"exampleshire": ContactRules.Cadence.TERM, "samplefolk": ContactRules.Cadence.TWICE}


def decide(place: Place, world: World) -> None:
    """What counts as talking, and how often the hub wants to, since last academic year. One statement."""
    ContactRules.objects.create(hub=place.hub, year=academic_year(world.on) - 1, school_weeks=OFTEN[place.hub.slug])
