"""Pages of plans: the list and one plan, writing in a section, and what was frozen."""
