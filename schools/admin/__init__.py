"""Django's admin, for platform administrators: each module registers its own nouns."""

from schools.admin import areas, handovers, hubs, register

__all__ = ["areas", "handovers", "hubs", "register"]
