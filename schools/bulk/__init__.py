"""Doing the same with several schools at once: what can be done, shown before it is done, and undone."""
