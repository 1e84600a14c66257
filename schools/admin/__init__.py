"""Django's admin, for platform administrators: each module registers its own nouns."""

from schools.admin import areas, hubs, register

__all__ = ["areas", "hubs", "register"]
