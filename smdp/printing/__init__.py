"""A plan on paper: every question with its answer, or with room for one."""
