"""Django's admin, for platform administrators: each module registers its own nouns."""

from schools.admin import areas, dated_facts, handovers, hubs, register

__all__ = ["areas", "dated_facts", "handovers", "hubs", "register"]
