"""Django's admin, for platform administrators: each module registers its own nouns."""

from schools.admin import hubs, register

__all__ = ["hubs", "register"]
